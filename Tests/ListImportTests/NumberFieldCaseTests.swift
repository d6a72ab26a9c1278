import Foundation
import ListImport
import PhoneNumbers
import TestSupport
import Testing

/// Lists as people have reported them, from `Tests/FieldCases`.
@Suite("Lists from the field: numbers")
struct NumberFieldCaseTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "FieldCases")

    private func rows(_ path: String, region: String, overrides: [String: String] = [:]) throws -> [ListRow] {
        let atlas = try ListFixture.atlas.get()
        var reader = try ListReader(
            file: Self.folder.appending(path: path), region: region, overrides: overrides,
            numbers: NumberReader(atlas: atlas), atlas: atlas)
        var rows: [ListRow] = []
        while let batch = try reader.nextBatch() { rows += batch }
        return rows
    }

    private func numbers(_ path: String, region: String) throws -> [[String]?] {
        try rows(path, region: region).map(\.contact?.e164)
    }

    private func listed(_ path: String, region: String) throws -> [Int64] {
        var reader = try NumberListReader(
            file: Self.folder.appending(path: path), options: ListOptions(region: region), numbers: NumberReader())
        var numbers: [Int64] = []
        while let batch = try reader.nextBatch() {
            #expect(batch.problems.isEmpty)
            numbers += batch.numbers
        }
        return numbers
    }

    @Test("every row is the numbers that were meant, or is kept aside", arguments: FieldList.all)
    func understood(_ list: FieldList) throws {
        let contacts = try rows(list.file, region: list.region).map(\.contact)
        #expect(contacts.map { $0?.e164 } == list.rows)
        for contact in contacts.compactMap(\.self) {
            if let name = list.names[contact.e164[0]] { #expect(contact.name == name) }
            for number in contact.numbers {
                if let zones = list.zones[number.reading.number.e164] {
                    #expect(number.location.zones == zones, "\(number)")
                }
            }
        }
    }

    @Test("a do-not-call file and a column of valid numbers, each with its country code and no plus")
    func withoutPlus() throws {
        #expect(try listed("de-e164-without-plus/de_dnc.csv", region: "DE") == [4_915_191_234_567, 497_219_123_456])
        for row in try rows("de-e164-without-plus/DE.csv", region: "DE") {
            let contact = try #require(row.contact)
            #expect(contact.fields.first?.value == "t" + contact.e164[0].dropFirst())
        }
    }

    @Test("the names and lead ids of VICIdial's file")
    func callingCode() throws {
        let rows = try rows("vicidial-phone-code/vicidial.txt", region: "US")
        #expect(rows.map(\.contact?.externalID) == ["V1", "V2", "V3", "V4"])
        #expect(rows.map(\.contact?.name) == ["Ada Test", "Bob Test", "Cid Test", "Dee Test"])
    }

    @Test("what spreadsheets make of numbers")
    func spreadsheets() throws {
        #expect(
            try rows("excel-formula-text/formula.csv", region: "GB").first?.contact?.fields
                == [ContactField(name: "Zip", value: "01234")])
        let rows = try rows("excel-scientific/sci.csv", region: "US")
        #expect(Set(rows.compactMap(\.quarantined?.category)) == ["number rounded by a spreadsheet"])
        #expect(
            rows[2].quarantined?.reason
                == "phone “1.21256E+10” was rounded by a spreadsheet: its last digits are lost; format the column as text and export again"
        )
    }

    @Test("Google's contacts: a fax number is a field")
    func headers() throws {
        let google = try #require(try rows("google-contacts/google_new.csv", region: "US").first?.contact)
        #expect(google.fields.contains(ContactField(name: "Phone 2 - Value (fax)", value: "212-555-0188")))
    }

    @Test("an area code beside numbers that have theirs")
    func areaCode() throws {
        #expect(
            try listed("dnc-table-area-code/dnc_table.csv", region: "US")
                == [18_015_550_123, 13_855_550_145, 14_355_550_146])
    }
}

@Suite("Columns of numbers")
struct NumberColumnTests {
    private func numbers(_ text: String, region: String) throws -> [[String]?] {
        try ListFixture(text).rows(region: region).map(\.contact?.e164)
    }

