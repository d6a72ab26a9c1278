import CallingRules
import Campaigns
import Foundation
import Reports
import Testing

@Suite("The table of rules in the documentation") struct RuleDocumentTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private func packs() throws -> [RulePack] {
        let folder = Self.root.appendingPathComponent("share/rules")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }.map {
            try RulePackFile.read(
                String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8), file: $0)
        }
    }

    @Test("docs/calling-rules.md has the rules of the packs as they are; else make it anew with: make rule-table")
    func isCurrent() throws {
        let document = try String(
            contentsOf: Self.root.appendingPathComponent("docs/calling-rules.md"), encoding: .utf8)
        let made = try #require(
            RuleDocument.replaced(in: document, with: packs()), "the marks of the table are missing")
        #expect(made == document, "share/rules and docs/calling-rules.md differ: make rule-table")
    }

    @Test("a row says all that a rule asks, and links to its section")
    func row() throws {
        let pack = try RulePackFile.read(
            """
            pack: own
            version: "2026-12-01"
            region: US
            rules:
              - places: [US-UT]
                from: 2027-01-01
                unless: [consent, relationship]
                relationship: { purchase: 548d }
                hours: { mon-sat: "08:00-21:00" }
                section: "Utah Code 13-25a-103(3)"
                link: "https://le.utah.gov/xcode/Title13/Chapter25A/13-25a-S103.html"
                quote: "without prior express consent"
                source: "Utah: a | b"
                sure: high
                date: 2026-12-01
            """, file: "own.yaml")
        let row = RuleDocument.markdown(of: [pack]).split(separator: "\n").last.map(String.init)
        #expect(
            row
                == "| own | US-UT | from 2027-01-01; hours mon-sat 08:00-21:00; unless consent, relationship (purchase in 548 d) | "
                + "Utah: a \\| b; [Utah Code 13-25a-103(3)](https://le.utah.gov/xcode/Title13/Chapter25A/13-25a-S103.html); "
                + "“without prior express consent” | high | 2026-12-01 |")
    }

    @Test("a document without the marks is left alone")
    func unmarked() { #expect(RuleDocument.replaced(in: "# Calling rules\n", with: []) == nil) }
}
