import CallingRules
import CampaignStore
import Campaigns
import CivilTime
import Dialer
import Foundation
import Hummingbird
import Reports
import Supervision

/// Reads a question for a report off an address, within what the identity may see, and has it answered.
struct ReportAsking: Sendable {
    let entry: ReportEntry
    let question: ReportQuestion
    /// The same question as parameters.
    let address: ReportAddress
    private let parts: ServerParts

    /// Reads a question.
    ///
    /// - Parameters:
    ///   - usualPeriod: the stretch of time where the address has none; nil for the report's own.
    ///   - campaign: the campaign where the path has it.
    /// - Throws: ``Problem``: 404 for a campaign or list that is not there or not to be seen, 422 for what cannot be taken;
    ///   `ReportMistake` for what does not go with the report.
    init(
        _ entry: ReportEntry, usualPeriod: String? = nil, campaign inPath: StoredCampaign? = nil, _ parts: ServerParts,
        _ request: Request, _ context: ServeContext
    ) async throws {
        let query = QueryFields(request)
        var options = entry.name.options
        for option in ReportOption.allCases where query.text(option.rawValue) != nil { try entry.name.check(option) }
        // The path says which one it is; a second one could only differ.
        if inPath != nil { options.remove(.campaign) }
        let clock = try Self.clock(query, request, context)
        let usualPeriod = usualPeriod ?? entry.usualPeriod
        address = ReportAddress(request, zone: clock.name, usualPeriod: usualPeriod, of: options)
        let now = options.contains(.at) ? try query.instant("at") ?? parts.now() : parts.now()
        // What has no period is of now, whatever came before.
        let period = try ReportPeriod.read(
            since: options.contains(.since) ? address["since"] : "all", until: address["until"], clock: clock, now: now)
        let named = inPath == nil ? try query.campaign("campaign", context, parts.store) : nil
        let campaigns = try (inPath ?? named).map { [$0.id] } ?? context.user().campaigns
        let scope = ReportScope(
            from: period.from, to: period.to, campaigns: campaigns,
            list: try query.text("list").map { try Self.list($0, of: campaigns, parts.store) },
            agent: query.text("agent"), station: query.text("station"))
        question = ReportQuestion(
            entry.name, scope: scope, clock: clock,
            grouping: try query.choice("by", ReportGrouping.self) ?? .campaign, place: query.text("place"),
            isCompared: try query.choice("compare", YesOrNo.self) == .yes, now: now,
            isEngineRunning: await parts.engine.isRunning)
        self.entry = entry
        self.parts = parts
    }

    /// The answer, read beside the threads that calls and pages run on.
    ///
    /// - Throws: `ReportMistake` where a filter does not go with the report; `StoreError`.
    func answer() async throws -> Report {
        let (question, store, share) = (question, parts.store, parts.share)
        return try await parts.longWork.run { try Reporting.answer(question, in: store, share) }
    }

    /// The attempts that the question is about.
    var attemptFilter: AttemptFilter {
        var filter = AttemptFilter()
        filter.campaigns = question.scope.campaigns
        filter.list = question.scope.list
        filter.agent = question.scope.agent
        filter.station = question.scope.station
        filter.since = question.scope.from
        filter.until = question.scope.to
        return filter
    }

    private static func clock(_ query: QueryFields, _ request: Request, _ context: ServeContext) throws -> ZoneClock {
        guard let name = query.text("zone") else { return ViewerTime(request, context).clock }
        guard let clock = ZoneClock(name, in: context.zones) else {
            throw Problem.invalid(["zone": "“\(name.prefix(64))” is no zone; write one such as America/New_York."])
        }
        return clock
    }

    /// A list by its number, or by its name where only one that may be seen has it.
    private static func list(_ text: String, of campaigns: Set<CampaignID>?, _ store: CampaignStore) throws -> Int64 {
        let visible = try store.callNames().lists.values.filter { list in
            campaigns?.contains(CampaignID(list.campaign)) ?? true
        }
        if let id = Int64(text), visible.contains(where: { $0.id == id }) { return id }
        let named = visible.filter { $0.name == text }
        guard let found = named.first else { throw Problem.notFound("list “\(text.prefix(64))”") }
        guard named.count == 1 else {
            throw Problem.invalid([
                "list": "Several campaigns have a list “\(text)”: name its campaign too, or give the list's number."
            ])
        }
        return found.id
    }
}