    @Test("where zeros are kept, a few digits that may have a country code or none are kept aside")
    func mixed() throws {
        let rows = try ListFixture("Telefon\n0151 91234567\n030 23125012\n0721 9123456\n4915191234567\n").rows(
            region: "DE")
        #expect(rows.compactMap(\.contact).count == 3)
        #expect(
            rows.last?.quarantined?.reason
                == "Telefon “4915191234567” may be +494915191234567 or +4915191234567: write + before the country code, or 0 before the area code"
        )
    }

    @Test("where zeros are lost, digits are national numbers")
    func lostZeros() throws {
        let national = (0..<30).map { "1519123\(4567 + $0)\n" }.joined()
        let rows = try numbers("Telefon\n\(national)4921123456\n", region: "DE")
        #expect(rows.last == ["+494921123456"])
        #expect(rows.first == ["+4915191234567"])
    }

    @Test("behind the rows that are looked at, the column's form holds on")
    func beyond() throws {
        let numbers = (0..<300).map { "4915191234\(100 + $0)\n" }.joined() + "497219123456\n0721 9123456\n"
        let rows = try self.numbers("Telefon\n\(numbers)", region: "DE")
        #expect(rows.count == 302)
        #expect(rows[299] == ["+4915191234399"])
        #expect(rows.suffix(2) == [["+497219123456"], ["+497219123456"]])
    }

    @Test("the row's country says by which region, and each region's digits are decided by themselves")
    func countries() throws {
        let rows = try numbers(
            "phone,country\n4915191234567,DE\n497219123456,DE\n33142685300,FR\n0142685300,FR\n12125550143,US\n",
            region: "US")
        #expect(
            rows == [["+4915191234567"], ["+497219123456"], ["+33142685300"], ["+33142685300"], ["+12125550143"]])
    }

    @Test("a calling code belongs to its number; the country stays the person's")
    func callingCodes() throws {
        #expect(
            try numbers(
                "phone,phone_code,country\n2079460958,44,US\n+442079460958,1,US\n442079460958,44,\n2125550143,1,CA\n02079460958,0044,\n12345678,800,\n",
                region: "US")
                == [
                    ["+442079460958"], ["+442079460958"], ["+442079460958"], ["+12125550143"], ["+442079460958"],
                    ["+80012345678"],
                ])
        #expect(
            try numbers("Mobile code,Mobile,Phone country code,Phone\n44,7700900123,1,2125550143\n", region: "DE")
                == [["+447700900123", "+12125550143"]])
        let unreadable = try ListFixture("phone_code,phone\n999,2125550143\n").rows()
        #expect(
            unreadable.first?.quarantined?.reason
                == "phone “2125550143” cannot be read: the calling code “999” is none that is in use")
    }

    @Test("an area code is put before a number that lacks it")
    func areaCodes() throws {
        #expect(
            try numbers("Vorwahl;Telefon\n030;23125012\n030;030 23125012\n(0721);9123456\n", region: "DE")
                == [["+493023125012"], ["+493023125012"], ["+497219123456"]])
        #expect(
            try numbers("area code,phone\n212,5550143\n212,2125550143\n212,+442079460958\n", region: "US")
                == [["+12125550143"], ["+12125550143"], ["+442079460958"]])
        #expect(
            try numbers("Prefijo;Numero;Nombre\n91;2345678;Ada\n34;912345678;Bea\n", region: "ES")
                == [["+34912345678"], ["+34912345678"]])
    }

    @Test("split numbers come first, then the other columns, ten at most and each once")
    func order() throws {
        #expect(
            try numbers("phone,mobile\n212-555-0143 / 212-555-0144,2125550143;2125550145\n", region: "US")
                == [["+12125550143", "+12125550144", "+12125550145"]])
        let many = (0..<14).map { "212555\(1000 + $0)" }.joined(separator: ";")
        #expect(try numbers("phone\tname\n\(many)\tAda\n", region: "US").first??.count == 10)
    }

    @Test("a fax number is kept and not dialed; one alone is kept aside")
    func fax() throws {
        let rows = try ListFixture(
            "Name;Telefon;Typ\nAda;Tel 030 23125012, Fax 030 23125013;\nBea;Fax 030 23125014;\n"
        ).rows(region: "DE")
        #expect(rows.first?.contact?.e164 == ["+493023125012"])
        #expect(rows.first?.contact?.fields.first?.name == "Telefon (fax)")
        #expect(rows.last?.quarantined?.category == "fax number")
        let google = try ListFixture(
            "Name,Phone 1 - Type,Phone 1 - Value\nAda,Mobile ::: Home Fax,212-555-0143 ::: 212-555-0144\nBea,Work Fax,212-555-0145\n"
        ).rows()
        #expect(google.first?.contact?.e164 == ["+12125550143"])
        #expect(google.last?.quarantined?.category == "fax number")
    }

    @Test("a do-not-call file keeps what it lists, whatever the words beside it say")
    func listed() throws {
        let fixture = try ListFixture("phone\ndo not call 212-555-0143\nFax 2125550144 / 2125550145\n")
        var reader = try NumberListReader(
            file: fixture.file, options: ListOptions(region: "US"), numbers: NumberReader())
        let batch = try #require(try reader.nextBatch())
        #expect(Set(batch.numbers) == [12_125_550_143, 12_125_550_144, 12_125_550_145])
        #expect(batch.problems.isEmpty)
    }

    @Test("the whole name in a column beside the first name is not doubled")
    func names() throws {
        let rows = try ListFixture("Name,First name,phone\nAda Muster,Ada,2125550143\nProbe,Bea,2125550144\n").rows()
        #expect(rows.map(\.contact?.name) == ["Ada Muster", "Bea Probe"])
    }

    @Test("a file of a headerless column with country codes is read as one with numbers")
    func headerless() throws {
        let fixture = try ListFixture("4915191234567\n497219123456\n")
        var reader = try NumberListReader(
            file: fixture.file, options: ListOptions(region: "DE"), numbers: NumberReader())
        #expect(try reader.nextBatch()?.numbers == [4_915_191_234_567, 497_219_123_456])
    }
}
