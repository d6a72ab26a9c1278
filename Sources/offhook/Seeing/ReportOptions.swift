import ArgumentParser
import CallingRules
import CampaignStore
import Campaigns
import CivilTime
import Foundation
import Reports

/// What a report is asked of: the time, the clock and the filters.
struct ReportOptions: ParsableArguments {
    @Option(help: "From when on; a word or 7d is a whole stretch. By default everything.") var since: String?
    @Option(help: "Until when; a date or a word with its last day.") var until: String?
    @Option(help: "Whose clock days go by, such as America/New_York; by default this computer's.") var zone: String?
    @Option(help: "One campaign only.") var campaign: String?
    @Option(help: "One list only; where several campaigns have one of its name, with --campaign.") var list: String?
    @Option(help: "One agent's calls only.") var agent: String?
    @Option(help: "One station's calls only.") var station: String?
    @Option(help: "campaign, list, day, hour or weekday (of the contact), station, or agent; by default campaign.")
    var by: String?
    @Option(help: "Contacts of one country or state only, such as US or US-TX.") var place: String?
    @Flag(help: "Set each row beside that of the period before.") var compare = false
    @Option(help: "Ask for another time than now, ISO 8601 with zone, such as 2026-03-08T14:00:00Z.") var at: String?

    /// Refuses what the report does not go by.
    ///
    /// - Throws: `ReportMistake`.
    func check(_ report: ReportName) throws {
        let given: [(ReportOption, Bool)] = [
            (.since, since != nil), (.until, until != nil), (.campaign, campaign != nil), (.list, list != nil),
            (.agent, agent != nil), (.station, station != nil), (.by, by != nil), (.place, place != nil),
            (.compare, compare), (.at, at != nil),
        ]
        for (option, isGiven) in given where isGiven { try report.check(option) }
    }

    /// The clock that days go by.
    ///
    /// - Throws: `ReportMistake`.
    func clock() throws -> ZoneClock {
        let zones = ZoneSource.system
        guard let name = zone else { return ZoneClock(zones.localZone) }
        guard let clock = ZoneClock(name, in: zones.data) else {
            throw ReportMistake.unknown(
                name, field: "zone", what: "zone", among: zones.data.names, write: "one such as America/New_York")
        }
        return clock
    }

    /// The question.
    ///
    /// - Throws: `ReportMistake`, `CommandFailure`, `StoreError`.
    func question(
        _ report: ReportName, on clock: ZoneClock, in store: CampaignStore, now: Instant
    ) throws -> ReportQuestion {
        let now = try AskedTime.read(at) ?? now
        let period = try ReportPeriod.read(since: since, until: until, clock: clock, now: now)
        let campaignID = try campaign.map { try store.campaign(named: $0).id }
        let scope = ReportScope(
            from: period.from, to: period.to, campaigns: campaignID.map { [$0] },
            list: try list.map { try Self.list($0, of: campaignID, in: store) }, agent: agent, station: station)
        let question = ReportQuestion(
            report, scope: scope, clock: clock, grouping: try grouping(), place: place, isCompared: compare, now: now,
            isEngineRunning: EngineLock.isHeld(database: store.path))
        try question.check()
        return question
    }

    private func grouping() throws -> ReportGrouping {
        guard let by else { return .campaign }
        guard let grouping = ReportGrouping(rawValue: by) else {
            let words = ReportGrouping.allCases.map(\.rawValue)
            throw ReportMistake.unknown(
                by, field: "by", what: "grouping", among: words, write: words.joined(separator: ", "))
        }
        return grouping
    }

    /// The list of a name, where only one is meant.
    private static func list(_ name: String, of campaign: CampaignID?, in store: CampaignStore) throws -> Int64 {
        let names = try store.callNames()
        let visible = names.lists.values.filter { campaign == nil || $0.campaign == campaign?.value }
        let found = visible.filter { $0.name == name }
        guard let only = found.first else {
            let hint = NearestName.hint(name, among: visible.map(\.name))
            throw StoreError.notFound(
                what: "list", name: name,
                hint: hint.isEmpty ? "see offhook lists list" : hint)
        }
        guard found.count == 1 else {
            let campaigns = found.map { names.campaign($0.campaign) }.sorted().joined(separator: ", ")
            throw ReportMistake("list", "“\(name)” is a list of \(campaigns); name one of them with --campaign.")
        }
        return only.id
    }
}
