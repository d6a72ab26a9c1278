import Foundation
import ListImport
import PhoneNumbers
import Testing

/// Files of numbers as registries, washing services and CRMs write them.
@Suite struct NumberListReaderTests {
    private struct Found {
        var numbers: Set<Int64> = []
        var removed: Set<Int64> = []
        var problems = 0
        var unflagged = 0
        var unclear = 0
        var flags: [String]
        var change: String?
    }

    private func read(
        _ text: String, region: String = "US", hasHeader: Bool = true, _ overrides: [String: String] = [:]
    ) throws -> Found {
        let fixture = try ListFixture(text)
        return try read(fixture.file, region: region, hasHeader: hasHeader, overrides)
    }

    private func read(
        _ file: URL, region: String, hasHeader: Bool = true, _ overrides: [String: String] = [:]
    ) throws -> Found {
        var reader = try NumberListReader(
            file: file, options: ListOptions(region: region, overrides: overrides, hasHeader: hasHeader),
            numbers: NumberReader())
        var found = Found(flags: reader.flagColumns, change: reader.changeColumn)
        while let batch = try reader.nextBatch(limit: 3) {
            found.numbers.formUnion(batch.numbers)
            found.numbers.subtract(batch.removed)
            found.removed.subtract(batch.numbers)
            found.removed.formUnion(batch.removed)
            found.problems += batch.problems.count
            found.unflagged += batch.unflagged
            found.unclear += batch.unclear
        }
        return found
    }

    @Test("of a list of contacts the flagged rows are taken, whatever column says so")
    func mixed() throws {
        let crm = try read(
            "Name,Phone,Mobile,Do Not Call\nAda,2125550143,,0\nBob,2125550144,9175550144,TRUE\nCid,2125550145,,maybe\n")
        #expect(crm.numbers == [12_125_550_144, 19_175_550_144, 12_125_550_145])
        #expect(crm.unflagged == 1 && crm.unclear == 1 && crm.flags == ["Do Not Call"])
        let states = try read("phone,status\n2125550143,NEW\n2125550144,DNC\n2125550145,SALE\n")
        #expect(states.numbers == [12_125_550_144])
        let two = try read("phone,TPS,CTPS\n2125550143,N,Y\n2125550144,Y,N\n2125550145,N,N\n")
        #expect(two.numbers == [12_125_550_143, 12_125_550_144])
    }

    @Test(
        "of a result of washing the listed rows are taken, with a header or without",
        arguments: [
            "0491570156,Y\n0491570157,N\n0491570158,Y\n",
            "Number,Status\n0491570156,Registered\n0491570157,Not registered\n0491570158,Registered\n",
            "Nummer;Treffer\n0491570156;ja\n0491570157;nein\n0491570158;ja\n",
            "phone,listed\n0491570156,1\n0491570157,0\n0491570158,1\n",
            "mobile,match\n0491570156,x\n0491570157,\n0491570158,x\n",
        ])
    func washed(_ text: String) throws {
        let found = try read(text, region: "AU")
        #expect(found.numbers == [61_491_570_156, 61_491_570_158])
        #expect(found.unflagged == 1)
    }

    @Test("a file in which nothing says which rows are meant is taken whole")
    func whole() throws {
        #expect(try read("phone,source,note\n2125550143,federal,a\n2125550144,state,b\n").numbers.count == 2)
        #expect(try read("2125550143\n2125550144\n").numbers.count == 2)
        #expect(try read("2125550143,1\n2125550144,0\n").numbers.count == 2)
    }

    @Test("a list of changes adds and takes off; the last row with a number says what holds")
    func changes() throws {
        let flat = try read(
            "202,5550143,2026-11-02T08:00:00-05:00,A\n202,5550144,2026-11-02T08:00:00-05:00,A\n202,5550145,2026-11-03T08:00:00-05:00,D\n202,5550144,2026-11-04T08:00:00-05:00,D\n"
        )
        #expect(flat.numbers == [12_025_550_143])
        #expect(flat.removed == [12_025_550_145, 12_025_550_144])
        let named = try read("phone,action\n2025550143,add\n2025550145,delete\n")
        #expect(named.numbers == [12_025_550_143] && named.removed == [12_025_550_145] && named.change == "action")
        for text in [
            "Phone,Grade\n2025550143,A\n2025550145,D\n", "Phone,Action\n2025550143,Remove\n2025550145,Remove\n",
            "Phone,Type,Entered\n2025550143,D,2026-01-01\n2025550145,D,2026-01-01\n",
        ] {
            let found = try read(text)
            #expect(found.numbers.count == 2 && found.removed.isEmpty, "\(text)")
        }
        let onlyRemovals = try read("phone,change\n2025550143,D\n2025550145,D\n")
        #expect(onlyRemovals.removed.count == 2)
        // Letters that nothing explains free nobody.
        let unexplained = try read("2025550143,D\n2025550145,D\n")
        #expect(unexplained.numbers.count == 2 && unexplained.removed.isEmpty)
    }

    @Test("columns of days and of area codes are no numbers; an area code is joined to what lacks it")
    func daysAndAreas() throws {
        #expect(
            try read("21230143,20071203\n51230144,20110515\n", region: "HK").numbers == [
                85_221_230_143, 85_251_230_144,
            ])
        #expect(try read("20071203\n20110515\n", region: "HK").numbers.count == 2)
        #expect(
            try read("phone_number,area_code,state\n8015550123,801,UT\n3855550145,385,UT\n").numbers == [
                18_015_550_123, 13_855_550_145,
            ])
        #expect(try read("area_code,phone\n801,5550123\n385,555-0145\n").numbers == [18_015_550_123, 13_855_550_145])
        #expect(
            try read("Vorwahl;Rufnummer\n030;23125012\n0721;9123456\n", region: "DE").numbers == [
                493_023_125_012, 497_219_123_456,
            ])
        #expect(try read("Vorwahl;Rufnummer\n030;03023125012\n", region: "DE").numbers == [493_023_125_012])
    }

    @Test("registries' XML is read, with its lists of changes")
    func xml() throws {
        let full =
            "<list type='full' level='all' val='' />\n<ac val='416'>\n<ph val='5550143' /> <ph val='5550144' />\n</ac>\n<ac val='905'><ph val='5550146'/></ac> </list>\n"
        #expect(try read(full, region: "CA").numbers == [14_165_550_143, 14_165_550_144, 19_055_550_146])
        let change =
            "<?xml version='1.0'?>\n<list type='change'>\n<ac val=\"416\"><add><ph val=\"5550143\"/></add><delete><ph val=\"5550144\"/></delete></ac><ac val='905'><ph val='5550146' chgtype='D'/></ac></list>"
        let found = try read(change, region: "CA")
        #expect(found.numbers == [14_165_550_143] && found.removed == [14_165_550_144, 19_055_550_146])
        let list = try ListFixture(full)
        #expect(throws: ListImportError.registry(path: list.file.path(percentEncoded: false))) {
            _ = try list.reader(region: "CA")
        }
    }
}
