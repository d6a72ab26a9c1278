import Yams

/// Caps and silences as campaign files and rule packs write them.
package enum CapKeys {
    /// The limits of a list.
    package struct Limits {
        package var caps: [CallCap] = []
        package var silences: [Silence] = []
    }

    private static let longest: Duration = .seconds(3653 * 86_400)

    /// How a window is counted where it is no rolling one.
    private enum Days: String, CaseIterable { case calendar }

    /// Reads `{ attempts: 3, within: 24h }`, `{ conversations: 1, within: 7d, per: number }` and
    /// `{ silence_after: refusal, lasting: 60d }`; `ever` stands for no end, and so does a silence without `lasting`. Each may have
    /// `days: calendar`.
    package static func read(_ nodes: [Node], _ document: YAMLDocument, source: String) -> Limits {
        var limits = Limits()
        for node in nodes {
            guard let mapping = document.mapping(node, what: "a cap") else { continue }
            defer { mapping.finish() }
            if let trigger = mapping.choice("silence_after", as: Silence.Trigger.self) {
                let lasting = mapping.node("lasting") == nil ? (nil, ()) : window("lasting", mapping)
                let calendar = inCalendarDays(mapping, "lasting", lasting?.length)
                if let lasting {
                    limits.silences.append(
                        Silence(after: trigger, lasting: lasting.length, source: source, inCalendarDays: calendar))
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
            let within = window("within", mapping)
            let calendar = inCalendarDays(mapping, "within", within?.length)
            guard let within else { continue }
            limits.caps.append(
                CallCap(
                    limit: limit, within: within.length, counting: attempts != nil ? .attempts : .conversations,
                    subject: subject, source: source, inCalendarDays: calendar))
        }
        return limits
    }

    /// Whether a window counts whole calendar days; only one of whole days can.
    private static func inCalendarDays(_ mapping: YAMLMapping, _ key: String, _ length: Duration?) -> Bool {
        guard mapping.choice("days", as: Days.self) != nil else { return false }
        guard let length else { return false }
        guard length.components.attoseconds == 0, length.components.seconds % 86_400 == 0 else {
            mapping.report("“days: calendar” needs whole days in “\(key)”, such as 30d", at: "days")
            return false
        }
        return true
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
        return "{ \(cap.counting.rawValue): \(cap.limit), within: \(within), per: \(cap.subject.rawValue)"
            + (cap.inCalendarDays ? ", days: calendar }" : " }")
    }

    static func text(_ silence: Silence) -> String {
        "{ silence_after: \(silence.after.rawValue), lasting: \(silence.lasting.map(DurationText.write) ?? "ever")"
            + (silence.inCalendarDays ? ", days: calendar }" : " }")
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
                "“\(text)” is no holiday; write 2026-12-24, 12-25, easter+1, 09-mon-1, 11-thu-4+1 or 05-mon-before-25, "
                    + "“in even years” or “in odd years” for every other year, and “or monday” for a substitute",
                line: node.mark?.line)
            return nil
        }
    }
}
