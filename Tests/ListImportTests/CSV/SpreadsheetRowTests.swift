import PhoneNumbers
import TestSupport
import Testing

@testable import ListImport

@Suite("Rows for spreadsheets") struct SpreadsheetRowTests {
    private func fields(_ text: String, _ delimiter: CSVDelimiter) throws -> [String]? {
        var reader = try CSVReader(source: MemoryBytes(Array(text.utf8), chunkSize: .max), delimiter: delimiter)
        guard let row = try reader.next(), case .fields(let fields) = row.content else { return nil }
        return try reader.next() == nil ? fields : nil
    }

    @Test(
        "each cell that a spreadsheet would run is guarded where it begins, behind its quote",
        arguments: [
            ("=1,b", "'=1,b"), ("a,=1,\"-2\",'@", "a,'=1,\"'-2\",''@"), ("\"a,=1\",b", "\"a,=1\",b"),
            ("\"=a\"\"=b\",c", "\"'=a\"\"=b\",c"), ("x\"=1,=2", "x\"=1,'=2"),
            ("\"\n=1\",+12125550101", "\"'\n=1\",+12125550101"),
            // The quotes do not match: every place counts.
            ("a,\"b,=1", "a,\"b,'=1"), ("\"a\"b,=1", "\"a\"b,'=1"),
        ])
    func guarded(raw: String, expected: String) {
        #expect(SpreadsheetRow.guarded(raw, delimiter: .comma) == expected)
    }

    @Test("a row that was written so before is not guarded twice, and what was added since is")
    func again() {
        #expect(SpreadsheetRow.guarded("'=1,=2,''-3", delimiter: .comma, isGuarded: true) == "'=1,'=2,''-3")
    }

    @Test(
        "whatever the row, its cells come back, and none of them begins as a formula", arguments: CSVDelimiter.allCases)
    func roundTrip(delimiter: CSVDelimiter) throws {
        let pieces = [
            "=", "+", "-", "@", "'", "\t", "\"", "\"\"", ",", ";", "|", "a", " ", "1", "+12125550101", "＝", "é",
        ]
        var generator = SeededGenerator(seed: 16)
        var readable = 0
        for _ in 0..<4000 {
            let length = Int.random(in: 0...9, using: &generator)
            let raw = (0..<length).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            guard let fields = try fields(raw, delimiter) else { continue }
            readable += 1
            let guarded = try #require(try self.fields(SpreadsheetRow.guarded(raw, delimiter: delimiter), delimiter))
            #expect(guarded.map(SpreadsheetCell.original) == fields, "\(raw)")
            #expect(guarded == fields.map(SpreadsheetCell.guarded), "\(raw)")
        }
        #expect(readable > 1000)
    }
}
