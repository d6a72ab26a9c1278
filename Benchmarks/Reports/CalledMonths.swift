import CallingRules
import CampaignStore
import Campaigns
import CivilTime
import Eligibility
import Foundation
import GRDB

/// A database of a busy house: five campaigns with four lists each, two million contacts in 60 areas, 200 agents, and their calls
/// of 90 days. Calls are written at once: placing five million one by one would take days.
struct CalledMonths {
    static let campaigns = 5
    static let contacts = 2_000_000
    static let days: Int64 = 90
    /// 1 August 2026, 00:00 UTC.
    static let first: Int64 = 1_785_542_400_000
    /// Rows a statement, so that progress is seen.
    private static let piece = 250_000

    let path: String
    let attempts: Int
    var end: Instant { Instant(milliseconds: Self.first + Self.days * 86_400_000) }

    /// Makes the database, with its sums; returns the campaigns' rules by their ids.
    func make() throws -> [CampaignID: EligibilityRules] {
        let rules = try applyCampaigns()
        let database = try DatabaseQueue(path: path)
        try database.writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    PRAGMA foreign_keys = OFF; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
                    PRAGMA cache_size = -400000
                    """)
        }
        try inSteps("lists and areas", database, BenchmarkRows.lists + BenchmarkRows.areas(Self.zones))
        try inPieces("contacts", Self.contacts, database, BenchmarkRows.contacts)
        try inPieces("numbers", Self.contacts, database, [BenchmarkRows.numbers])
        try inPieces("attempts", attempts, database, [BenchmarkRows.attempts])
        try inSteps("refusals", database, BenchmarkRows.refusals)
        try inSteps("callbacks and audit", database, BenchmarkRows.callbacks + BenchmarkRows.audit)
        try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
        try database.close()
        try addUp()
        return rules
    }

    private static var zones: [String] {
        Array(ZoneSource.system.data.names.filter { $0.hasPrefix("America/") }.prefix(60))
    }

    /// The campaigns and their rules; in a database that is made already they stay as they are.
    func applyCampaigns() throws -> [CampaignID: EligibilityRules] {
        let store = try CampaignStore(path: path)
        defer { try? store.close() }
        var rules: [CampaignID: EligibilityRules] = [:]
        for index in 1...Self.campaigns {
            let yaml =
                "campaign: campaign-\(index)\nregion: US\ncalling_rules: { pack: us }\nsuppression: { none_because: a bench }\n"
            let campaign = try CampaignFile.read(yaml, file: "bench.yaml")
            let now = Instant(milliseconds: Self.first)
            let id = try store.applyCampaign(campaign, yaml: yaml, file: "bench.yaml", script: nil, at: now).id
            try store.setState(.started, of: campaign.name, at: now)
            rules[id] = EligibilityRules(
                campaign: campaign, pack: .none, clocks: ZoneClocks(ZoneSource.system.data))
        }
        return rules
    }

    private func addUp() throws {
        let began = ContinuousClock.now
        say("adding up the sums ...")
        let store = try CampaignStore(path: path)
        try store.rebuildSums()
        try store.close()
        // How long stations were in their states follows from the sums: in each quarter hour that an agent called in, all of them.
        let database = try DatabaseQueue(path: path)
        try inSteps("time of stations", database, BenchmarkRows.stationTime)
        try database.close()
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        say("sums and time in \((ContinuousClock.now - began).components.seconds) s, \(size >> 20) MB in all")
    }

    private func inSteps(_ name: String, _ database: DatabaseQueue, _ statements: [String]) throws {
        say("\(name) ...")
        try database.write { database in
            for sql in statements { try database.execute(sql: sql, arguments: known(sql)) }
        }
    }

    /// Runs statements over numbers from 1 to `count`, some at a time.
    private func inPieces(_ name: String, _ count: Int, _ database: DatabaseQueue, _ statements: [String]) throws {
        for start in stride(from: 0, to: count, by: Self.piece) {
            let end = min(start + Self.piece, count)
            try database.write { database in
                for sql in statements {
                    try database.cachedStatement(sql: sql).execute(
                        arguments: known(sql) + ["low": start + 1, "high": end])
                }
            }
            say("\(name): \(end) of \(count)")
        }
    }

    /// What statements may ask for beside the numbers of their piece.
    private func known(_ sql: String) -> StatementArguments {
        var known: [String: (any DatabaseValueConvertible)?] = [:]
        if sql.contains(":first") { known["first"] = Self.first }
        if sql.contains(":days") { known["days"] = Self.days }
        if sql.contains(":count") { known["count"] = attempts }
        return StatementArguments(known)
    }
}
