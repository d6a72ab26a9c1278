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
                    .text(pack), .text(rule.places.joined(separator: ", ")), .text(sentence(rule)),
                    .text(rule.source + (rule.section.map { " (\($0))" } ?? "")),
                    .text(rule.sureness.rawValue), .text(rule.date.text),
                ]
            })
    }

    /// All that a rule asks, in words.
    public static func sentence(_ rule: RulePack.Rule) -> String {
        var parts: [String] = []
        if let from = rule.from { parts.append("from \(from.text)") }
        if let until = rule.until { parts.append("until \(until.text)") }
        if !rule.purposes.isEmpty {
            parts.append("for \(rule.purposes.sorted().map(\.rawValue).joined(separator: ", ")) only")
        }
        if rule.isAboutAutomation { parts.append("where numbers are selected or dialed automatically") }
        if !rule.lines.isEmpty {
            parts.append("\(rule.lines.map(\.rawValue).sorted().joined(separator: ", ")) numbers")
        }
        if rule.isNothingStricter { parts.append("nothing stricter than the wider rule") }
        if rule.isClosed { parts.append("no calls") }
        if let windows = rule.windows {
            parts.append("hours " + windows.entries.map { "\($0.days) \($0.hours)" }.joined(separator: ", "))
        }
        if !rule.holidays.isEmpty { parts.append("\(rule.holidays.rules.count) holidays closed") }
        parts += rule.caps.map { "at most \($0.sentence)" }
        parts += rule.silences.map(\.sentence)
        if rule.requiresConsent { parts.append("consent required") }
        if let age = rule.consentAge { parts.append("a consent counts for \(age) d") }
        if rule.closesInEmergency { parts.append("no calls in a declared emergency") }
        if let registry = rule.registry { parts.append("registry “\(registry)”") }
        if let age = rule.registryAge { parts.append("registry copy at most \(DurationText.spoken(age)) old") }
        if !rule.exemptions.isEmpty { parts.append("unless \(exemptions(of: rule))") }
        return parts.joined(separator: "; ")
    }

    private static func exemptions(of rule: RulePack.Rule) -> String {
        rule.exemptions.map { exemption -> String in
            guard exemption == .relationship else { return exemption.rawValue }
            let periods = [
                rule.relationship.purchase.map { "purchase in \($0) d" },
                rule.relationship.inquiry.map { "inquiry in \($0) d" },
            ].compactMap { $0 }
            return "relationship (\(periods.joined(separator: ", ")))"
        }.sorted().joined(separator: ", ")
    }
}
