import Campaigns
import Eligibility
import Foundation
import GRDB

/// One pass over all that has a time to be kept, slice by slice: whoever drives it decides when the next one runs, so that
/// nobody who dials waits.
///
/// A slice looks at some 200 rows and is one short transaction. Sums of reports stay. No call goes that a rule may still look at:
/// none of a contact that is not finished, none younger than the longest window of any cap or silence.
public struct RetentionSweep: Sendable {
    /// Rows that a slice looks at.
    static let slice = 200

    /// How far a step has come: the last row it looked at.
    struct Position: Sendable, Hashable {
        var first: Int64 = .min
        var second: Int64 = .min
    }

    /// One kind, of one campaign where it has campaigns.
    private struct Step: Sendable {
        var kind: RetentionKind
        var campaign: Int64?
        /// What is older than this goes.
        var cutoff: Int64
    }

    /// When it began.
    public let startedAt: Instant
    /// Whether rows are only counted.
    public let isDryRun: Bool
    /// How many of each kind went, or would go.
    public private(set) var removed: [RetentionKind: Int] = [:]
    /// Why no call records go, as a sentence.
    public let keepsCalls: String?
    private var steps: [Step]
    private var position = Position()

    /// A sweep of a database.
    ///
    /// - Parameters:
    ///   - memory: how far back the rules of all campaigns look; nil where that is not known, and then no call goes.
    ///   - isDryRun: whether rows are only counted.
    public init(of store: CampaignStore, memory: CallMemory?, isDryRun: Bool = false, at now: Instant) throws {
        startedAt = now
        self.isDryRun = isDryRun
        keepsCalls =
            memory == nil ? "the rules of a campaign cannot be read, so no call is removed" : memory?.keepsAll
        let wide = try store.retentionPeriods()
        let campaigns = try store.campaigns().map { ($0.id.value, $0.campaign.retention.over(wide)) }
        steps = []
        for kind in RetentionKind.allCases where kind != .uploads {
            var scopes: [(Int64?, RetentionPeriods)] = [(nil, wide)]
            if kind.isOfCampaigns { scopes = campaigns.map { ($0.0, $0.1) } + scopes }
            for (campaign, periods) in scopes {
                var period = periods[kind]
                if kind == .calls || kind == .observedCalls {
                    guard keepsCalls == nil, let memory else { continue }
                    period = max(period, memory.longest)
                }
                steps.append(Step(kind: kind, campaign: campaign, cutoff: (now - period).milliseconds))
            }
        }
    }

    /// Runs the next slice.
    ///
    /// - Returns: whether there is more to do; once it is false, the report is stored.
    /// - Throws: `StoreError.unavailable`; the slice can be run again.
    public mutating func runSlice(on store: CampaignStore, at now: Instant) throws -> Bool {
        guard let step = steps.first else { return false }
        let piece = try store.read { try Self.piece(of: step.kind, step.campaign, step.cutoff, after: position, $0) }
        var gone = piece.rows.count
        if !isDryRun, gone > 0 {
            gone = try store.writeSecurely { try Self.remove(piece, step.kind, step.campaign, at: now, $0) }
        }
        removed[step.kind, default: 0] += gone
        if let next = piece.next {
            position = next
        } else {
            steps.removeFirst()
            position = Position()
        }
        if steps.isEmpty, !isDryRun { try store.store(report, at: now) }
        return !steps.isEmpty
    }

    /// What it removed so far.
    public var report: RetentionReport {
        RetentionReport(
            at: startedAt,
            removed: Dictionary(
                uniqueKeysWithValues: removed.filter { $0.value > 0 }.map { ($0.key.rawValue, $0.value) }),
            keepsCalls: keepsCalls)
    }
}

extension CampaignStore {
    fileprivate func store(_ report: RetentionReport, at now: Instant) throws {
        let text = String(decoding: try JSONEncoder().encode(report), as: UTF8.self)
        try write { database in
            try database.execute(
                sql: "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
                arguments: [Self.reportKey, text])
            try database.execute(
                sql: "DELETE FROM database_sizes WHERE day < ?",
                arguments: [now.milliseconds / RollupSpan.day.milliseconds - DatabaseSize.daysKept])
            guard !report.removed.isEmpty else { return }
            let counts = report.removed.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            try database.journal(
                "retention_swept", at: now, JournalSubject(), detail: counts.joined(separator: ", "))
        }
    }
}
