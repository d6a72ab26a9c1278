import Foundation
import Testing

@Suite("The program after make install") struct InstalledProgramTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let built = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("offhook")

    private struct Result {
        var status: Int32
        var text: String
    }

    /// Runs a program in a folder with nothing of ours in its environment; both outputs as one text.
    private static func run(_ program: URL, _ arguments: [String], in folder: URL) throws -> Result {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("OFFHOOK") }
        let file = folder.appendingPathComponent("output-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        let handle = try FileHandle(forWritingTo: file)
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        process.waitUntilExit()
        return Result(status: process.terminationStatus, text: try String(contentsOf: file, encoding: .utf8))
    }

    @Test("runs from another folder with its rules, number data, web pages and the demo's campaign")
    func elsewhere() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        let work = folder.appendingPathComponent("work")
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let prefix = folder.appendingPathComponent("prefix with a space")
        // Twice: an upgrade goes over what is there.
        for _ in 0..<2 {
            let installed = try Self.run(
                Self.root.appendingPathComponent("scripts/install"), [Self.built.path, prefix.path], in: work)
            try #require(installed.status == 0, "\(installed.text)")
        }
        let claims = try String(
            contentsOf: prefix.appendingPathComponent("lib/tmpfiles.d/offhook.conf"), encoding: .utf8)
        #expect(claims.contains("d /run/offhook 1777 root root -"))
        let program = prefix.appendingPathComponent("bin/offhook")
        let rules = try Self.run(program, ["rules", "list"], in: work)
        #expect(rules.status == 0 && rules.text.contains("us"), "\(rules.text)")
        let demo = prefix.appendingPathComponent("share/offhook/campaigns/demo")
        let applied = try Self.run(program, ["campaign", "apply", demo.path], in: work)
        #expect(applied.status == 0, "\(applied.text)")
        let number = try Self.run(program, ["number", "(212) 555-0302"], in: work)
        #expect(number.status == 0 && number.text.contains("New_York"), "\(number.text)")
        let share = prefix.appendingPathComponent("share/offhook")
        for file in ["web/templates/layout.mustache", "web/static/offhook.css", "number-data/regions.tsv"] {
            #expect(FileManager.default.fileExists(atPath: share.appendingPathComponent(file).path), "\(file)")
        }
    }
}
