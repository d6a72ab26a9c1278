import CallingRules
import Campaigns

/// Rules of packs as a table.
public enum RuleTable {
    /// A row a rule: where it holds, what it asks, and where it is from.
    public static func table(of rules: [(pack: String, rule: RulePack.Rule)]) -> Table {
        Table(
            columns: ["pack", "places", "rule", "source", "sure", "date"],
            rows: rules.map { pack, rule in
                [
                    .text(pack), .text(rule.places.joined(separator: ", ")), .text(sentence(rule)), .text(rule.source),
                    .text(rule.sureness.rawValue), .text(rule.date.text),
                ]
            })
    }

    /// All that a rule asks, in words.
    public static func sentence(_ rule: RulePack.Rule) -> String {
        var parts: [String] = []
        if let purpose = rule.purpose { parts.append("for \(purpose) only") }
        if let windows = rule.windows {
            parts.append("hours " + windows.entries.map { "\($0.days) \($0.hours)" }.joined(separator: ", "))
        }
        if !rule.holidays.isEmpty { parts.append("\(rule.holidays.rules.count) holidays closed") }
        parts += rule.caps.map { "at most \($0.sentence)" }
        parts += rule.silences.map(\.sentence)
        if rule.requiresConsent { parts.append("consent required") }
        if let age = rule.registryAge { parts.append("registry copy at most \(DurationText.spoken(age)) old") }
        return parts.joined(separator: "; ")
    }
}
