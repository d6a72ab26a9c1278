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
        dialKeys.append("extensions: \(dial.dialsExtensions)")
        lines.append("dial: { \(dialKeys.joined(separator: ", ")) }")
        lines += ruleLines + pacingLines + retryLines
        lines.append(retentionLine)
        lines.append(dispositions.isEmpty ? "dispositions: []" : "dispositions:")
        for disposition in dispositions {
            lines.append(
                "  - { code: \(Self.quoted(disposition.code)), label: \(Self.quoted(disposition.label)), "
                    + "class: \(disposition.dispositionClass.rawValue) }")
        }
        if let numbers { lines.append("numbers: \(numbers.rawValue)") }
        lines += suppressionLines
        if !mapping.isEmpty {
            lines.append("mapping:")
            for (column, field) in mapping.sorted(by: { $0.key < $1.key }) {
                lines.append("  \(Self.quoted(column)): \(Self.quoted(field))")
            }
        }
        if let script { lines.append("script: \(Self.quoted(script))") }
        return lines.joined(separator: "\n") + "\n"
    }

    private var suppressionLines: [String] {
        if let reason = suppression.noneBecause { return ["suppression: { none_because: \(Self.quoted(reason)) }"] }
        guard !suppression.registries.isEmpty else { return [] }
        let names = suppression.registries.map(Self.quoted).joined(separator: ", ")
        guard let age = suppression.maxAge else {
            return ["suppression: { registries: [\(names)] }  # max_age: as the rule packs say"]
        }
        return ["suppression: { registries: [\(names)], max_age: \(DurationText.write(age)) }"]
    }

    /// A double-quoted YAML scalar.
    static func quoted(_ text: String) -> String {
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
