import Yams

extension CampaignFile {
    static func readRetry(_ retry: YAMLMapping, into settings: inout RetrySettings) {
        for outcome in RetrySettings.settableOutcomes {
            settings.outcomes[outcome] = rule(outcome.rawValue, retry, base: settings.outcomes[outcome])
        }
        if let classes = retry.mapping("dispositions") {
            for dispositionClass in RetrySettings.settableClasses where classes.node(dispositionClass.rawValue) != nil {
                settings.classes[dispositionClass] = rule(
                    dispositionClass.rawValue, classes, base: settings.rule(for: dispositionClass))
            }
            classes.finish()
        }
        if let total = retry.integer("total_attempts", in: 1...100) { settings.totalAttempts = total }
        if let order = retry.choice("order", as: RetrySettings.Order.self) { settings.order = order }
        retry.finish()
    }

    /// `stop`, or a mapping whose missing keys come from the rule that held before.
    private static func rule(_ key: String, _ parent: YAMLMapping, base: RetryRule?) -> RetryRule? {
        guard let node = parent.node(key) else { return base }
        if node.scalar?.string == "stop" { return .stop }
        guard let mapping = parent.mapping(key) else { return base }
        let longest: Duration = .seconds(365 * 86_400)
        var rule = base ?? .stop
        if let attempts = mapping.integer("attempts", in: 1...100) { rule.attempts = attempts }
        if let after = mapping.duration("after", in: .zero...longest) {
            rule.after = after
            rule.upTo = nil
        }
        if let upTo = mapping.duration("up_to", in: .zero...longest) {
            if upTo < rule.after { mapping.report("“up_to” must not be less than “after”", at: "up_to") }
            rule.upTo = upTo
        }
        if let text = mapping.string("growth") {
            if let growth = Double(text), (1...10).contains(growth) {
                rule.growth = growth
            } else {
                mapping.report("“growth” must be a number from 1 to 10, not “\(text)”", at: "growth")
            }
        }
        if let most = mapping.duration("longest", in: .zero...longest) { rule.longest = most }
        if let other = mapping.bool("other_day_part") { rule.otherDayPart = other }
        if let other = mapping.bool("other_weekday") { rule.otherWeekday = other }
        if let next = mapping.bool("next_number") { rule.nextNumber = next }
        mapping.finish()
        return rule
    }

    static func text(_ rule: RetryRule) -> String {
        var keys = ["attempts: \(rule.attempts)", "after: \(DurationText.write(rule.after))"]
        if let upTo = rule.upTo { keys.append("up_to: \(DurationText.write(upTo))") }
        if rule.growth != 1 { keys.append("growth: \(rule.growth)") }
        if let longest = rule.longest { keys.append("longest: \(DurationText.write(longest))") }
        keys.append("other_day_part: \(rule.otherDayPart)")
        if rule.otherWeekday { keys.append("other_weekday: true") }
        if rule.nextNumber { keys.append("next_number: true") }
        return "{ \(keys.joined(separator: ", ")) }"
    }
}
