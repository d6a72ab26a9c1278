import Foundation
import Reports
import Testing

@Suite("The documentation of reports") struct ReportDocumentationTests {
    private func documentation() throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appendingPathComponent("docs/reports.md"), encoding: .utf8)
    }

    @Test(
        "docs/reports.md defines each column as the program does; what it must hold is printed by: offhook report --columns"
    )
    func definitions() throws {
        let text = try documentation()
        let start = try #require(text.range(of: "\n### ")).lowerBound
        let section = text[start...].trimmingCharacters(in: .newlines)
        let expected = ReportName.definitionsInMarkdown.split(separator: "\n")
        for (line, told) in zip(section.split(separator: "\n"), expected) { #expect(line == told) }
        #expect(section == ReportName.definitionsInMarkdown)
    }

    @Test("each report is named in it, with a command", arguments: ReportName.allCases)
    func named(name: ReportName) throws {
        #expect(try documentation().contains("    offhook report \(name.rawValue)"))
        #expect(!name.purpose.isEmpty)
    }

    @Test("what is compared is defined by what it compares", arguments: ReportName.allCases)
    func compared(name: ReportName) {
        #expect(name.definition(of: "calls_before")?.text.contains("calls") == true)
        #expect(name.definition(of: "nothing_before") == nil)
        #expect(Set(name.ownDefinitions.map(\.column)).count == name.ownDefinitions.count)
    }
}
