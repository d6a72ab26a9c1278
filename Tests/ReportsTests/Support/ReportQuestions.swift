import CallingRules
import CampaignStore
import Campaigns
import Reports
import Testing

/// Questions and tallies for tests, from their parts.
enum ReportBench {
    static func question(
        _ report: ReportName, from: String = "2026-11-01T04:00:00Z", to: String = "2026-11-08T05:00:00Z",
        zone: String = "America/New_York", by grouping: ReportGrouping = .campaign,
        campaigns: Set<CampaignID>? = nil, place: String? = nil, isCompared: Bool = false
    ) throws -> ReportQuestion {
        let to = try #require(Instant(iso8601: to))
        return ReportQuestion(
            report, scope: ReportScope(from: try #require(Instant(iso8601: from)), to: to, campaigns: campaigns),
            clock: try #require(ZoneClock(zone)), grouping: grouping, place: place, isCompared: isCompared, now: to)
    }

    static func everything(_ report: ReportName, campaigns: Set<CampaignID>? = nil) throws -> ReportQuestion {
        let all = ReportPeriod.everything
        return ReportQuestion(
            report, scope: ReportScope(from: all.from, to: all.to, campaigns: campaigns),
            clock: try #require(ZoneClock("America/New_York")), now: all.from)
    }

    /// Attempts by outcome, each of 8 s of ringing and a minute of talk where it was connected.
    static func tally(
        _ calls: [Outcome: Int], said: [DispositionClass: Int] = [:], persons: Int? = nil
    ) -> CallTally {
        var tally = CallTally()
        tally.calls = calls
        for (outcome, count) in calls {
            tally.ringMilliseconds[outcome] = Int64(count) * 8000
            if outcome.isConversation { tally.talkMilliseconds[outcome] = Int64(count) * 60_000 }
        }
        tally.said = said
        tally.persons = persons ?? tally.connected
        return tally
    }
}

extension Table {
    /// The cells of a column, by its name.
    func cells(_ column: String) throws -> [Cell] {
        let index = try #require(columns.firstIndex(of: column), "\(columns)")
        return rows.map { $0[index] }
    }

    /// What a column of numbers adds up to.
    func sum(_ column: String) throws -> Double { try cells(column).reduce(0) { $0 + $1.number } }

    func total(_ column: String) throws -> Cell {
        try #require(totals)[try #require(columns.firstIndex(of: column))]
    }

    /// Whether the columns add up to the totals, to a millionth.
    func addsUp(_ columns: String...) throws -> Bool {
        try columns.allSatisfy { abs(try sum($0) - total($0).number) < 1e-6 }
    }

    /// The row of which the first cells read so.
    func row(_ start: String...) -> [Cell]? {
        rows.first { row in zip(start, row).allSatisfy { $1 == .text($0) } }
    }
}

extension Cell {
    /// Its number; 0 for what is none.
    var number: Double {
        switch self {
        case .integer(let number): Double(number)
        case .decimal(let number), .share(let number): number
        case .text, .none: 0
        }
    }
}
