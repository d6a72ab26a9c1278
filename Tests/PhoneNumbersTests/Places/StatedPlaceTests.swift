import PhoneNumbers
import Testing

@Suite("Where a person may be by number and row")
struct StatedPlaceTests {
    let atlas: NumberAtlas

    init() throws {
        atlas = try NumberData.atlas()
    }

    private func place(
        _ number: String, state: String? = nil, zip: String? = nil, zone: String? = nil, region: String = "US"
    )
        throws -> ReconciledPlace
    {
        let reading = try NumberReader(atlas: atlas).read(number, region: region).get()
        let state = try state.map { try #require(atlas.state(named: $0, region: region), "\($0)") }
        let code = try zip.map { try #require(atlas.place(ofPostalCode: $0, region: region), "\($0)") }
        var stated = atlas.place(state: state, postalCode: code) ?? .unstated
        stated.clocks = zone.map { atlas.zones(named: $0, region: region) } ?? []
        return atlas.location(of: reading, stated: stated)
    }

    @Test(
        "is the part that area code and state share, alone",
        arguments: [
            ("3055550112", "FL", nil, ["America/New_York"]), ("3055550113", "FL", "33101", ["America/New_York"]),
            ("3055550114", nil, "33101", ["America/New_York"]), ("2145550115", "TX", "75201", ["America/Chicago"]),
            ("9155550106", "TX", "79901", ["America/Denver"]), ("8655550119", "TN", "37902", ["America/New_York"]),
            ("9015550118", "TN", "38103", ["America/Chicago"]), ("4025550121", "NE", "68102", ["America/Chicago"]),
            ("5035550122", "OR", "97201", ["America/Los_Angeles"]), ("3165550126", "KS", "67202", ["America/Chicago"]),
            ("7015550124", "ND", "58102", ["America/Chicago"]), ("6055550125", "SD", "57104", ["America/Chicago"]),
            ("2085550123", "ID", "83702", ["America/Boise"]), ("2085550123", "ID", "83814", ["America/Los_Angeles"]),
            ("8505550123", "FL", "32501", ["America/Chicago"]), ("8505550123", "FL", "32301", ["America/New_York"]),
            ("8505550123", "FL", nil, ["America/Chicago", "America/New_York"]),
            ("7755550123", "NV", "89501", ["America/Los_Angeles"]),
            ("9065550123", "MI", "49855", ["America/Detroit"]), ("3135550117", "MI", "48201", ["America/Detroit"]),
        ] as [(String, String?, String?, [String])])
    func agrees(number: String, state: String?, zip: String?, zones: [String]) throws {
        let place = try place(number, state: state, zip: zip)
        #expect(place.location.zones == zones)
        #expect(!place.isDisputed)
    }

    @Test("is Eastern for Louisville, whatever its zone is called")
    func louisville() throws {
        let zones = try place("5025550106", state: "KY", zip: "40202").location.zones
        #expect(!zones.isEmpty && !zones.contains("America/Chicago"))
    }

    @Test("is in both places where the row names another one; the rules of both hold")
    func differs() throws {
        let miami = try place("2125550143", state: "FL", zip: "33101")
        #expect(miami.location.zones == ["America/New_York"])
        #expect(miami.location.jurisdiction == "US-FL+US-NY")
        #expect(miami.isDisputed)
        let pacific = try place("2125550143", zone: "America/Los_Angeles")
        #expect(pacific.location.zones == ["America/Los_Angeles", "America/New_York"])
        #expect(pacific.location.jurisdiction == "US-NY")
        #expect(pacific.isDisputed)
        let pensacola = try place("3055550123", state: "FL", zip: "32501")
        #expect(pensacola.location.zones == ["America/Chicago", "America/New_York"])
        #expect(pensacola.location.jurisdiction == "US-FL" && pensacola.isDisputed)
        let twoStates = try place("3055550123", state: "FL", zip: "90210.0")
        #expect(twoStates.location.zones == ["America/Chicago", "America/Los_Angeles", "America/New_York"])
        #expect(twoStates.location.jurisdiction == "US-CA+US-FL")
    }

    @Test("is never wider for what the row says, whatever it says")
    func narrows() throws {
        for number in [
            "2125550143", "8505550143", "2085550143", "9155550143", "8002345678", "7875550143", "+14165550123",
            "+442079460000",
        ] {
            let reading = try NumberReader(atlas: atlas).read(number, region: "US").get()
            let own = Set(atlas.location(of: reading).zones)
            for zone in ["America/Los_Angeles", "Eastern", "-8.00", "Hawaii", "Europe/Berlin"] {
                #expect(Set(try place(number, zone: zone).location.zones).isSuperset(of: own), "\(number) \(zone)")
            }
            for state in ["CA", "FL", "HI", "PR"] {
                let place = try place(number, state: state)
                // Only where the area code is the state's own may one of its zones be left out.
                if place.isDisputed { #expect(Set(place.location.zones).isSuperset(of: own), "\(number) \(state)") }
            }
        }
    }

    @Test("of a territory is the same by its own name and as a state of the US")
    func territory() throws {
        let place = try place("7875550143", state: "PR", zip: "00901")
        #expect(place.location == NumberLocation(region: "PR", zones: ["America/Puerto_Rico"], jurisdiction: "US-PR"))
        #expect(!place.isDisputed)
    }

    @Test("in France is told by the postal codes of its overseas parts")
    func france() throws {
        let mobile = try place("0612345678", zip: "97110", region: "FR")
        #expect(mobile.location.zones == ["America/Guadeloupe", "Europe/Paris"])
        #expect(mobile.location.jurisdiction == "FR+GP" && mobile.isDisputed)
        let local = try place("0590301234", zip: "97110", region: "FR")
        #expect(local.location == NumberLocation(region: "GP", zones: ["America/Guadeloupe"], jurisdiction: "GP"))
        #expect(try place("0612345678", zip: "1000", region: "FR").location.zones == ["Europe/Paris"])
    }

    @Test("of an Australian mobile stays all of the country, with the state's rules")
    func mobile() throws {
        let place = try place("0412345678", state: "NSW", region: "AU")
        #expect(place.location.zones == atlas.zones(ofRegion: "AU"))
        #expect(place.location.jurisdiction == "AU" && !place.isDisputed)
    }

    @Test(
        "is read from postal codes as spreadsheets leave them",
        arguments: [
            ("90210.0", "US-CA"), ("90210-1234", "US-CA"), ("2134", "US-MA"), ("02134", "US-MA"),
            ("=\"90210\"", "US-CA"),
            ("902101234", "US-CA"), ("21341234", "US-MA"), ("90210,00", "US-CA"), (" 90210 ", "US-CA"),
            ("501", "US-NY"),
        ])
    func postalCodes(code: String, jurisdiction: String) {
        #expect(atlas.place(ofPostalCode: code, region: "US")?.jurisdictions == [jurisdiction])
    }

    @Test(
        "is read from states as people write them",
        arguments: [
            ("Calif.", "US", "US-CA"), ("Fla.", "US", "US-FL"), ("N. Mex.", "US", "US-NM"), ("N.Y.", "US", "US-NY"),
            ("N. Y.", "US", "US-NY"), ("CA - California", "US", "US-CA"), ("California (CA)", "US", "US-CA"),
            ("Portland, OR", "US", "US-OR"), ("texas", "US", "US-TX"), ("W. Va.", "US", "US-WV"),
            ("US-FL", "US", "US-FL"),
            ("Ont.", "CA", "CA-ON"), ("P.E.I.", "CA", "CA-PE"), ("Québec", "CA", "CA-QC"), ("quebec", "CA", "CA-QC"),
        ])
    func states(text: String, region: String, jurisdiction: String) {
        #expect(atlas.state(named: text, region: region)?.jurisdictions == [jurisdiction])
    }

    @Test(
        "is not told by texts that name two states, or none",
        arguments: ["Washington, PA", "Somewhere", "New York, CA", "", "-"])
    func unknownStates(text: String) {
        #expect(atlas.state(named: text, region: "US") == nil)
    }
}
