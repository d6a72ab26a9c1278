import Yams

/// What is kept for a time, and goes when the time is over.
public enum RetentionKind: String, Sendable, Hashable, CaseIterable, Codable {
    /// Call records: number, times, outcome, disposition, the rules that allowed them.
    case calls
    /// What agents wrote of calls.
    case notes
    /// Rows of lists that were no contact, with their text.
    case quarantinedRows = "quarantined_rows"
    /// What webhooks were told, and what they answered.
    case deliveries
    /// Incoming calls and calls dialed by hand, as phones showed them.
    case observedCalls = "observed_calls"
    /// The texts of the journal's events, and who acted; the events themselves stay.
    case journalDetails = "journal_details"
    /// Who did what through pages and the API.
    case audit
    /// Lists that were sent to the server and not imported.
    case uploads
    /// Log-ins that are over.
    case sessions
    /// Links to set a password that are over.
    case links = "one_time_links"
    /// What agents asked of the engine.
    case agentRequests = "agent_requests"
    /// What an interrupted import left aside.
    case importUpdates = "import_updates"

    /// Whether a campaign's file may set it for the campaign alone.
    public var isOfCampaigns: Bool { [.calls, .notes, .quarantinedRows, .deliveries].contains(self) }

    /// How long it is kept where nobody says otherwise; docs/privacy.md says why.
    public var standard: Duration {
        switch self {
        case .calls, .observedCalls, .audit: Self.days(1826)
        case .journalDetails: Self.days(730)
        case .notes: Self.days(365)
        case .quarantinedRows: Self.days(90)
        case .deliveries: Self.days(30)
        case .sessions, .links, .agentRequests, .importUpdates: Self.days(1)
        case .uploads: .seconds(6 * 3600)
        }
    }

    /// The shortest and the longest period that can be set.
    public var range: ClosedRange<Duration> {
        let shortest: Duration =
            switch self {
            case .calls, .observedCalls: Self.days(1)
            // A delivery that waits is tried for up to a day, and somebody must be able to look at what failed.
            case .deliveries, .journalDetails, .audit: Self.days(7)
            default: .seconds(3600)
            }
        return shortest...Self.longest
    }

    /// Thirty years.
    static let longest = days(30 * 366)

    static func days(_ count: Int64) -> Duration { .seconds(count * 86_400) }

    /// What it is, for people.
    public var label: String {
        switch self {
        case .calls: "call records"
        case .notes: "notes of calls"
        case .quarantinedRows: "quarantined rows"
        case .deliveries: "webhook deliveries"
        case .observedCalls: "observed calls"
        case .journalDetails: "texts of journal events"
        case .audit: "audit log"
        case .uploads: "uploads"
        case .sessions: "sessions"
        case .links: "one-time links"
        case .agentRequests: "requests of agents"
        case .importUpdates: "left-overs of imports"
        }
    }
}

/// How long each kind is kept, where somebody set it: for all campaigns, or for one.
public struct RetentionPeriods: Sendable, Hashable {
    /// What was set; what is missing is as the server's settings have it, else ``RetentionKind/standard``.
    public var chosen: [RetentionKind: Duration]

    /// Periods; by default none is set.
    public init(_ chosen: [RetentionKind: Duration] = [:]) {
        self.chosen = chosen
    }

    /// What was set for a kind, else its standard.
    public subscript(kind: RetentionKind) -> Duration { chosen[kind] ?? kind.standard }

    /// These periods where they are set, else those of a wider scope.
    public func over(_ wider: RetentionPeriods) -> RetentionPeriods {
        RetentionPeriods(wider.chosen.merging(chosen) { _, narrow in narrow })
    }

    /// Why a period cannot be set for a kind, as a sentence; nil where it can.
    public static func problem(_ kind: RetentionKind, _ period: Duration) -> String? {
        guard !kind.range.contains(period) else { return nil }
        return "\(kind.rawValue) can be kept \(DurationText.write(kind.range.lowerBound)) to "
            + "\(DurationText.write(kind.range.upperBound)), not \(DurationText.write(period))"
    }
}

/// `retention` of a campaign's file: one duration for its call records, or a period for each kind.
extension CampaignFile {
    static func readRetention(_ root: YAMLMapping, into periods: inout RetentionPeriods) {
        guard let node = root.node("retention") else { return }
        if node.scalar != nil {
            // As it was read before there were kinds: zero is allowed, and nothing younger than a cap's memory goes anyway.
            periods.chosen[.calls] = root.duration("retention", in: .zero...RetentionKind.longest)
            return
        }
        guard let mapping = root.mapping("retention") else { return }
        for kind in RetentionKind.allCases where kind.isOfCampaigns {
            periods.chosen[kind] = mapping.duration(kind.rawValue, in: kind.range)
        }
        for kind in RetentionKind.allCases where !kind.isOfCampaigns && mapping.node(kind.rawValue) != nil {
            mapping.report(
                "“\(kind.rawValue)” is kept alike for all campaigns; set it with: offhook retention set \(kind.rawValue) "
                    + DurationText.write(kind.standard), at: kind.rawValue)
        }
        mapping.finish()
    }
}

extension Campaign {
    /// `retention` as the file has it; empty where the server's settings hold.
    var retentionLine: String {
        let keys = RetentionKind.allCases.compactMap { kind in
            retention.chosen[kind].map { "\(kind.rawValue): \(DurationText.write($0))" }
        }
        guard !keys.isEmpty else { return "retention: {}  # as offhook retention list has it" }
        if let calls = retention.chosen[.calls], keys.count == 1 { return "retention: \(DurationText.write(calls))" }
        return "retention: { \(keys.joined(separator: ", ")) }"
    }
}
