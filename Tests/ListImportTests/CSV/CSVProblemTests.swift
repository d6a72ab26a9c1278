import Testing

@testable import ListImport

@Suite("A row that cannot be read")
struct CSVProblemTests {
    @Test("because of a quote that is never closed costs that row alone", arguments: CSVReaderTests.chunkSizes)
    func unterminatedQuote(chunkSize: Int) throws {
        let rows = try CSVReaderTests.rows("a,b\nx,\"y\n1,2\n3,4\n", chunkSize: chunkSize)
        #expect(
            rows == [
                CSVRow(number: 1, line: 1, content: .fields(["a", "b"]), isBlankLine: false),
                CSVRow(number: 2, line: 2, content: .problem(.unterminatedQuote(column: 2)), isBlankLine: false),
                CSVRow(number: 3, line: 3, content: .fields(["1", "2"]), isBlankLine: false),
                CSVRow(number: 4, line: 4, content: .fields(["3", "4"]), isBlankLine: false),
            ])
    }

    @Test("goes to the end of the line where the open quote is, if the row began before it")
    func quoteInALaterLine() throws {
        let rows = try CSVReaderTests.rows("a,b\r\n\"x\r\ny\",\"z\r\n1,2\r\n")
        #expect(rows.map(\.line) == [1, 2, 4])
        #expect(rows[1].content == .problem(.unterminatedQuote(column: 2)))
        #expect(rows[2].content == .fields(["1", "2"]))
    }

    @Test("because of text behind a closing quote costs that row alone", arguments: CSVReaderTests.chunkSizes)
    func textAfterQuote(chunkSize: Int) throws {
        let text = "a,b\n\"x\" y,1\n\"say \"hi\"\",2\n3,4\n"
        #expect(
            try CSVReaderTests.rows(text, chunkSize: chunkSize).map(\.content) == [
                .fields(["a", "b"]), .problem(.textAfterQuote(column: 1)), .problem(.textAfterQuote(column: 1)),
                .fields(["3", "4"]),
            ])
    }

    @Test("because a forgotten quote swallows the next row's first quote costs these rows alone")
    func swallowedQuote() throws {
        let text = "a,b\n\"x,1\n\"y\",2\n\"z\",3\n"
        #expect(
            try CSVReaderTests.rows(text).map(\.content) == [
                .fields(["a", "b"]), .problem(.textAfterQuote(column: 1)), .fields(["y", "2"]), .fields(["z", "3"]),
            ])
    }

    @Test("because it is not UTF-8 costs that row alone, and shows where", arguments: CSVReaderTests.chunkSizes)
    func notUTF8(chunkSize: Int) throws {
        let bytes = Array("a,b\nx,caf".utf8) + [0xE9] + Array("\n1,2\n".utf8)
        var reader = try CSVReader(source: MemoryBytes(bytes, chunkSize: chunkSize), encoding: .utf8)
        _ = try reader.next()
        #expect(try reader.next()?.content == .problem(.notUTF8(column: 2)))
        #expect(reader.rawText == "x,caf\u{FFFD}")
        #expect(try reader.next()?.content == .fields(["1", "2"]))
    }

    @Test(
        "because a field is too long costs that row alone, quoted or not, and its text is cut",
        arguments: ["", "\""], [64 * 1024, Int.max])
    func tooLong(quote: String, chunkSize: Int) throws {
        let long = String(repeating: "x", count: CSVReader.longestField + 1)
        let text = "a,b\n\(quote)\(long)\(quote),1\n2,3\n"
        var reader = try CSVReader(source: MemoryBytes(Array(text.utf8), chunkSize: chunkSize))
        _ = try reader.next()
        #expect(try reader.next()?.content == .problem(.fieldTooLong(column: 1)))
        #expect(reader.rawText.utf8.count == CSVReader.longestRawText + "…".utf8.count)
        #expect(try reader.next()?.content == .fields(["2", "3"]))
        #expect(try reader.next() == nil)
    }

    @Test("is not one whose field is just as long as is allowed")
    func longest() throws {
        let long = String(repeating: "x", count: CSVReader.longestField)
        #expect(
            try CSVReaderTests.rows("a\n\(long)\n\"\(long)\"\n").map(\.content) == [
                .fields(["a"]), .fields([long]), .fields([long]),
            ])
    }

    @Test("because an open quote runs on for over a MiB costs that row alone")
    func openQuoteBeforeManyRows() throws {
        let row = "4155550123,x\n"
        let count = 2 * CSVReader.longestField / row.utf8.count
        let rows = try CSVReaderTests.rows("a,b\n1,\"open\n" + String(repeating: row, count: count))
        #expect(rows.count == count + 2)
        #expect(rows[1].content == .problem(.fieldTooLong(column: 2)))
        #expect(rows[2] == CSVRow(number: 3, line: 3, content: .fields(["4155550123", "x"]), isBlankLine: false))
    }

    @Test("because the line never ends is passed over in constant memory")
    func endlessLine() throws {
        let endless = [UInt8](repeating: UInt8(ascii: "x"), count: 5 * CSVReader.longestField)
        let rows = try CSVReaderTests.rows(Array("a,b\n".utf8) + endless + Array("\r\n1,2".utf8), chunkSize: 100_000)
        #expect(rows.map(\.line) == [1, 2, 3])
        #expect(rows[1].content == .problem(.fieldTooLong(column: 1)))
        #expect(rows[2].content == .fields(["1", "2"]))
    }

    @Test("because it has no end of fields is stopped")
    func tooManyFields() throws {
        let wide = String(repeating: "0123456789,", count: CSVReader.longestRow / 11 + 2)
        let rows = try CSVReaderTests.rows("a,b\n\(wide)\n1,2\n")
        #expect(rows.map(\.content) == [.fields(["a", "b"]), .problem(.rowTooLong), .fields(["1", "2"])])
    }

    @Test(
        "says what to do",
        arguments: [
            .notUTF8(column: 1), .unterminatedQuote(column: 2), .textAfterQuote(column: 3), .fieldTooLong(column: 4),
            .rowTooLong,
        ] as [CSVProblem])
    func descriptions(problem: CSVProblem) {
        #expect(problem.description.contains(": "))
    }
}
