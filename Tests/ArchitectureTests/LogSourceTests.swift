import Foundation
import Testing

/// What the sources themselves show of logs and of long reads.
@Suite("Logs and reads in the sources") struct LogSourceTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func files(_ folder: String) throws -> [(name: String, text: String)] {
        let folder = Self.root.appendingPathComponent(folder)
        let all = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        return try all.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.map {
            ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8))
        }
    }

    /// The calls of loggers in a text: from the level to the bracket that closes it.
    private func logCalls(in text: String) -> [Substring] {
        let levels = ["trace", "debug", "info", "notice", "warning", "error", "critical"]
        return levels.flatMap { level in
            text.ranges(of: "ogger.\(level)(").map { $0 } + text.ranges(of: ").\(level)(").map { $0 }
        }.map { start in
            var depth = 1
            var end = start.upperBound
            while end < text.endIndex, depth > 0 {
                if text[end] == "(" { depth += 1 }
                if text[end] == ")" { depth -= 1 }
                end = text.index(after: end)
            }
            return text[start.lowerBound..<end]
        }
    }

    @Test("no log line is made of an error's own text, a number, a name, a phone's word, an address or a secret")
    func personal() throws {
        let never = [
            "\\(error)", "number", "remoteAddress", "displayName", "\\(word)", "passcode)", "password", "token",
            "cookie",
            "note)", "fields", "externalID", "dialled", "digits", "\\(result)", ".headers", "uri",
        ]
        var calls = 0
        for file in try files("Sources") {
            for call in logCalls(in: file.text) {
                calls += 1
                for word in never where call.contains("\\(") {
                    let interpolated = call.components(separatedBy: "\\(").dropFirst().map {
                        "\\(" + ($0.components(separatedBy: ")").first ?? "") + ")"
                    }
                    #expect(!interpolated.contains { $0.contains(word) }, "\(file.name): \(call)")
                }
            }
        }
        #expect(calls > 25, "the calls were not found")
    }

    @Test("rows are handed to a consumer inside a read only where it counts in memory, never where it may wait")
    func reads() throws {
        // The inventory and the contacts of a report are one instant, and are counted by Reports and Supervision.
        let counting: Set = [
            "CampaignStore+Inventory.swift", "InventoryReader.swift", "CampaignStore+DistinctContacts.swift",
        ]
        for file in try files("Sources/CampaignStore") where !counting.contains(file.name) {
            for start in file.text.ranges(of: "read { ") {
                var depth = 1
                var end = start.upperBound
                while end < file.text.endIndex, depth > 0 {
                    if file.text[end] == "{" { depth += 1 }
                    if file.text[end] == "}" { depth -= 1 }
                    end = file.text.index(after: end)
                }
                #expect(!file.text[start.lowerBound..<end].contains("body("), "\(file.name) holds a read open")
            }
        }
        for folder in ["Sources/Reports", "Sources/Supervision/Standing", "Sources/Supervision/Reporting"] {
            for file in try files(folder) {
                for waiting in ["FileHandle", "print(", "await "] {
                    #expect(!file.text.contains(waiting), "\(file.name) may wait while it counts: \(waiting)")
                }
            }
        }
    }
}
