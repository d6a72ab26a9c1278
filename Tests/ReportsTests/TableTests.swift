import Foundation
import ListImport
import Reports
import TestSupport
import Testing

@Suite("Tables for machines and for people") struct TableTests {
    /// What a list may hold, and what breaks a careless writer: line ends alone and together, quotes, signs of formulas.
    private static let pieces = [
        "a", "Zoë", "\n", "\r", "\r\n", "\"", "\"\"", ",", ";", "'", "=1+1", "+1", "-", "@", "\t", " ", "👩‍🚀",
        "\u{1B}[2J", "0",
    ]

    @Test("a table written as CSV and read by our own reader is the same table, whatever stands in it")
    func roundTrip() throws {
        var dice = SeededGenerator(seed: 7)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("table-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        for _ in 0..<1000 {
            let columns = Int.random(in: 2...5, using: &dice)
            let rows = (0..<Int.random(in: 1...4, using: &dice)).map { _ in
                (0..<columns).map { _ in
                    (0..<Int.random(in: 0...5, using: &dice)).map { _ in Self.pieces.randomElement(using: &dice) ?? "" }
                        .joined()
                }
            }
            let text = rows.map { Table.csvLine($0.map(Cell.text)) }.joined()
            try Data(text.utf8).write(to: file)
            var reader = try CSVReader(file: file, delimiter: .comma, encoding: .utf8)
            var read: [[String]] = []
            while let row = try reader.next() {
                guard case .fields(let fields) = row.content else {
                    Issue.record("\(row.content) in \(text.debugDescription)")
                    return
                }
                read.append(fields)
            }
            // A cell that a spreadsheet would run has an apostrophe in front, and so has one that looks as if it had one already.
            let expected = rows.map { row in
                row.map { cell in
                    cell.unicodeScalars.first { $0 != "'" }.map { "=+-@\t\r\n".unicodeScalars.contains($0) } == true
                        ? "'" + cell : cell
                }
            }
            #expect(read == expected, "\(text.debugDescription)")
            guard read == expected else { return }
        }
    }

    @Test("on a terminal a row is a line, and nothing that the terminal takes for a command comes through")
    func terminal() {
        let table = Table(columns: ["a_b"], rows: [[.text("x\r\ny\n\u{1B}[2Jz\u{7F}")], [.text("ünïcode 👩‍🚀")]])
        #expect(table.text == "a b\n--------------\nx ⏎ y ⏎ �[2Jz�\nünïcode 👩‍🚀")
    }
}
