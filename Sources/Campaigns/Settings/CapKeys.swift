import Yams

/// Caps and silences as campaign files and rule packs write them.
package enum CapKeys {
    /// The limits of a list.
    package struct Limits {
        package var caps: [CallCap] = []
        package var silences: [Silence] = []
    }

    private static let longest: Duration = .seconds(3653 * 86_400)

    /// Reads `{ attempts: 3, within: 24h }`, `{ conversations: 1, within: 7d, per: number }` and
    /// `{ silence_after: refusal, lasting: 60d }`; `ever` stands for no end.
    package static func read(_ nodes: [Node], _ document: YAMLDocument, source: String) -> Limits {
        var limits = Limits()
        for node in nodes {
            guard let mapping = document.mapping(node, what: "a cap") else { continue }
            defer { mapping.finish() }
            if let trigger = mapping.choice("silence_after", as: Silence.Trigger.self) {
                if let lasting = window("lasting", mapping) {
                    limits.silences.append(Silence(after: trigger, lasting: lasting.length, source: source))
                }
                continue
            }
            let attempts = mapping.integer("attempts", in: 1...10_000)
            let conversations = mapping.integer("conversations", in: 1...10_000)
            let subject = mapping.choice("per", as: CallCap.Subject.self) ?? .contact
            guard let limit = attempts ?? conversations, attempts == nil || conversations == nil else {
                mapping.report("a cap needs one of “attempts”, “conversations” and “silence_after”", at: "attempts")
                continue
            }
            guard let within = window("within", mapping) else { continue }
            limits.caps.append(
                CallCap(
                    limit: limit, within: within.length, counting: attempts != nil ? .attempts : .conversations,
                    subject: subject, source: source))
        }
        return limits
    }

    private static func window(_ key: String, _ mapping: YAMLMapping) -> (length: Duration?, Void)? {
        guard let text = mapping.string(key) else {
            mapping.report("a cap needs the key “\(key)”: a duration such as 24h or 30d, or ever", at: key)
            return nil
        }
        if text == "ever" { return (nil, ()) }
        return mapping.duration(key, in: .seconds(60)...longest).map { ($0, ()) }
    }

    static func text(_ cap: CallCap) -> String {
        let within = cap.within.map(DurationText.write) ?? "ever"
        return "{ \(cap.counting.rawValue): \(cap.limit), within: \(within), per: \(cap.subject.rawValue) }"
    }

    static func text(_ silence: Silence) -> String {
        "{ silence_after: \(silence.after.rawValue), lasting: \(silence.lasting.map(DurationText.write) ?? "ever") }"
    }
}

/// Holidays as campaign files and rule packs write them.
package enum HolidayKeys {
    /// Reads days, each a text or `{ day: …, name: … }`.
    package static func read(_ nodes: [Node], _ document: YAMLDocument) -> [HolidayRule] {
        nodes.compactMap { node in
            var text = node.scalar?.string
            var name: String?
            if text == nil, let mapping = document.mapping(node, what: "a holiday") {
                text = mapping.required("day")
                name = mapping.string("name")
                mapping.finish()
            }
            guard let text else { return nil }
            if let rule = HolidayRule(text, name: name) { return rule }
            document.report(
                "“\(text)” is no holiday; write 2026-12-24, 12-25, easter+1 or 09-mon-1, and “or monday” for a substitute",
                line: node.mark?.line)
            return nil
        }
    }
}
