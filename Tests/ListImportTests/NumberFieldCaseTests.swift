import Foundation
import ListImport
import PhoneNumbers
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

    @Test("numbers with their country code and no plus")
    func withoutPlus() throws {
        #expect(
            try numbers("de-e164-without-plus/de_noplus.csv", region: "DE") == [
                ["+497219123456"], ["+49775591155"], ["+498991234567"], ["+4915191234567"], ["+49761123456"],
            ])
        #expect(try listed("de-e164-without-plus/de_dnc.csv", region: "DE") == [4_915_191_234_567, 497_219_123_456])
        for row in try rows("de-e164-without-plus/DE.csv", region: "DE") {
            let contact = try #require(row.contact)
            #expect(contact.fields.first?.value == "t" + contact.e164[0].dropFirst())
        }
    }

    @Test("a calling code in a column of its own, and VICIdial's file whole")
    func callingCode() throws {
        #expect(
            try numbers("vicidial-phone-code/phonecode.csv", region: "US")
                == [["+442079460958"], ["+61412345678"], ["+12125550143"]])
        #expect(
            try numbers("vicidial-phone-code/flag_run.csv", region: "US")
                == [["+12125550606"], ["+12125550706"], ["+442079461006"]])
        let rows = try rows("vicidial-phone-code/vicidial.txt", region: "US")
        #expect(
            rows.map(\.contact?.e164) == [
                ["+12125550143", "+12125550144"], ["+442079460958"], ["+447700900123"], ["+12135550143"],
            ])
        #expect(rows.map(\.contact?.externalID) == ["V1", "V2", "V3", "V4"])
        #expect(rows.map(\.contact?.name) == ["Ada Test", "Bob Test", "Cid Test", "Dee Test"])
    }

    @Test("several numbers in a cell")
    func several() throws {
        let german = try numbers("two-numbers-one-cell-joined/de_two.csv", region: "DE")
        #expect(
            german == [
                ["+493023125012"], ["+493023125012", "+493023125013"], ["+49302312512", "+49302312513"],
                ["+49302312512", "+49302312513"], ["+49302312512", "+49302312513"], ["+491760406901", "+491760406902"],
                ["+493023125012", "+493023125013"], ["+493023125012", "+493023125013"], nil,
                ["+49302312512", "+49302312513", "+49302312514", "+49302312515"], ["+493023125014"], ["+4930231250"],
                ["+49302312515", "+49302312516"], ["+498912345", "+498912346"],
            ])
        let american = try numbers("two-numbers-one-cell-joined/two.csv", region: "US")
        let two = (0..<14).map { [0, 1, 2, 3, 4, 6, 7, 8, 9].contains($0) ? 2 : 1 }
        #expect(american.map { $0?.count } == two)
        #expect(
            american.compactMap { $0?.first?.suffix(4) } == [
                "0143", "0145", "0147", "0149", "0151", "0153", "0154", "0156", "0158", "0160", "0162", "0163", "0164",
                "0165",
            ])
    }

    @Test("what spreadsheets make of numbers")
    func spreadsheets() throws {
        #expect(
            try numbers("excel-formula-text/formula.csv", region: "GB") == [
                ["+442079460958"], ["+442079460959"], ["+442079460960"], ["+442079460961"], ["+447700900123"],
                ["+447700900124"], ["+447700900125"],
            ])
        #expect(
            try rows("excel-formula-text/formula.csv", region: "GB").first?.contact?.fields
                == [ContactField(name: "Zip", value: "01234")])
        let rows = try rows("excel-scientific/sci.csv", region: "US")
        #expect(
            rows.map(\.contact?.e164) == [
                ["+12125550143"], ["+12125550144"], nil, nil, ["+12125550145"], ["+12125550146"], nil, nil,
                ["+12125550147"],
            ])
        #expect(Set(rows.compactMap(\.quarantined?.category)) == ["number rounded by a spreadsheet"])
        #expect(
            rows[2].quarantined?.reason
                == "phone “1.21256E+10” was rounded by a spreadsheet: its last digits are lost; format the column as text and export again"
        )
        #expect(
            try numbers("decimals-with-plus-or-comma/de_dec2.csv", region: "DE")
                == Array(repeating: ["+493023125012"], count: 5))
    }

    @Test("Italian fixed lines without their zero")
    func italian() throws {
        #expect(
            try numbers("it-zero-lost/it.csv", region: "IT") == [
                ["+390108480161"], ["+390108480161"], ["+390108480161"], ["+390108480161"], ["+393333337647"],
                ["+393333337647"], ["+390266307129"], ["+390282398816"],
            ])
    }

    @Test("the family name beside a first name; Google's contacts")
    func headers() throws {
        #expect(try rows("name-vorname/de_name.csv", region: "DE").map(\.contact?.name) == ["Ada Muster", "Bea Probe"])
        let google = try #require(try rows("google-contacts/google_new.csv", region: "US").first?.contact)
        #expect(google.e164 == ["+12125550143"])
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
