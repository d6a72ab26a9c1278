import CampaignStore
import Campaigns

/// Times that were agreed with contacts: which are due, which were kept, which were missed.
public enum CallbackReport {
    /// Most callbacks that are listed one by one.
    public static let mostListed = 10_000

    /// What was read from the store.
    public struct Facts: Sendable {
        public var counts: [CallbackCount]
        /// Nil where nothing can be compared.
        public var countsBefore: [CallbackCount]?
        /// The earliest first, at most ``CallbackReport/mostListed``.
        public var promises: [CallbackPromise]
        public var names: CallNames

        /// Facts from their parts.
        public init(
            counts: [CallbackCount], countsBefore: [CallbackCount]? = nil, promises: [CallbackPromise],
            names: CallNames
        ) {
            (self.counts, self.countsBefore, self.promises, self.names) = (counts, countsBefore, promises, names)
        }
    }

    /// Answers a question from a store.
    ///
    /// - Throws: `StoreError`.
    public static func answer(_ question: ReportQuestion, in store: CampaignStore) throws -> Report {
        report(
            Facts(
                counts: try store.callbackCounts(in: question.scope, at: question.now),
                countsBefore: try question.comparable.map { try store.callbackCounts(in: $0, at: question.now) },
                promises: try store.callbackPromises(in: question.scope, at: question.now, limit: mostListed),
                names: try store.callNames()), for: question)
    }

    /// Shapes the report.
    public static func report(_ facts: Facts, for question: ReportQuestion) -> Report {
        let counted = CallbackCells(facts.counts)
        var notes = [
            "A callback counts at the time for which it was agreed, so that the time of the report may lie ahead."
        ]
        if counted.total.callbacks > facts.promises.count {
            notes.append(
                "Listed are the latest \(facts.promises.count) of \(counted.total.callbacks), all are counted; "
                    + "shorten the time to see the others.")
        }
        return Report(
            name: .callbacks, title: "Callbacks that were agreed", subtitle: question.subtitle(facts.names),
            figures: counted.figures(before: facts.countsBefore.map(CallbackCells.init)),
            sections: [
                ReportSection(
                    id: "callbacks", title: "Callbacks by the time that was agreed",
                    table: list(facts.promises, facts.names),
                    empty: "No callback was agreed for this time; a later end shows those to come."),
                ReportSection(
                    id: "agents", title: "By agent", table: counted.table, chart: counted.chart,
                    empty: "No callback was agreed for this time."),
            ], notes: notes)
    }

    private static func list(_ promises: [CallbackPromise], _ names: CallNames) -> Table {
        Table(
            columns: ["due_at", "agent", "campaign", "contact", "agreed_at", "state", "called_at"],
            rows: promises.map { promise in
                [
                    .text(promise.dueAt.iso8601), Cell(promise.agent), .text(names.campaign(promise.campaign.value)),
                    .integer(promise.contact.value), .text(promise.agreedAt.iso8601),
                    .text(promise.standing.rawValue), Cell(promise.calledAt?.iso8601),
                ]
            })
    }
}
