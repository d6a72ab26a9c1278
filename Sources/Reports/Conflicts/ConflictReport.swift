import CampaignStore
import Campaigns

/// Attempts of which the program saw one thing and the agent said another, counted and listed.
public enum ConflictReport {
    /// Most attempts that are listed.
    public static let mostListed = 500

    /// What was read from the store.
    public struct Facts: Sendable {
        public var said: [DispositionCount]
        /// Nil where nothing can be compared.
        public var saidBefore: [DispositionCount]?
        /// The attempts, the newest first, at most ``ConflictReport/mostListed``.
        public var attempts: [AttemptRow]
        public var names: CallNames

        /// Facts from their parts.
        public init(
            said: [DispositionCount], saidBefore: [DispositionCount]? = nil, attempts: [AttemptRow], names: CallNames
        ) {
            (self.said, self.saidBefore, self.attempts, self.names) = (said, saidBefore, attempts, names)
        }
    }

    /// Answers a question from a store.
    ///
    /// - Throws: `StoreError`.
    public static func answer(_ question: ReportQuestion, in store: CampaignStore) throws -> Report {
        let said = try store.dispositionCounts(in: question.scope)
        let isAny = said.contains { count in count.dispositionClass.map { Conflict(count.outcome, $0) } != nil }
        return report(
            Facts(
                said: said, saidBefore: try question.comparable.map { try store.dispositionCounts(in: $0) },
                attempts: isAny
                    ? try store.attempts(of: Conflict.pairs, in: question.scope, limit: mostListed) : [],
                names: try store.callNames()), for: question)
    }

    /// Shapes the report.
    public static func report(_ facts: Facts, for question: ReportQuestion) -> Report {
        let found = facts.said.compactMap(Found.init)
        let number = found.reduce(0) { $0 + $1.calls }
        var notes = [
            "Each is a mistake of one side: an agent who chose the wrong word, or a phone whose words mean something else; "
                + "offhook attempt dispose mends the first, and docs/phones.md tells how a phone learns words."
        ]
        if number > facts.attempts.count {
            notes.append(
                "Listed are the newest \(facts.attempts.count) of \(number); shorten the time to see the others.")
        }
        return Report(
            name: .conflicts, title: "Outcomes and dispositions that contradict each other",
            subtitle: question.subtitle(facts.names), figures: figures(facts, found),
            sections: [
                ReportSection(
                    id: "conflicts", title: "Attempts, the newest first", table: list(facts.attempts, question),
                    empty: "No outcome contradicts what the agent said, in this time and with these filters."),
                ReportSection(
                    id: "kinds", title: "By kind", table: kinds(found),
                    empty: "No outcome contradicts what the agent said."),
                ReportSection(
                    id: "agents", title: "By agent", table: agents(facts.said, found), chart: chart(found),
                    empty: "No agent said anything of a call in this time."),
            ], notes: notes)
    }

    /// Calls of one pair that cannot both be true.
    private struct Found {
        var conflict: Conflict
        var outcome: Outcome
        var said: DispositionClass
        var agent: GroupLabel
        var calls: Int

        init?(_ count: DispositionCount) {
            guard let said = count.dispositionClass, let conflict = Conflict(count.outcome, said) else { return nil }
            (self.conflict, outcome, self.said) = (conflict, count.outcome, said)
            (agent, calls) = (GroupLabel.agent(count.agent), count.calls)
        }
    }

    private static func figures(_ facts: Facts, _ found: [Found]) -> [ReportFigure] {
        let conflicts = { (counts: [DispositionCount]) in
            counts.compactMap(Found.init).reduce(0) { $0 + $1.calls }
        }
        let share = { (counts: [DispositionCount]) in Cell.share(conflicts(counts), of: spoken(counts)) }
        return [
            ReportFigure(
                column: "conflicts", label: "Conflicts", value: Cell(conflicts(facts.said)),
                before: facts.saidBefore.map { Cell(conflicts($0)) } ?? .none, direction: .bad),
            ReportFigure(
                column: "share", label: "Of calls with a disposition", value: share(facts.said),
                before: facts.saidBefore.map(share) ?? .none, direction: .bad),
        ]
    }

    private static func spoken(_ counts: [DispositionCount]) -> Int {
        counts.reduce(0) { $0 + ($1.dispositionClass == nil ? 0 : $1.calls) }
    }

    private static func list(_ attempts: [AttemptRow], _ question: ReportQuestion) -> Table {
        Table(
            columns: [
                "attempt", "at", "campaign", "station", "agent", "outcome", "disposition", "class", "conflict",
            ],
            rows: attempts.map { attempt in
                let outcome = attempt.outcome.flatMap(Outcome.init(rawValue:))
                let said = attempt.dispositionClass.flatMap(DispositionClass.init(rawValue:))
                let conflict = outcome.flatMap { outcome in said.flatMap { Conflict(outcome, $0) } }
                return [
                    .integer(attempt.attempt), .text(attempt.intendedAt.iso8601), Cell(attempt.campaign),
                    .text(attempt.station), Cell(attempt.agent), Cell(attempt.outcome), Cell(attempt.disposition),
                    Cell(attempt.dispositionClass), Cell(conflict?.rawValue),
                ]
            })
    }

    private static func kinds(_ found: [Found]) -> Table {
        var sums: [SeenAndSaid: Int] = [:]
        for entry in found { sums[SeenAndSaid(entry.outcome, entry.said), default: 0] += entry.calls }
        let rows = Conflict.pairs.compactMap { pair -> [Cell]? in
            guard let calls = sums[pair], let conflict = Conflict(pair.outcome, pair.said) else { return nil }
            return [
                .text(conflict.rawValue), .text(pair.outcome.rawValue), .text(pair.said.rawValue), Cell(calls),
            ]
        }
        return Table(
            columns: ["conflict", "outcome", "class", "conflicts"], rows: rows,
            totals: [.text("all"), .none, .none, Cell(sums.values.reduce(0, +))])
    }

    private static func agents(_ said: [DispositionCount], _ found: [Found]) -> Table {
        var spoken: [GroupLabel: Int] = [:]
        for count in said where count.dispositionClass != nil { spoken[.agent(count.agent), default: 0] += count.calls }
        var sums: [GroupLabel: Int] = [:]
        for entry in found { sums[entry.agent, default: 0] += entry.calls }
        let (all, conflicts) = (spoken.values.reduce(0, +), sums.values.reduce(0, +))
        return Table(
            columns: ["agent", "said", "conflicts", "share"],
            rows: spoken.sorted { $0.key < $1.key }.map { agent, calls in
                [.text(agent.text), Cell(calls), Cell(sums[agent] ?? 0), .share(sums[agent] ?? 0, of: calls)]
            }, totals: [.text("all"), Cell(all), Cell(conflicts), .share(conflicts, of: all)])
    }

    private static func chart(_ found: [Found]) -> ReportChart? {
        guard !found.isEmpty else { return nil }
        let agents = Set(found.map(\.agent)).sorted()
        let kinds = Conflict.allCases.filter { kind in found.contains { $0.conflict == kind } }
        return ReportChart(
            form: .stacked, labels: agents.map(\.text),
            series: kinds.map { kind in
                ReportChart.Series(
                    name: kind.rawValue,
                    values: agents.map { agent in
                        Double(found.filter { $0.agent == agent && $0.conflict == kind }.reduce(0) { $0 + $1.calls })
                    })
            }, unit: "conflicts")
    }
}
