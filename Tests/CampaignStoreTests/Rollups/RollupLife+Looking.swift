import Campaigns
import GRDB
import Testing

@testable import CampaignStore
@testable import RuleProperties

/// The sums against the attempts that they are of.
extension RollupLife {
    /// What a rollup tells apart, and so may be asked by any part of it.
    static let sources: [(table: String, dimensions: [CallDimension])] = [
        ("calls_by_list", [.campaign, .list, .quarterHour]),
        ("calls_by_agent", [.campaign, .agent, .station, .quarterHour]),
        ("calls_by_hour", [.campaign, .localHour, .quarterHour]),
        ("calls_by_pass", [.campaign, .list, .pass, .quarterHour]),
        ("calls_by_area", [.campaign, .area, .localHour, .quarterHour]),
        ("calls_by_agent_and_hour", [.campaign, .agent, .station, .localHour, .quarterHour]),
        ("list_calls_by_agent", [.campaign, .list, .agent, .station, .quarterHour]),
        ("list_calls_by_hour", [.campaign, .list, .localHour, .quarterHour]),
    ]

    /// What a rollup holds of a tally.
    static func parts(of table: String) -> Set<TallyPart> {
        switch table {
        case "calls_by_pass", "calls_by_area": [.counts, .success, .persons]
        case "calls_by_agent_and_hour", "list_calls_by_hour": [.counts, .times, .success, .persons]
        default: Set(TallyPart.allCases)
        }
    }
    /// Every part of each.
    static let combinations: [(table: String, dimensions: [CallDimension])] = sources.flatMap { source in
        (0..<(1 << source.dimensions.count)).map { chosen in
            (source.table, source.dimensions.enumerated().filter { chosen >> $0.offset & 1 == 1 }.map(\.element))
        }
    }

    /// A stretch between two quarter hours, from none to all of the life and beyond, with a filter that the rollup knows.
    func scope(for table: String) -> ReportScope {
        let quarter: Int64 = 900_000
        let first = began.milliseconds / quarter - 100
        let last = bench.now.milliseconds / quarter + 100
        let ends = [draw.number(first...last), draw.number(first...last)].sorted()
        // From a UTC midnight to another is answered by days alone.
        let step: Int64 = draw.chance(30) ? 96 : 1
        let end = { (slot: Int64) in Instant(milliseconds: slot / step * step * quarter) }
        var scope = ReportScope(from: end(ends[0]), to: end(ends[1]))
        if draw.chance(30) { scope.campaigns = Set(draw.pick([[0], [1], [0, 1]]).map { campaigns[$0].id }) }
        if table.hasPrefix("list_") || ["calls_by_list", "calls_by_pass"].contains(table), draw.chance(30) {
            scope.list = draw.number(1...6)
        }
        if table.contains("by_agent") || table.contains("by_disposition") {
            if draw.chance(30) { scope.agent = draw.pick(Self.agents) ?? "" }
            if draw.chance(30) { scope.station = draw.pick(Self.stations) }
        }
        return scope
    }

    /// Where sums say something else than the attempts, of every `stride`th combination from `first` on.
    func differences(from first: Int = 0, by stride: Int = 1) throws -> [String] {
        var found: [String] = []
        for index in Swift.stride(from: first, to: Self.combinations.count, by: stride) {
            let (table, dimensions) = Self.combinations[index]
            let scope = scope(for: table)
            let parts = Self.parts(of: table)
            if TallyQuery(by: dimensions, in: scope, parts: parts).rollup == nil {
                found.append("\(dimensions) has no rollup")
            }
            let sums = try grouped(dimensions, scope, parts, readingAttempts: false)
            let attempts = try grouped(dimensions, scope, parts, readingAttempts: true)
            if sums != attempts {
                found.append("\(dimensions) in \(scope): \(sums), but the attempts say \(attempts)")
            }
        }
        for table in ["calls_by_disposition", "list_calls_by_disposition"] {
            var scope = scope(for: table)
            if table.hasPrefix("list_"), scope.list == nil { scope.list = 1 }
            let said = Set(try bench.store.dispositionCounts(in: scope))
            if said != Set(try bench.store.dispositionCounts(in: scope, readingAttempts: true)) {
                found.append("dispositions in \(scope)")
            }
        }
        let scope = scope(for: "calls_by_pack")
        let packs = Set(try bench.store.packCounts(in: scope))
        if packs != Set(try bench.store.packCounts(in: scope, readingAttempts: true)) {
            found.append("packs in \(scope)")
        }
        return found + (try bench.store.read { try CallRollups.problems($0) })
    }

    private func grouped(
        _ dimensions: [CallDimension], _ scope: ReportScope, _ parts: Set<TallyPart>, readingAttempts: Bool
    ) throws -> [CallGroup: CallTally] {
        let rows = try bench.store.callTallies(
            by: dimensions, in: scope, parts: parts, readingAttempts: readingAttempts)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.group, $0.tally) })
    }

    /// How many attempts there are, by the sums of all time.
    func attempts() throws -> Int {
        let always = ReportScope(from: Instant(milliseconds: 0), to: Instant(milliseconds: 4_102_444_800_000))
        return try bench.store.callTallies(by: [], in: always).reduce(0) { $0 + $1.tally.attempts }
    }
}
