import Foundation
import ListImport
import PhoneNumbers
import Testing

@Suite("Where the people of a list are")
struct RowPlaceTests {
    private static let cases = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "FieldCases")

    /// The contacts of a field case's list.
    private func contacts(_ file: String, region: String) throws -> [ContactCandidate] {
        let text = try String(contentsOf: Self.cases.appending(path: file), encoding: .utf8)
        return try ListFixture(text).rows(region: region).compactMap(\.contact)
    }

    private func zones(_ file: String, region: String = "US") throws -> [String: [String]] {
        Dictionary(
            uniqueKeysWithValues: try contacts(file, region: region).map {
                ($0.name ?? "", $0.numbers.first?.location.zones ?? [])
            })
    }

    @Test("French overseas numbers are those that are reached, each on its own clock")
    func french() throws {
        let contacts = try contacts("fr-overseas-national/fr_om.csv", region: "FR")
        let zones = contacts.map { $0.numbers[0].location.zones }
        #expect(zones[1].contains("America/Guadeloupe") && !zones[1].contains("Europe/Paris"))
        #expect(contacts.allSatisfy { $0.remarks.isEmpty })
    }

    @Test("where area code and state agree, the zones of both hold alone")
    func splitStates() throws {
        let eastern = ["America/New_York"]
        let found = try zones("callback-split-state/fl.csv")
        for name in ["NoPlace", "StateOnly", "StateZip", "ZipOnly", "Knox"] {
            #expect(found[name] == eastern, "\(name)")
        }
        for name in ["Dallas", "DallasNo", "Memphis", "Omaha", "Fargo", "SiouxFalls", "Wichita"] {
            #expect(found[name] == ["America/Chicago"], "\(name)")
        }
        #expect(found["Detroit"] == ["America/Detroit"] && found["Boise"] == ["America/Boise"])
        #expect(
            found["Portland"] == ["America/Los_Angeles"] && found["Louisville"]?.contains("America/Chicago") == false)
        let live = try zones("callback-split-state/live2.csv")
        #expect(live["ElPaso"] == ["America/Denver"] && live["Miami"] == eastern && live["MiamiNoState"] == eastern)
    }

    @Test("a time zone is read as CRMs write it, beside the number's own")
    func timeZones() throws {
        let contacts = try contacts("timezone-text-crm/tz_pac.csv", region: "US")
        #expect(contacts.count == 7)
        for contact in contacts {
            let zones = contact.numbers[0].location.zones
            #expect(
                zones.contains("America/Los_Angeles") && zones.contains("America/New_York"), "\(contact.name ?? "")")
            #expect(contact.remarks.map(\.category) == ["number and row name different places; both must be open"])
        }
        #expect(contacts[0].remarks.first?.example == "+12125550143 of US-NY in a row of America/Los_Angeles")
    }

    @Test("a ZIP code is read as spreadsheets leave it, a state as people shorten it")
    func postalCodes() throws {
        for contact in try contacts("timezone-text-crm/zipq.csv", region: "US") {
            #expect(contact.numbers[0].location.jurisdiction == "US-CA+US-NY", "\(contact.name ?? "")")
        }
        let territories = try contacts("us-territories/terr.csv", region: "US")
        #expect(territories[0].numbers[0].location.jurisdiction == "US-PR" && territories[0].remarks.isEmpty)
        #expect(territories[1].numbers[0].location.region == "JM")
        #expect(territories[2].numbers[0].location.jurisdiction == "US-CA+US-NY")
        #expect(territories[2].numbers[0].location.zones == ["America/Los_Angeles", "America/New_York"])
    }

    @Test("a time zone that cannot be read waits for every zone of the row's country, and is told")
    func unreadable() throws {
        let list = try ListFixture("phone,time zone\n2125550143,somewhere\n2125550144,\n")
        let contacts = try list.rows().compactMap(\.contact)
        let atlas = try ListFixture.atlas.get()
        #expect(contacts[0].numbers[0].location.zones == atlas.zones(ofRegion: "US"))
        #expect(contacts[0].remarks.first == .unknownTimeZone("somewhere"))
        #expect(contacts[1].numbers[0].location.zones == ["America/New_York"] && contacts[1].remarks.isEmpty)
    }

    @Test("a state that cannot be read leaves the number's own place, and is told")
    func unreadableState() throws {
        let list = try ListFixture("phone,state\n2125550143,Freedonia\n")
        let contact = try #require(try list.rows().first?.contact)
        #expect(contact.numbers[0].location.zones == ["America/New_York"])
        #expect(contact.remarks == [.unknownState("Freedonia")])
    }
}
