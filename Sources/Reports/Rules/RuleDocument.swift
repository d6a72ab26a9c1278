import CallingRules
import Campaigns

/// The rules of packs as the table of docs/calling-rules.md, made from the packs so that neither can differ.
public enum RuleDocument {
    /// What stands before and after the table in the document.
    public static let begin = "<!-- Made by: offhook rules table. Change share/rules/*.yaml, then make it anew. -->"
    public static let end = "<!-- End of what offhook rules table made. -->"

    /// The packs in the order of their names, a row a rule, as Markdown with a line end.
    public static func markdown(of packs: [RulePack]) -> String {
        let rows = packs.sorted { $0.name < $1.name }.flatMap { pack in
            pack.rules.map { rule in
                [
                    pack.name, rule.places.joined(separator: ", "), RuleTable.sentence(rule), source(of: rule),
                    rule.sureness.rawValue, rule.date.text,
                ]
            }
        }
        let head = ["pack", "places", "rule", "source", "sure", "looked"]
        let lines = [head, head.map { _ in "---" }] + rows
        return lines.map { "| " + $0.map(cell).joined(separator: " | ") + " |\n" }.joined()
    }

    /// The document with its table made anew; nil where the marks of the table are not there.
    public static func replaced(in document: String, with packs: [RulePack]) -> String? {
        guard let start = document.firstRange(of: begin + "\n"),
            let stop = document[start.upperBound...].firstRange(of: end)
        else { return nil }
        return document[..<start.upperBound] + "\n" + markdown(of: packs) + "\n" + document[stop.lowerBound...]
    }

    private static func source(of rule: RulePack.Rule) -> String {
        let section = rule.section.map { section in rule.link.map { "[\(section)](\($0))" } ?? section }
        let quote = rule.quote.map { "“\($0)”" }
        return [rule.source, section, quote].compactMap { $0 }.joined(separator: "; ")
    }

    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
