import CampaignStore
import Campaigns
import Eligibility

/// Whether the rules were kept: under which packs was called, who is nearest to a cap, at which hours, against which do-not-call
/// entries, and how soon wishes not to be called took effect.
public enum ComplianceReport {
    /// Most wishes that are listed.
    public static let mostWishes = 500

    /// What was read from the store.
    public struct Facts: Sendable {
        public var packs: [PackCount]
        /// Nil where nothing can be compared.
        public var packsBefore: [PackCount]?
        /// All calls of the period.
        public var calls: TalliedCalls
        public var muchCalled: [MuchCalled]
        /// Of each campaign in ``muchCalled``.
        public var rules: [CampaignID: EligibilityRules]
        public var hours: [HoursCalled]
        /// By their numbers.
        public var areas: [Int64: Area]
        public var suppressed: [SuppressedCalls]
        /// Contacts that are suppressed now.
        public var suppressedContacts: Int
        /// The newest first, at most ``ComplianceReport/mostWishes``.
        public var wishes: [DoNotCallWish]
        public var names: CallNames

        /// Facts from their parts.
        public init(
            packs: [PackCount], packsBefore: [PackCount]? = nil, calls: TalliedCalls, muchCalled: [MuchCalled] = [],
            rules: [CampaignID: EligibilityRules] = [:], hours: [HoursCalled] = [], areas: [Int64: Area] = [:],
            suppressed: [SuppressedCalls] = [], suppressedContacts: Int = 0, wishes: [DoNotCallWish] = [],
            names: CallNames
        ) {
            (self.packs, self.packsBefore, self.calls) = (packs, packsBefore, calls)
            (self.muchCalled, self.rules, self.hours, self.areas) = (muchCalled, rules, hours, areas)
            (self.suppressed, self.suppressedContacts, self.wishes) = (suppressed, suppressedContacts, wishes)
            self.names = names
        }
    }

    /// Answers a question from a store.
    ///
    /// - Parameter rules: a campaign's rules with its packs, asked for those that called somebody in the last seven days.
    /// - Throws: `StoreError`; whatever `rules` throws.
    public static func answer(
        _ question: ReportQuestion, in store: CampaignStore, rules: (StoredCampaign) throws -> EligibilityRules
    ) throws -> Report {
        let scope = question.scope
        let muchCalled = try store.muchCalled(
            in: scope.campaigns, until: question.now, limit: CapUse.mostCandidates)
        return report(
            Facts(
                packs: try store.packCounts(in: scope),
                packsBefore: try question.comparable.map { try store.packCounts(in: $0) },
                calls: try TalliedCalls(by: [], [.counts, .said], for: question, in: store), muchCalled: muchCalled,
                rules: try Dictionary(
                    uniqueKeysWithValues: muchCalled.map {
                        ($0.campaign, try rules(store.campaign($0.campaign)))
                    }), hours: try store.hoursCalled(in: scope),
                areas: Dictionary(uniqueKeysWithValues: try store.areas().map { ($0.id, $0.area) }),
                suppressed: try store.suppressedCalls(in: scope),
                suppressedContacts: try store.suppressedContacts(campaigns: scope.campaigns),
                wishes: try store.doNotCallWishes(in: scope, at: question.now, limit: mostWishes),
                names: try store.callNames()), for: question)
    }

    /// Shapes the report.
    public static func report(_ facts: Facts, for question: ReportQuestion) -> Report {
        var table = packs(facts.packs, facts.names)
        if question.isCompared, let before = facts.packsBefore {
            table = table.compared(
                with: packs(before, facts.names), keys: ["campaign", "rule_pack", "version"], additive: ["calls"])
        }
        let nearest = CapUse.nearest(facts.muchCalled, under: facts.rules, at: question.now)
        return Report(
            name: .compliance, title: "Rules and limits", subtitle: question.subtitle(facts.names),
            figures: figures(facts, nearest),
            sections: [
                ReportSection(
                    id: "compliance", title: "Calls by rule pack", table: table, empty: question.nothingCalled),
                ReportSection(
                    id: "nearest", title: "Numbers nearest to a cap now", table: CapUse.table(nearest, facts.names),
                    empty: "Nobody was called in the last seven days."),
                ReportSection(
                    id: "hours", title: "Hours of the contacts' clocks",
                    table: hours(facts.hours, facts.areas, facts.names), empty: question.nothingCalled),
                ReportSection(
                    id: "suppressions", title: "Do-not-call entries", table: suppressions(facts.suppressed),
                    empty: "There are no do-not-call entries; add them with: offhook dnc add, or offhook dnc import"),
                ReportSection(
                    id: "wishes", title: "Wishes not to be called", table: WishCells.table(facts.wishes),
                    empty: "In no call of this time the agent said do_not_call."),
            ], notes: notes(facts, question))
    }

