import Campaigns
import CivilTime
import Foundation
import TestSupport
import Testing

@testable import offhook

@Suite("Time zone data, as commands tell of them") struct ZoneDataTests {
    /// A folder with the law of 2025 in British Columbia and nothing else.
    private func altered(in program: Program) throws -> String {
        let folder = program.folder.appendingPathComponent("zoneinfo")
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("America"), withIntermediateDirectories: true)
        let pacific = Data(
            ZoneBytes.file(types: [ZoneBytes.LocalType(offset: -28_800, name: "PST")], footer: "PST8PDT,M3.2.0,M11.1.0")
        )
        for zone in ["Vancouver", "Los_Angeles", "Dawson_Creek", "Fort_Nelson", "Creston", "Edmonton"] {
            try pacific.write(to: folder.appendingPathComponent("America/\(zone)"))
        }
        try Data("# version 2025b\n".utf8).write(to: folder.appendingPathComponent("tzdata.zi"))
        return folder.path
    }

    @Test(
        "a Vancouver number at 05:00 UTC in December: 22:00 and closed by the system's data, 21:00 by the law of 2025")
    func vancouver() async throws {
        let program = try Program()
        let words = ["rules", "for", "+16045550143", "--at", "2026-12-01T05:00:00Z"]
        let now = try await program.run(words: words)
        #expect(now.output.contains("22:00"), "\(now.output)")
        let then = try await program.run(words: words, environment: ["TZDIR": try altered(in: program)])
        #expect(!then.output.contains("22:00") && then.output != now.output, "\(then.output)")
    }

    @Test("check and rules list say which data there are, and warn of old ones")
    func told() async throws {
        let program = try Program()
        let path = try altered(in: program)
        // As the package puts them, about which the package manager is asked.
        let list = try await program.run(words: ["rules", "list"], environment: ["TZDIR": ""])
        #expect(list.output.contains("Time zone data: 20") && list.output.contains("from /usr/share/zoneinfo."))
        let old = try await program.run(words: ["rules", "list"], environment: ["TZDIR": path])
        #expect(old.output.contains("Time zone data: 2025b of 2025-03-22, from \(path)."), "\(old.output)")
        #expect(old.errors.contains("days old") && old.errors.contains(path), "\(old.errors)")
        let none = try await program.run(words: ["rules", "list"], environment: ["TZDIR": "/nonexistent"])
        #expect(none.output.contains("There are no time zone data in /nonexistent"), "\(none.output)")
        try program.write("campaign: c\nregion: US\n", to: "c.yaml")
        try await program.run("campaign", "apply", "c.yaml")
        let check = try await program.run(words: ["check"], environment: ["TZDIR": path])
        #expect(check.output.contains("Time zone data: 2025b") && check.errors.contains("days old"), "\(check.errors)")
    }

    @Test("the package manager's word is told where it knows other data than those installed")
    func policy() throws {
        let folder = FileManager.default.temporaryDirectory
        let now = try #require(Instant(iso8601: "2026-12-01T12:00:00Z"))
        let policy = { (installed: String, candidate: String) in
            "tzdata:\n  Installed: \(installed)\n  Candidate: \(candidate)\n  Version table:\n"
        }
        let system = ZoneSource(ZoneDirectory(path: ZoneDirectory.standardPath))
        let warnings = { (text: String?) in ZoneDataText.warnings(system, policy: text, at: now) }
        let newer = warnings(policy("2025b-0+deb12u2", "2026f-0+deb12u1"))
        #expect(newer.last?.contains("2026f-0+deb12u1") == true && newer.last?.contains("2025b-0+deb12u2") == true)
        let others = [nil, "", policy("2026f-0+deb12u1", "2026f-0+deb12u1"), policy("2026f-0+deb12u1", "(none)")]
        for text in others {
            #expect(warnings(text).filter { $0.contains("package manager") }.isEmpty, "\(text ?? "")")
        }
        let elsewhere = ZoneSource(ZoneDirectory(path: folder.path))
        #expect(ZoneDataText.warnings(elsewhere, policy: policy("1", "2"), at: now).isEmpty)
    }
}
