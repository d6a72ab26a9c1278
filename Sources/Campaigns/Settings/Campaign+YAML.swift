import PhoneNumbers

extension Campaign {
    /// The campaign file with every default filled in, as `campaign show` prints it; it reads back as the same campaign.
    public var yaml: String {
        var lines = ["campaign: \(name)", "region: \(region)"]
        var dialKeys = ["ring_timeout: \(DurationText.write(dial.ringTimeout))"]
        if let format = dial.plan.format { dialKeys.append("format: \(format.rawValue)") }
        if let region = dial.plan.region { dialKeys.append("region: \(region)") }
        if let prefix = dial.plan.prefix { dialKeys.append("prefix: \(Self.quoted(prefix))") }
        if let plus = dial.plan.plus { dialKeys.append("plus: \(Self.quoted(plus))") }
        lines.append("dial: { \(dialKeys.joined(separator: ", ")) }")
        lines.append("calling_rules:")
        lines.append("  pack: \(callingRules.pack)")
        switch callingRules.timeZone {
        case .contact: lines.append("  time_zone: contact")
        case .fixed(let zone): lines.append("  time_zone: \(zone)")
        }
        if let windows = callingRules.windows {
            let entries = windows.entries.map { "\($0.days): \(Self.quoted($0.hours))" }
            lines.append("  windows: { \(entries.joined(separator: ", ")) }")
        }
        lines.append("pacing:")
        lines.append("  mode: \(pacing.mode.rawValue)")
        lines.append("  wrap_up: \(DurationText.write(pacing.wrapUp))")
        if let limit = pacing.callsPerMinute { lines.append("  calls_per_minute: \(limit)") }
        if let limit = pacing.maxConcurrent { lines.append("  max_concurrent: \(limit)") }
        lines.append("retry:")
        for outcome in RetrySettings.settableOutcomes {
            if let rule = retry.outcomes[outcome] { lines.append("  \(outcome.rawValue): \(Self.text(rule))") }
        }
        lines.append("  dispositions:")
        for dispositionClass in RetrySettings.settableClasses {
            if let rule = retry.rule(for: dispositionClass) {
                lines.append("    \(dispositionClass.rawValue): \(Self.text(rule))")
            }
        }
        lines.append("  total_attempts: \(retry.totalAttempts)")
        lines.append("retention: \(DurationText.write(retention))")
        lines.append(dispositions.isEmpty ? "dispositions: []" : "dispositions:")
        for disposition in dispositions {
            lines.append(
                "  - { code: \(Self.quoted(disposition.code)), label: \(Self.quoted(disposition.label)), "
                    + "class: \(disposition.dispositionClass.rawValue) }")
        }
        if let script { lines.append("script: \(Self.quoted(script))") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func text(_ rule: RetryRule) -> String {
        "{ attempts: \(rule.attempts), after: \(DurationText.write(rule.after)), other_day_part: \(rule.otherDayPart) }"
    }

    /// A double-quoted YAML scalar.
    private static func quoted(_ text: String) -> String {
        let escaped = text.flatMap { character -> String in
            switch character {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            case "\t": "\\t"
            default: String(character)
            }
        }
        return "\"\(String(escaped))\""
    }
}
