import CampaignStore
import Campaigns
import Reports
import Testing

@Suite("The callbacks report") struct CallbackReportTests {
    private static let counts = [
        CallbackCount(agent: "bob", standing: .kept, callbacks: 6),
        CallbackCount(agent: "bob", standing: .late, callbacks: 2),
        CallbackCount(agent: "bob", standing: .missed, callbacks: 1),
        CallbackCount(agent: "bob", standing: .moved, callbacks: 4),
        CallbackCount(agent: nil, standing: .waiting, callbacks: 5),
        CallbackCount(agent: nil, standing: .due, callbacks: 1),
        CallbackCount(agent: "ada", standing: .kept, callbacks: 1),
        CallbackCount(agent: "ada", standing: .withdrawn, callbacks: 3),
    ]

    private func promise(
        _ standing: CallbackStanding, agent: String?, due: String, called: String? = nil
    ) throws -> CallbackPromise {
        CallbackPromise(
            campaign: CampaignID(1), contact: ContactID(7), agent: agent,
            agreedAt: try #require(Instant(iso8601: "2026-11-01T10:00:00Z")),
            dueAt: try #require(Instant(iso8601: due)), standing: standing,
            calledAt: try called.map { try #require(Instant(iso8601: $0)) })
    }

    private func report() throws -> Report {
        CallbackReport.report(
            .init(
                counts: Self.counts, countsBefore: [CallbackCount(agent: "ada", standing: .missed, callbacks: 2)],
                promises: [
                    try promise(.kept, agent: "ada", due: "2026-11-02T15:00:00Z", called: "2026-11-02T15:01:00Z"),
                    try promise(.waiting, agent: nil, due: "2026-11-07T15:00:00Z"),
                ], names: CallNames(campaigns: [1: "spring"])), for: try ReportBench.question(.callbacks))
    }

    @Test("each callback is a row with its times, and anyone's has no agent")
    func rows() throws {
        let table = try report().sections[0].table
        #expect(table.columns == ["due_at", "agent", "campaign", "contact", "agreed_at", "state", "called_at"])
        let rows: [[Cell]] = [
            [
                .text("2026-11-02T15:00:00.000Z"), .text("ada"), .text("spring"), Cell(7),
                .text("2026-11-01T10:00:00.000Z"), .text("kept"), .text("2026-11-02T15:01:00.000Z"),
            ],
            [
                .text("2026-11-07T15:00:00.000Z"), .none, .text("spring"), Cell(7),
                .text("2026-11-01T10:00:00.000Z"), .text("waiting"), .none,
            ],
        ]
        #expect(table.rows == rows)
    }

    @Test(
        "agents stand by name, anyone's at the end; standings add up to the callbacks, rows to the totals and figures")
    func agents() throws {
        let report = try report()
        let table = report.sections[1].table
        #expect(
            table.columns == [
                "agent", "callbacks", "waiting", "due", "kept", "late", "missed", "moved", "withdrawn", "kept_share",
            ])
        #expect(try table.cells("agent") == [.text("ada"), .text("bob"), .text("anyone")])
        for row in table.rows { #expect(row[2...8].reduce(0) { $0 + $1.number } == row[1].number) }
        #expect(try table.addsUp("callbacks", "waiting", "due", "kept", "late", "missed", "moved", "withdrawn"))
        // Moved and withdrawn ones were owed to nobody.
        #expect(try table.cells("kept_share") == [.share(1), .share(6.0 / 9), .none])
        #expect(try table.total("kept_share") == .share(0.7))
        #expect(report.figures.map(\.label).first == "Callbacks")
        #expect(report.figures.map(\.value.number) == [23, 1, 1, 2, 7, 0.7, 5, 4, 3])
        #expect(report.figures.map(\.before.number) == [2, 0, 2, 0, 0, 0, 0, 0, 0])
    }

    @Test("where not all are listed it says so, and all are counted")
    func cut() throws {
        #expect(try report().notes.contains { $0.hasPrefix("Listed are the latest 2 of 23") })
    }

    @Test("from a store, the list and the counts are of the same callbacks")
    func stored() throws {
        let campaign = try CalledCampaign()
        try campaign.call(.answered, .callbackAgent, after: 0)
        try campaign.call(.answered, .callbackAny, after: 1)
        var question = try ReportBench.everything(.callbacks)
        // Without a time they are due an hour later; the first is missed when the second is due.
        question.now = campaign.start + .seconds(61 * 60 + 900)
        let report = try CallbackReport.answer(question, in: campaign.store)
        #expect(try report.sections[0].table.cells("state") == [.text("missed"), .text("due")])
        #expect(try report.sections[0].table.cells("agent") == [.text("ada"), .none])
        #expect(try report.sections[1].table.cells("callbacks") == [Cell(1), Cell(1)])
        #expect(report.notes.count == 1)
        question.scope.agent = "eve"
        let empty = try CallbackReport.answer(question, in: campaign.store).sections[0]
        #expect(empty.table.rows.isEmpty && empty.text.hasPrefix("No callback was agreed"))
    }
}
