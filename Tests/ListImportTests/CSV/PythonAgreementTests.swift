import Foundation
import Testing

@testable import ListImport

private enum Python {
    static let path = ["/usr/bin/python3", "/usr/local/bin/python3"].first(
        where: FileManager.default.isExecutableFile(atPath:))
}

/// Python's csv module is a reading of RFC 4180 that half the world's lists have been through.
@Suite("Where python3 is at hand, reading delimited text", .enabled(if: Python.path != nil))
struct PythonAgreementTests {
    @Test(
        "agrees with Python on what Python writes, in every encoding and with every delimiter",
        arguments: [
            ("utf-8", ","), ("utf-8-sig", ";"), ("utf-16-le", "\t"), ("utf-16", "|"), ("cp1252", ";"), ("utf-8", "|"),
        ]
    )
    func agrees(encoding: String, delimiter: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "csv-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = """
            import csv, json, random, sys
            seed, encoding, delimiter = int(sys.argv[2]), sys.argv[3], sys.argv[4]
            random.seed(seed)
            pieces = ['a', 'Zoë', '€' if encoding == 'cp1252' else '日', ',', ';', '"', '""', '\\n', '\\r\\n', ' ', '4155550123', '|', '\\t', "'"]
            def field(): return ''.join(random.choice(pieces) for _ in range(random.randint(0, 6)))
            rows = [['h1', 'h2', 'h3', 'h4']] + [[field() for _ in range(4)] for _ in range(3000)]
            for name, end in [('lf', '\\n'), ('crlf', '\\r\\n'), ('cr', '\\r')]:
                with open(f'{sys.argv[1]}/{name}.csv', 'w', encoding=encoding, newline='') as file:
                    # Python leaves an LF unquoted where rows end in CR, which no one could read back.
                    quoting = csv.QUOTE_ALL if end == '\\r' else csv.QUOTE_MINIMAL
                    csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
            json.dump(rows, open(f'{sys.argv[1]}/rows.json', 'w'))
            """
        let process = Process()
        process.executableURL = URL(filePath: try #require(Python.path))
        // Another table on every run; a failure names its seed.
        let seed = Int.random(in: 1...1_000_000)
        process.arguments = ["-c", script, folder.path(percentEncoded: false), String(seed), encoding, delimiter]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let json = try Data(contentsOf: folder.appending(path: "rows.json"))
        let expected = try JSONDecoder().decode([[String]].self, from: json)
        for name in ["lf", "crlf", "cr"] {
            var reader = try CSVReader(file: folder.appending(path: "\(name).csv"))
            var rows: [[String]] = []
            while let row = try reader.next() {
                guard case .fields(let fields) = row.content else {
                    Issue.record("\(name), seed \(seed), line \(row.line): \(row.content)")
                    continue
                }
                rows.append(fields)
            }
            #expect(rows.count == expected.count, "\(name), seed \(seed)")
            let difference = zip(rows, expected).first { $0 != $1 }
            #expect(difference == nil, "\(name), seed \(seed)")
        }
    }
}