    private static func packs(_ counts: [PackCount], _ names: CallNames) -> Table {
        let rows = counts.sorted {
            (names.campaign($0.campaign), $0.pack, $0.version) < (names.campaign($1.campaign), $1.pack, $1.version)
        }
        return Table(
            columns: ["campaign", "rule_pack", "version", "calls"],
            rows: rows.map { [.text(names.campaign($0.campaign)), .text($0.pack), .text($0.version), Cell($0.calls)] },
            totals: [.text("all"), .none, .none, Cell(counts.reduce(0) { $0 + $1.calls })])
    }

    private static func suppressions(_ sources: [SuppressedCalls]) -> Table {
        Table(
            columns: ["source", "campaign", "entries", "current_at", "calls_after"],
            rows: sources.map { found in
                [
                    .text(name(found.source)), Cell(found.source.campaign), Cell(found.source.entries),
                    .text(found.source.currentAt.iso8601), Cell(found.callsAfter),
                ]
            },
            totals: [
                .text("all"), .none, Cell(sources.reduce(0) { $0 + $1.source.entries }), .none,
                Cell(sources.reduce(0) { $0 + $1.callsAfter }),
            ])
    }

    /// What people and agents add one by one has no name.
    private static func name(_ source: SuppressionSource) -> String {
        source.name.isEmpty ? "one by one" : source.name
    }

    private static func figures(_ facts: Facts, _ nearest: [CapUse]) -> [ReportFigure] {
        let wishes = { (parts: [TalliedCalls.Part]) in Cell(TalliedCalls.sum(parts).said[.doNotCall] ?? 0) }
        let calls = { (parts: [TalliedCalls.Part]) in Cell(TalliedCalls.sum(parts).counted) }
        return [
            ReportFigure(
                column: "calls", label: "Calls", value: calls(facts.calls.now),
                before: facts.calls.before.map(calls) ?? .none),
            ReportFigure(
                column: "over_cap", label: "Numbers over a cap", value: Cell(nearest.filter(\.isOver).count),
                direction: .bad),
            ReportFigure(
                column: "calls_after", label: "Calls against an entry",
                value: Cell(facts.suppressed.reduce(0) { $0 + $1.callsAfter }), direction: .bad),
            ReportFigure(
                column: "do_not_call", label: "Wishes not to be called", value: wishes(facts.calls.now),
                before: facts.calls.before.map(wishes) ?? .none),
            ReportFigure(
                column: "delay_s", label: "Slowest wish, seconds", value: Cell(WishCells.slowest(facts.wishes)),
                direction: .bad),
            ReportFigure(
                column: "suppressed_contacts", label: "Contacts suppressed now", value: Cell(facts.suppressedContacts)),
        ]
    }

    private static func notes(_ facts: Facts, _ question: ReportQuestion) -> [String] {
        var notes = ["The numbers nearest to a cap are those of now, whatever the time of the report."]
        for found in facts.muchCalled {
            guard let since = found.isSince else { continue }
            let campaign = facts.names.campaign(found.campaign.value)
            notes.append(
                "\(campaign) called so much that its most called numbers are looked for since \(since.iso8601) only.")
        }
        let cut = facts.suppressed.filter(\.isCut).map { name($0.source) }
        if !cut.isEmpty {
            notes.append(
                "\(cut.joined(separator: ", ")): so many entries that only the latest calls of the time were held against them; "
                    + "shorten the time to hold all.")
        }
        let all = TalliedCalls.sum(facts.calls.now).said[.doNotCall] ?? 0
        if all > facts.wishes.count {
            notes.append(
                "Listed are the newest \(facts.wishes.count) of \(all) wishes; shorten the time to see the others.")
        }
        let unclocked = facts.hours.reduce(0) { $0 + $1.unclocked }
        if unclocked > 0 {
            notes.append("\(unclocked) calls went to numbers whose clock was not known; they have no hour.")
        }
        return notes
    }
}
