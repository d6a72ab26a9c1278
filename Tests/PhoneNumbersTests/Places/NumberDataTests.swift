import CivilTime
import Foundation
import Testing

@testable import PhoneNumbers

@Suite("The number data")
struct NumberDataTests {
    @Test(
        "names only time zones that the system knows",
        arguments: [
            ("nanp.tsv", 3), ("regions.tsv", 1), ("areas.tsv", 3), ("postal-zones.tsv", 3), ("zone-names.tsv", 1),
        ])
    func zonesAreKnown(table: String, column: Int) throws {
        let zones = Set(try NumberData.rows(of: table).flatMap { $0[column].split(separator: ",").map(String.init) })
        #expect(!zones.isEmpty)
        for zone in zones.subtracting(["-"]).sorted() {
            #expect(ZoneSource.system.data.zone(zone) != nil, "\(zone)")
        }
    }

    @Test("has zones for every region that has numbers")
    func everyRegion() throws {
        let atlas = try NumberData.atlas()
        for region in NumberReader.knownRegions {
            #expect(!atlas.zones(ofRegion: region).isEmpty, "\(region)")
        }
    }

    @Test("has every state of the US, its capital district and its territories")
    func everyState() throws {
        let states = """
            AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR \
            PA RI SC SD TN TX UT VT VA WA WV WI WY PR VI GU MP AS
            """
        let expected = Set(states.split(separator: " ").map { "US-\($0)" })
        #expect(try jurisdictions(startingWith: "US-") == expected)
        #expect(expected.count == 56)
    }

    @Test("has every province and territory of Canada")
    func everyProvince() throws {
        let expected = Set("AB BC MB NB NL NS NT NU ON PE QC SK YT".split(separator: " ").map { "CA-\($0)" })
        #expect(try jurisdictions(startingWith: "CA-") == expected)
    }

    @Test("has an area code for every North American region")
    func everyNorthAmericanRegion() throws {
        let listed = Set(try NumberData.rows(of: "nanp.tsv").map { $0[1] })
        let sharing = NumberReader.knownRegions.filter { LibPhoneNumber.callingCode(of: $0) == 1 }
        #expect(sharing.count == 25)
        #expect(listed == Set(sharing))
    }

    @Test("has every area code that the library knows, in the same region")
    func agreesWithTheLibrary() throws {
        let atlas = try NumberData.atlas()
        let reader = NumberReader()
        for code in Int64(200)...999 {
            let number = try #require(PhoneNumber(digits: 10_005_550_123 + code * 10_000_000))
            guard let reading = reader.reading(of: number), reading.kind == .fixedLineOrMobile else { continue }
            let location = atlas.location(of: number, region: nil)
            #expect(location.region == reading.region, "\(code)")
            #expect(location.jurisdiction != nil, "\(code)")
        }
    }

    @Test("gives no zones outside its region to an area code")
    func zonesBelongToTheirRegion() throws {
        let atlas = try NumberData.atlas()
        for row in try NumberData.rows(of: "nanp.tsv") + NumberData.rows(of: "areas.tsv") where row[3] != "-" {
            let zones = Set(row[3].split(separator: ",").map(String.init))
            #expect(zones.isSubset(of: atlas.zones(ofRegion: row[1])), "\(row[0])")
        }
    }

    @Test(
        "says where it comes from and of when it is",
        arguments: [
            "nanp.tsv", "regions.tsv", "areas.tsv", "postal.tsv", "postal-zones.tsv", "zone-names.tsv", "states.tsv",
        ])
    func header(table: String) throws {
        let text = try String(contentsOf: NumberData.directory.appending(path: table), encoding: .utf8)
        let header = text.split(separator: "\n").prefix { $0.hasPrefix("#") }.joined(separator: "\n")
        #expect(header.contains("Source"))
        #expect(header.firstMatch(of: /20\d\d-\d\d-\d\d/) != nil)
    }

    private func jurisdictions(startingWith prefix: String) throws -> Set<String> {
        let all = try NumberData.rows(of: "nanp.tsv").flatMap { $0[2].split(separator: ",").map(String.init) }
        return Set(all.filter { $0.hasPrefix(prefix) })
    }
}
