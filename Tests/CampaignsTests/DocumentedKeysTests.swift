import Campaigns
import Foundation
import Testing

@Suite("The documentation of campaign files") struct DocumentedKeysTests {
    private static let docs = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("docs")

    private func text(_ name: String) throws -> String {
        try String(contentsOf: Self.docs.appendingPathComponent(name), encoding: .utf8)
    }

    @Test("every key that “campaign show” can print stands in calling-rules.md, or in outcomes-and-retries.md")
    func keys() throws {
        let more = """
            dial: { format: national, region: US, prefix: "9", plus: "00" }
            numbers: valid
            suppression: { registries: [federal], max_age: 31d }
            mapping: { Telephone: phone }
            script: script.md

            """
        var campaign = try CampaignFile.read(RuleSettingsTests.full + "\n" + more, file: "c.yaml")
        var shown = campaign.yaml
        campaign.suppression.noneBecause = "customers"
        shown += campaign.yaml
        let known = try text("calling-rules.md") + text("outcomes-and-retries.md")
        let words = Set(known.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
        let keys = shown.split { " {\n".contains($0) }.filter { $0.hasSuffix(":") }.map { String($0.dropLast()) }
            .filter { $0.allSatisfy { $0.isLowercase || $0 == "_" } }
        #expect(Set(keys).count > 60)
        for key in Set(keys) { #expect(words.contains(key), "\(key) is in no document") }
        for key in ["up_to", "grace", "registries", "none_because", "per", "silence_after", "lasting"] {
            #expect(words.contains(key))
        }
    }

    @Test("the example for a first campaign is read without a mistake")
    func example() throws {
        let lines = try text("calling-rules.md").split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0 == "    campaign: spring" })
        let block = lines[start...].prefix { $0.hasPrefix("    ") }.map { $0.dropFirst(4) }.joined(separator: "\n")
        let campaign = try CampaignFile.read(block, file: "calling-rules.md")
        #expect(campaign.suppression.registries.count == 2)
        #expect(campaign.caps.count == 4)
    }
}
