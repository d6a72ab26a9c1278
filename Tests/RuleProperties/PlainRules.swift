import Campaigns

/// Rules as a person would write them on paper: what the generator draws and the independent checker reads.
///
/// Nothing here is shared with the code under test.
struct PlainWindow: Sendable {
    /// Open spans in minutes, by weekday from 0 (Monday).
    var days: [Int: [ClosedRange<Int>]]
    /// Closed days, `2026-12-25`.
    var closed: Set<String>
}

struct PlainCap: Sendable {
    var limit: Int
    /// Nil for ever.
    var seconds: Int64?
    var onlyConversations: Bool
    var onlyThisNumber: Bool
    /// Whether the time is one of whole calendar days of the place.
    var isCalendar = false
}

struct PlainSilence: Sendable {
    var afterRefusal: Bool
    var seconds: Int64
    /// Whether the time is one of whole calendar days of the place.
    var isCalendar = false
}

/// A place that people closed, for as long as a life lasts.
struct PlainClosure: Sendable {
    var place: String
    /// The last day, as days since 1970, on the place's own clock.
    var untilDay: Int64

    func covers(_ area: PlainArea) -> Bool {
        // Of a number whose state is not known it is not known either that it is elsewhere.
        place == area.region || place == area.state
            || (area.region == "US" && place.hasPrefix("US-") && (area.state == nil || area.state == "US"))
    }
}

struct PlainRetry: Sendable {
    var attempts: Int
    var after: Int64
    var upTo: Int64
    var growth: Double
    var longest: Int64
    var otherPart: Bool
    var otherWeekday: Bool
    var nextNumber: Bool
}

/// Where a number is.
struct PlainArea: Sendable {
    /// Every zone it could be in.
    var zones: [String]
    var region: String
    /// `US-FL`; the region where it may be in several states; nil where its state is not known.
    var state: String?
}

/// What a pack asks in one place: the whole of the United States, or one state.
struct PlainPart: Sendable {
    var place: String
    var window: PlainWindow?
    var caps: [PlainCap]
    var silences: [PlainSilence]
    var consent: Bool
    /// No call while it holds.
    var isClosed = false
    /// The first and the last day on which it holds, as days since 1970, on the place's own clock; nil for no end.
    var from: Int64?
    var until: Int64?
    /// It does not hold where the person's consent is on record.
    var exemptsConsent = false
    /// For how many days a purchase exempts; nil where it does not.
    var purchaseDays: Int64?
    /// It does not hold for charities.
    var exemptsCharity = false

    /// Whether it asks for anything at all.
    var asks: Bool { isClosed || window != nil || !caps.isEmpty || !silences.isEmpty || consent }

    func holds(onDay day: Int64) -> Bool { (from ?? .min) <= day && day <= (until ?? .max) }

    /// As a rule of the pack's file.
    fileprivate var lines: [String] {
        var lines = ["  - places: [\(place)]", "    source: \"a generated pack of the property tests\""]
        if !asks { lines += ["    nothing_stricter: true", "    date: 2026-01-01"] }
        if isClosed { lines.append("    closed: true") }
        if let from { lines.append("    from: \(SlowChecker.dayText(from))") }
        if let until { lines.append("    until: \(SlowChecker.dayText(until))") }
        var exemptions: [String] = exemptsConsent ? ["consent"] : []
        if let purchaseDays {
            exemptions.append("relationship")
            lines.append("    relationship: { purchase: \(purchaseDays)d }")
        }
        if exemptsCharity { exemptions.append("charity") }
        if !exemptions.isEmpty { lines.append("    unless: [\(exemptions.joined(separator: ", "))]") }
        if let window {
            let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
            let hours = window.days.sorted { $0.key < $1.key }.map { day, spans in
                let texts = spans.map { "\(clock($0.lowerBound))-\(clock($0.upperBound))" }
                return "\(names[day]): \"\(texts.joined(separator: ","))\""
            }
            lines.append("    hours: { \(hours.joined(separator: ", ")) }")
            if !window.closed.isEmpty {
                lines.append("    holidays: [\(window.closed.sorted().joined(separator: ", "))]")
            }
        }
        let limits =
            caps.map { cap in
                "{ \(cap.onlyConversations ? "conversations" : "attempts"): \(cap.limit), within: "
                    + (cap.seconds.map { "\($0)s" } ?? "ever") + ", per: \(cap.onlyThisNumber ? "number" : "contact")"
                    + (cap.isCalendar ? ", days: calendar }" : " }")
            }
            + silences.map {
                "{ silence_after: \($0.afterRefusal ? "refusal" : "conversation"), lasting: \($0.seconds)s"
                    + ($0.isCalendar ? ", days: calendar }" : " }")
            }
        if !limits.isEmpty { lines.append("    caps: [\(limits.joined(separator: ", "))]") }
        if consent { lines.append("    consent: required") }
        return lines
    }

    private func clock(_ minute: Int) -> String {
        let pad = { (value: Int) in (value < 10 ? "0" : "") + String(value) }
        return "\(pad(minute / 60)):\(pad(minute % 60))"
    }
}

struct PlainPack: Sendable {
    var name: String
    /// The whole country's part first.
    var parts: [PlainPart]

    /// The pack's file.
    var yaml: String {
        (["pack: \(name)", "version: \"2026-01-01\"", "region: US", "rules:"] + parts.flatMap(\.lines))
            .joined(separator: "\n") + "\n"
    }

    /// What holds in an area; nil where that cannot be told, and nobody may be called.
    func holding(in area: PlainArea) -> [PlainPart]? {
        guard area.region == "US" else { return nil }
        if area.state == nil, parts.contains(where: { $0.place != "US" }) { return nil }
        // Nobody looked at a state's law where other states have rows and it has none.
        if let state = area.state, state != "US", parts.contains(where: { $0.place != "US" }),
            !parts.contains(where: { $0.place == state })
        {
            return nil
        }
        return parts.filter { $0.place == "US" || $0.place == area.state || area.state == "US" }
    }
}

struct PlainCampaign: Sendable {
    var window: PlainWindow?
    /// Windows on the clock of one zone; nil for the contact's own.
    var fixedZone: String?
    var pack: PlainPack?
    var caps: [PlainCap]
    var silences: [PlainSilence]
    var retries: [Outcome: PlainRetry]
    var total: Int
    var consent: Bool
    var isCharity = false
    var ring: Int64
    /// How long an agent's callback is kept for its agent, in milliseconds.
    var grace: Int64
}

/// One call that was placed.
struct PlainCall: Sendable {
    /// Whose; -1 for a call that somebody dialled by hand.
    var campaign: Int
    var number: Int
    var at: Int64
    var endedAt: Int64
    var outcome: Outcome
    var said: DispositionClass?

    var isByHand: Bool { campaign < 0 }

    var isConversation: Bool {
        (outcome == .answered || outcome == .shortAnswer) && said != .machine
    }

    /// What `attempts: N` counts.
    var ending: String {
        if let said, said != .noneGiven { return "said \(said.rawValue)" }
        return outcome.rawValue
    }
}
