import Foundation
import Testing

/// Lists of five countries and languages, made from a table of the truth by a program of its own (`Tests/Lists/mixed.py`).
@Suite struct MixedListTests {
    @Test(
        "10,000 mixed rows become the contacts, numbers, zones, wishes and quarantined rows of the table, as one list and as five"
    )
    func agree() async throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Lists/mixed.py").path
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let said = folder.appendingPathComponent("said")
        _ = FileManager.default.createFile(atPath: said.path, contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script, Program.executable.path, "10000"]
        process.standardOutput = try FileHandle(forWritingTo: said)
        process.standardError = process.standardOutput
        try process.run()
        process.waitUntilExit()
        let text = try String(contentsOf: said, encoding: .utf8)
        #expect(process.terminationStatus == 0, "\(text)")
        #expect(text.split(separator: "\n").filter { $0.hasSuffix("all agree") }.count == 2, "\(text)")
    }
}
