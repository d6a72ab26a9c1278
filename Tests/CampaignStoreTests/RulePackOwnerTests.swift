import CallingRules
import Campaigns
import Foundation
import Testing

@testable import CampaignStore

@Suite("The name of a company's pack belongs to one file") struct RulePackOwnerTests {
    let bench: RuleBench
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")

    init() throws {
        bench = try RuleBench()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func apply(_ name: String, hours: String) throws {
        let yaml = """
            pack: acme
            version: "2026-03-01"
            region: US
            rules:
              - { places: [US], source: "Acme's handbook", hours: { all: "\(hours)" } }
            """
        let file = folder.appendingPathComponent(name).path
        try yaml.write(toFile: file, atomically: true, encoding: .utf8)
        try bench.store.applyRulePack(
            RulePackFile.read(yaml, file: file), yaml: yaml, file: file, at: bench.now)
    }

    private func hours() throws -> String? {
        try bench.store.rulePacks()["acme"]?.rules.first?.windows?.entries.first?.hours
    }

    @Test("a second file with other rules is refused, both are named, and the first one's rules go on holding")
    func refused() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try apply("a.yaml", hours: "10:00-11:00")
        #expect {
            try apply("b.yaml", hours: "00:00-24:00")
        } throws: { error in
            let text = "\(error)"
            return text.contains("a.yaml") && text.contains("b.yaml") && text.contains("another name")
                && text.contains("campaigns/rules/")
        }
        #expect(try hours() == "10:00-11:00")
    }

    @Test(
        "the same file may change, a copy with the same content may stand elsewhere, and a file that moved takes its name along"
    )
    func allowed() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try apply("a.yaml", hours: "10:00-11:00")
        try apply("a.yaml", hours: "10:00-12:00")
        #expect(try hours() == "10:00-12:00")
        try FileManager.default.copyItem(
            at: folder.appendingPathComponent("a.yaml"), to: folder.appendingPathComponent("b.yaml"))
        try apply("b.yaml", hours: "10:00-12:00")
        try FileManager.default.removeItem(at: folder.appendingPathComponent("b.yaml"))
        try apply("moved.yaml", hours: "10:00-13:00")
        #expect(try hours() == "10:00-13:00")
    }
}
