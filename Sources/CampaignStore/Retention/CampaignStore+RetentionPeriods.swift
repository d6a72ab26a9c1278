import Campaigns
import Foundation
import GRDB

/// What the last sweep removed.
public struct RetentionReport: Sendable, Hashable, Codable {
    /// When it began.
    public var at: Instant
    /// How much of each kind was removed, by the kind's word; what is missing was none.
    public var removed: [String: Int]
    /// Why no call records were removed, as a sentence; nil where they could be.
    public var keepsCalls: String?

    /// `12 call records, 3 notes of calls`; `nothing` where there was nothing.
    public var text: String {
        let parts = RetentionKind.allCases.compactMap { kind in
            (removed[kind.rawValue] ?? 0) > 0 ? "\(removed[kind.rawValue] ?? 0) \(kind.label)" : nil
        }
        return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
    }
}

extension CampaignStore {
    private static func key(_ kind: RetentionKind) -> String { "retention_\(kind.rawValue)" }
    static let reportKey = "retention_report"

    /// How long each kind is kept in all campaigns whose files say nothing else.
    public func retentionPeriods() throws -> RetentionPeriods {
        let settings = try settings()
        var periods = RetentionPeriods()
        for kind in RetentionKind.allCases {
            periods.chosen[kind] = settings[Self.key(kind)].flatMap { Int64($0) }.map(Duration.milliseconds)
        }
        return periods
    }

    /// Sets how long a kind is kept; nil for its standard.
    ///
    /// - Throws: `StoreError.refused` where it cannot be kept so long or so short.
    public func setRetention(_ kind: RetentionKind, to period: Duration?) throws {
        if let period, let problem = RetentionPeriods.problem(kind, period) { throw StoreError.refused("\(problem).") }
        try setSetting(Self.key(kind), to: period.map { String($0.wholeMilliseconds) })
    }

    /// What the last sweep removed; nil where there was none yet.
    public func retentionReport() throws -> RetentionReport? {
        try setting(Self.reportKey).flatMap { try? JSONDecoder().decode(RetentionReport.self, from: Data($0.utf8)) }
    }
}
