import Campaigns
import Reports
import Testing

@testable import CampaignStore

@Suite("What cannot both be true") struct ConflictTests {
    @Test(
        "each excludes the other only where one of them must be wrong",
        arguments: [
            (.answered, .noAnswer, .connectedUnanswered), (.shortAnswer, .busyTone, .connectedUnanswered),
            (.noAnswer, .success, .unansweredSpoken), (.busyOrRejected, .notInterested, .unansweredSpoken),
            (.failedFast, .machine, .unansweredSpoken), (.notSent, .busyTone, .notDialled),
            (.phoneRefused, .success, .notDialled),
            // An announcement is heard on a line that is connected, and on one that is not.
            (.answered, .disconnectedNumber, nil), (.noAnswer, .disconnectedNumber, nil),
            (.busyOrRejected, .wrongNumber, nil), (.answered, .machine, nil), (.noAnswer, .busyTone, nil),
            (.notSent, .noneGiven, nil), (.unknown, .success, nil), (.phoneLost, .noAnswer, nil),
        ] as [(Outcome, DispositionClass, Conflict?)])
    func pairs(outcome: Outcome, said: DispositionClass, conflict: Conflict?) {
        #expect(Conflict(outcome, said) == conflict)
        #expect(Conflict.pairs.contains(SeenAndSaid(outcome, said)) == (conflict != nil))
    }

    private func count(_ agent: String, _ outcome: Outcome, _ said: DispositionClass?, _ calls: Int) -> DispositionCount
    {
        DispositionCount(
            campaign: 1, agent: agent, outcome: outcome, disposition: said?.rawValue ?? "", dispositionClass: said,
            calls: calls)
    }

    @Test("kinds and agents add up to the figure, and a note says how many are not listed")
    func report() throws {
        let report = ConflictReport.report(
            .init(
                said: [
                    count("ada", .noAnswer, .success, 600), count("bob", .answered, .noAnswer, 3),
                    count("bob", .answered, .success, 97), count("bob", .noAnswer, nil, 500),
                ], saidBefore: [count("ada", .answered, .busyTone, 2)], attempts: [], names: CallNames()),
            for: try ReportBench.question(.conflicts))
        #expect(report.figures[0].value == Cell(603))
        #expect(report.figures[0].before == Cell(2))
        #expect(report.figures[1].value == .share(603.0 / 700))
        for (id, column) in [("kinds", "conflicts"), ("agents", "conflicts"), ("agents", "said")] {
            let table = try #require(report.sections.first { $0.id == id }).table
            #expect(try table.addsUp(column))
            if column == "conflicts" { #expect(try table.total(column) == Cell(603)) }
        }
        #expect(report.notes.contains { $0.contains("of 603") })
        #expect(report.sections[0].text.hasPrefix("No outcome contradicts"))
    }

    @Test("the store lists them, the newest first, only those, and at most so many")
    func listed() throws {
        let campaign = try CalledCampaign()
        try campaign.call(.noAnswer, .success, after: 0)
        try campaign.call(.answered, .success, after: 1)
        try campaign.call(.answered, .noAnswer, after: 20, agent: "bob")
        try campaign.call(.notSent, .machine, after: 1500, station: "s2")
        let question = try ReportBench.everything(.conflicts)
        let report = try ConflictReport.answer(question, in: campaign.store)
        let table = report.sections[0].table
        #expect(try table.cells("outcome") == [.text("not_sent"), .text("answered"), .text("no_answer")])
        #expect(try table.cells("agent") == [.text("ada"), .text("bob"), .text("ada")])
        #expect(table.rows.count == Int(report.figures[0].value.number))
        #expect(try table.cells("conflict").allSatisfy { $0 != .none })
        let two = try campaign.store.attempts(of: Conflict.pairs, in: question.scope, limit: 2)
        #expect(two.map(\.outcome) == ["not_sent", "answered"])
        var scope = question.scope
        scope.agent = "bob"
        #expect(try campaign.store.attempts(of: Conflict.pairs, in: scope, limit: 9).map(\.agent) == ["bob"])
        // The edges of a stretch are exact, though the days that hold conflicts are whole.
        let narrow = question.scope.during(campaign.start + .seconds(900), campaign.start + .seconds(1800))
        #expect(try campaign.store.attempts(of: Conflict.pairs, in: narrow, limit: 9).map(\.outcome) == ["answered"])
    }
}
