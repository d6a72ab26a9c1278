import Foundation
import TestSupport
import Testing

@testable import ListImport

@Suite("Encodings and delimiters")
struct TextEncodingTests {
    private static let rows = [["Naïve — “Zoë”", "4155550123"], ["Müller, €", "a\nb"], ["", "\"quoted\" ; | \t"]]

    /// RFC 4180 as a spreadsheet writes it.
    private func csv(_ delimiter: CSVDelimiter, lineEnd: String) -> String {
        let separator = String(UnicodeScalar(delimiter.rawValue))
        return Self.rows.map { row in
            row.map { "\"\($0.replacingOccurrences(of: "\"", with: "\"\""))\"" }.joined(separator: separator)
        }.joined(separator: lineEnd) + lineEnd
    }

    private func bytes(_ text: String, _ encoding: TextEncoding, mark: Bool) throws -> [UInt8] {
        switch encoding {
        case .utf8: return (mark ? [0xEF, 0xBB, 0xBF] : []) + Array(text.utf8)
        case .utf16LittleEndian:
            return (mark ? [0xFF, 0xFE] : []) + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        case .utf16BigEndian:
            return (mark ? [0xFE, 0xFF] : []) + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        case .windows1252: return Array(try #require(text.data(using: .windowsCP1252)))
        }
    }

    private func read(_ reader: CSVReader) throws -> [[String]] {
        var reader = reader
        var rows: [[String]] = []
        while let row = try reader.next() {
            guard case .fields(let fields) = row.content else {
                Issue.record("line \(row.line): \(row.content)")
                continue
            }
            rows.append(fields)
        }
        return rows
    }

    @Test(
        "every encoding with every delimiter and line end is detected and reads as the same table, whatever the chunks",
        arguments: TextEncoding.allCases, CSVDelimiter.allCases)
    func everyKind(encoding: TextEncoding, delimiter: CSVDelimiter) throws {
        for lineEnd in ["\n", "\r\n", "\r"] {
            for mark in [true, false] {
                for chunkSize in [1, 3, 64, Int.max] {
                    let bytes = try bytes(csv(delimiter, lineEnd: lineEnd), encoding, mark: mark)
                    let reader = try CSVReader(source: MemoryBytes(bytes, chunkSize: chunkSize))
                    #expect(reader.encoding == encoding)
                    #expect(reader.delimiter == delimiter)
                    #expect(try read(reader) == Self.rows, "\(encoding), \(delimiter), mark \(mark), \(chunkSize)")
                }
            }
        }
    }

    @Test("what the caller names holds against what the file looks like")
    func named() throws {
        let reader = try CSVReader(
            source: MemoryBytes(Array("a;b,c\n".utf8)), delimiter: .semicolon, encoding: .windows1252)
        #expect(try read(reader) == [["a", "b,c"]])
        let latin = try CSVReader(source: MemoryBytes([0x5A, 0xC3, 0xAB, 0x0A]), encoding: .windows1252)
        #expect(try read(latin) == [["ZÃ«"]])
    }

    @Test("a spreadsheet's sep= line names the delimiter and is no row; lines are counted with it")
    func declaredDelimiter() throws {
        var reader = try CSVReader(source: MemoryBytes(Array("sep=;\r\na,x;b\r\n".utf8)))
        let row = try #require(try reader.next())
        #expect(row.content == .fields(["a,x", "b"]))
        #expect(row.line == 2)
    }

    @Test("a row from elsewhere in a UTF-8 file is read as Windows-1252 and counted; not so where UTF-8 was named")
    func mixed() throws {
        let padding = Array(String(repeating: "Zoë,1\n", count: 60_000).utf8)
        let bytes = padding + [0x5A, 0x6F, 0xEB, 0x2C, 0x32, 0x0A]
        var reader = try CSVReader(source: MemoryBytes(bytes))
        var last: CSVRow?
        while let row = try reader.next() { last = row }
        #expect(last?.content == .fields(["Zoë", "2"]))
        #expect(reader.rowsReadAsWindows1252 == 1)
        var strict = try CSVReader(source: MemoryBytes(bytes), encoding: .utf8)
        while let row = try strict.next() { last = row }
        #expect(last?.content == .problem(.notUTF8(column: 1)))
    }

    @Test("half a character at the end of UTF-16 shows as a replacement, and no byte is waited for")
    func cutUTF16() throws {
        let reader = try CSVReader(source: MemoryBytes([0xFF, 0xFE, 0x61, 0x00, 0x3D, 0xD8]))
        #expect(try read(reader) == [["a\u{FFFD}"]])
        let odd = try CSVReader(source: MemoryBytes([0xFF, 0xFE, 0x61, 0x00, 0x62]))
        #expect(try read(odd) == [["a\u{FFFD}"]])
    }

    @Test("names of encodings and delimiters are understood as people write them")
    func names() {
        #expect(TextEncoding(name: "UTF-8") == .utf8)
        #expect(TextEncoding(name: "cp1252") == .windows1252)
        #expect(TextEncoding(name: "UTF16") == .utf16LittleEndian)
        #expect(TextEncoding(name: "klingon") == nil)
        #expect(CSVDelimiter(name: "tab") == .tab)
        #expect(CSVDelimiter(name: ";") == .semicolon)
        #expect(CSVDelimiter(name: "x") == nil)
    }

    /// How many random inputs; `OFFHOOK_RANDOM_LISTS` sets another count for a long form.
    static let randomInputs =
        ProcessInfo.processInfo.environment["OFFHOOK_RANDOM_LISTS"].flatMap { Int($0) } ?? 5000

    @Test("random bytes never stop the reader: every input comes to its end, in no more rows than bytes")
    func randomBytes() throws {
        var random = SeededGenerator(seed: 20)
        let likely = Array("\",;\t|\r\n a1é".utf8) + [0xFF, 0xFE, 0x00, 0xC3, 0x80]
        for _ in 0..<Self.randomInputs {
            let count = Int.random(in: 0...60, using: &random)
            let bytes = (0..<count).map { _ in
                Bool.random(using: &random)
                    ? likely[Int.random(in: 0..<likely.count, using: &random)]
                    : UInt8.random(in: 0...255, using: &random)
            }
            var reader = try CSVReader(source: MemoryBytes(bytes, chunkSize: Int.random(in: 1...64, using: &random)))
            var rows = 0
            while try reader.next() != nil { rows += 1 }
            #expect(rows <= count + 1)
        }
    }

    @Test("one stray row does not make a file of UTF-8 another; a file with none of it is Windows-1252")
    func strayRow() throws {
        let jörg = String(repeating: "Jörg,4155550123\n", count: 200)
        var mixed = Array(jörg.utf8)
        mixed += Array(try #require("Müller,4155550124\n".data(using: .windowsCP1252)))
        var reader = try CSVReader(source: MemoryBytes(mixed + Array("Zoë,4155550125\n".utf8)))
        #expect(reader.encoding == .utf8)
        var names: [String] = []
        while let row = try reader.next() {
            guard case .fields(let fields) = row.content else { continue }
            names.append(fields[0])
            if fields[0] == "Müller" { #expect(reader.rawText == "Müller,4155550124") }
        }
        #expect(names.first == "Jörg" && names.suffix(2) == ["Müller", "Zoë"])
        #expect(reader.rowsReadAsWindows1252 == 1)
        let latin = Array(try #require(jörg.data(using: .windowsCP1252)))
        #expect(try CSVReader(source: MemoryBytes(latin)).encoding == .windows1252)
    }

    @Test("a byte-order mark beats what somebody says of the encoding")
    func markWins() throws {
        let text = "Name,Zoë\n"
        let big = try bytes(text, .utf16BigEndian, mark: true)
        #expect(try read(CSVReader(source: MemoryBytes(big), encoding: .utf16LittleEndian)) == [["Name", "Zoë"]])
        let plain = try bytes(text, .utf8, mark: true)
        #expect(try read(CSVReader(source: MemoryBytes(plain), encoding: .windows1252)) == [["Name", "Zoë"]])
    }

    @Test("the delimiter is the one that the first lines agree on, not the one that a text of the header has most of")
    func agreement() throws {
        let text = "Name;Phone;Note, long, with, commas\nAda;1;x\nBob;2;y, z\n"
        #expect(try CSVReader(source: MemoryBytes(Array(text.utf8))).delimiter == .semicolon)
        #expect(try CSVReader(source: MemoryBytes(Array("a,b|c|d".utf8))).delimiter == .bar)
    }

    @Test("what is no text is told by its first bytes")
    func workbook() {
        #expect(throws: ListImportError.noText(path: "the text", kind: "a PDF")) {
            try CSVReader(source: MemoryBytes(Array("%PDF-1.7 ...".utf8)))
        }
    }
}
