import Testing

@testable import ListImport
import TestSupport

@Suite("Reading delimited text")
struct CSVReaderTests {
    /// Chunks of these sizes put chunk ends at every place of the small texts below.
    static let chunkSizes = [1, 2, 3, 7, .max]

    static func rows(_ text: String, chunkSize: Int = .max) throws -> [CSVRow] {
        try rows(Array(text.utf8), chunkSize: chunkSize)
    }

    static func rows(_ bytes: [UInt8], chunkSize: Int = .max) throws -> [CSVRow] {
        var reader = try CSVReader(source: MemoryBytes(bytes, chunkSize: chunkSize))
        var rows: [CSVRow] = []
        while let row = try reader.next() { rows.append(row) }
        #expect(reader.bytesRead == Int64(bytes.count))
        return rows
    }

    /// The fields of every row; a problem as its description.
    static func table(_ text: String, chunkSize: Int = .max) throws -> [[String]] {
        try rows(text, chunkSize: chunkSize).map { row in
            switch row.content {
            case .fields(let fields): fields
            case .problem(let problem): [problem.description]
            }
        }
    }

    @Test(
        "gives the fields of RFC 4180",
        arguments: [
            ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]), ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
            ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]), ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
            ("a,\n,b\n,\n", [["a", ""], ["", "b"], ["", ""]]), ("a,", [["a", ""]]), ("\"a\",\"b\"", [["a", "b"]]),
            ("\"a,b\",c\n", [["a,b", "c"]]), ("\"a\nb\",c\n", [["a\nb", "c"]]),
            ("\"a\r\nb\",c\r\n", [["a\r\nb", "c"]]),
            ("\"a\"\"b\",\"\"\"\"\n", [["a\"b", "\""]]), ("\"\",\"\"\n", [["", ""]]),
            ("a\n\nb\n", [["a"], [""], ["b"]]),
            ("\"\"\"\"\"\"\n", [["\"\""]]), ("5\" pipe,x\n", [["5\" pipe", "x"]]), (" a , b \n", [[" a ", " b "]]),
            ("é,日本\n", [["é", "日本"]]), ("", []), ("\n", [[""]]), ("a\r\r\nb", [["a"], [""], ["b"]]),
        ] as [(String, [[String]])])
    func fields(text: String, expected: [[String]]) throws {
        for chunkSize in Self.chunkSizes {
            #expect(try Self.table(text, chunkSize: chunkSize) == expected, "chunks of \(chunkSize)")
        }
    }

    @Test(
        "finds the delimiter in the first line, outside quotes",
        arguments: [
            ("a;b\n1;2\n", [["a", "b"], ["1", "2"]]), ("a\tb\n1\t2\n", [["a", "b"], ["1", "2"]]),
            ("a|b\n1|2\n", [["a", "b"], ["1", "2"]]), ("a;b;c\n1,5;2;3\n", [["a", "b", "c"], ["1,5", "2", "3"]]),
            ("\"x;y;z\",b\n1,2\n", [["x;y;z", "b"], ["1", "2"]]), ("a,b;c\n", [["a", "b;c"]]),
            ("phone\n1;2\n", [["phone"], ["1;2"]]), ("\"a\nb;c\";d\n", [["a\nb;c", "d"]]),
        ] as [(String, [[String]])])
    func delimiters(text: String, expected: [[String]]) throws {
        for chunkSize in Self.chunkSizes {
            #expect(try Self.table(text, chunkSize: chunkSize) == expected, "chunks of \(chunkSize)")
        }
    }

    @Test("passes over a byte-order mark at the start, and only there", arguments: chunkSizes)
    func byteOrderMark(chunkSize: Int) throws {
        #expect(
            try Self.table("\u{FEFF}\"a\",b\n\u{FEFF}c,d\n", chunkSize: chunkSize) == [
                ["a", "b"], ["\u{FEFF}c", "d"],
            ])
        #expect(try Self.table("\u{FEFF}", chunkSize: chunkSize) == [])
    }

    @Test("counts rows, and the physical lines they begin in", arguments: chunkSizes)
    func lines(chunkSize: Int) throws {
        let text = "a,b\r\n\"1\n2\r\n3\r4\",x\r\n\r\ny,\"z\n\"\nlast,row"
        let rows = try Self.rows(text, chunkSize: chunkSize)
        #expect(rows.map(\.number) == [1, 2, 3, 4, 5])
        #expect(rows.map(\.line) == [1, 2, 6, 7, 9])
        #expect(rows.map(\.isBlankLine) == [false, false, true, false, false])
    }

    @Test("takes a line of spaces for blank, but not one of delimiters or quotes")
    func blankLines() throws {
        #expect(try Self.rows("a,b\n \t\n,\n\"\"\n\n").map(\.isBlankLine) == [false, true, false, false, true])
    }

    @Test("keeps the text of each row, without its line break", arguments: chunkSizes)
    func rawText(chunkSize: Int) throws {
        let text = "a,b\r\n\"x\ny\",\"\"\"\"\r\n\n1,\"2\"3\nlast"
        var reader = try CSVReader(source: MemoryBytes(Array(text.utf8), chunkSize: chunkSize))
        var texts: [String] = []
        while try reader.next() != nil { texts.append(reader.rawText) }
        #expect(texts == ["a,b", "\"x\ny\",\"\"\"\"", "", "1,\"2\"3", "last"])
    }

    @Test("agrees with itself wherever chunks end")
    func chunkEnds() throws {
        var random = SeededGenerator(seed: 11)
        let alphabet = Array("ab,;\"\"\"\n\r é".utf8)
        for _ in 0..<1500 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).compactMap { _ in
                alphabet.randomElement(using: &random)
            }
            let whole = try Self.rows(bytes)
            for chunkSize in [1, 2, 5] {
                let isSame = try Self.rows(bytes, chunkSize: chunkSize) == whole
                #expect(isSame, "\(bytes)")
            }
        }
    }

    @Test("survives any bytes")
    func randomBytes() throws {
        var random = SeededGenerator(seed: 3)
        var isSound = true
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...64, using: &random)).map { _ in
                Bool.random(using: &random)
                    ? UInt8.random(in: 0...255, using: &random)
                    : Array("\",\n\r;".utf8)[Int.random(in: 0..<5, using: &random)]
            }
            var reader = try CSVReader(source: MemoryBytes(bytes))
            var line = 0
            while let row = try reader.next() {
                isSound = isSound && row.line > line
                line = row.line
            }
            isSound = isSound && reader.bytesRead == Int64(bytes.count)
        }
        #expect(isSound)
    }

    @Test("reads more than fits in a chunk, with a row over the border of two")
    func manyChunks() throws {
        let row = "Jane \"Jay\" Doe,\"1, High Street\nSpringfield\",4155550123\n".replacing(
            "Jane \"Jay\" Doe", with: "Jane Doe")
        let count = 3 * ByteWindow.chunkSize / row.utf8.count
        let rows = try Self.rows(String(repeating: row, count: count))
        #expect(rows.count == count)
        #expect(rows.allSatisfy { $0.content == .fields(["Jane Doe", "1, High Street\nSpringfield", "4155550123"]) })
        #expect(rows.last?.line == 2 * count - 1)
    }
}
