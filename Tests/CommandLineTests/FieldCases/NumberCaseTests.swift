import Foundation
import TestSupport
import Testing

/// Lists from the field whose numbers are easily misread, through the program.
@Suite("Number cases from the field, through the program") struct NumberCaseTests {
    @Test("every row is the contact that was meant, or is kept aside", arguments: FieldList.all)
    func understood(_ list: FieldList) async throws {
        let program = try Program()
        try program.write(
            "campaign: c\nregion: \(list.region)\nsuppression: { none_because: \"a test\" }\ncalling_rules: { pack: none }\n",
            to: "c.yaml")
        try await program.run("campaign", "apply", "c.yaml")
        let imported = try await program.run(
            "import", list.url.path(percentEncoded: false), "--campaign", "c", "--format", "json")
        let counts = try #require(
            try JSONSerialization.jsonObject(with: Data(imported.output.utf8)) as? [String: Int], "\(imported.errors)")
        #expect(counts["quarantined"] == list.keptAside, "\(counts)")
        let table = CSVText.rows(try await program.run("export", "--campaign", "c").output)
        let header = try #require(table.first)
        let phones = header.indices.filter { header[$0].wholeMatch(of: /phone\d*/) != nil }
        let contacts = table.dropFirst().map { row in phones.map { row[$0] }.filter { !$0.isEmpty } }
        #expect(contacts.sorted { $0[0] < $1[0] } == list.added.sorted { $0[0] < $1[0] })
        #expect(counts["imported"] == list.added.count, "\(counts)")
    }
}
