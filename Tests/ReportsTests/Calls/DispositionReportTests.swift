import Campaigns
import Reports
import Testing

@testable import CampaignStore

@Suite("The dispositions report") struct DispositionReportTests {
    private func said(
        _ agent: String, _ outcome: Outcome, _ code: String, _ said: DispositionClass?, _ calls: Int
    ) -> DispositionCount {
        DispositionCount(
            campaign: 1, agent: agent, outcome: outcome, disposition: code, dispositionClass: said, calls: calls)
    }

    private func report(before: [DispositionCount]? = nil) throws -> Report {
        DispositionReport.report(
            .init(
                said: [
                    said("bob", .answered, "SALE", .success, 1), said("ada", .answered, "SALE", .success, 4),
                    said("ada", .shortAnswer, "SALE", .success, 2), said("ada", .answered, "NO", .notInterested, 3),
                    said("ada", .answered, "LATER", .notInterested, 1), said("ada", .noAnswer, "", nil, 50),
                    said("", .answered, "NONE_GIVEN", .noneGiven, 1),
                ], saidBefore: before,
                calls: TalliedCalls(
                    now: [
                        .init(
                            CallGroup(agent: "ada"),
                            ReportBench.tally([.answered: 8, .shortAnswer: 2, .noAnswer: 50], said: [.success: 6])),
                        .init(CallGroup(agent: "bob"), ReportBench.tally([.answered: 1], said: [.success: 1])),
                        .init(CallGroup(agent: ""), ReportBench.tally([.answered: 1], said: [.noneGiven: 1])),
                    ], before: before == nil ? nil : []), names: CallNames()),
            for: try ReportBench.question(.dispositions, isCompared: before != nil))
    }

    @Test("what was said is counted by agent and code, whatever was seen, and calls of which nothing was said are not")
    func rows() throws {
        let table = try report().sections[0].table
        #expect(table.columns == ["agent", "disposition", "class", "calls", "share"])
        #expect(table.row("ada", "SALE", "success")?.suffix(2) == [Cell(6), .share(0.6)])
        #expect(
            try table.cells("agent") == [.text("ada"), .text("ada"), .text("ada"), .text("bob"), .text("none")])
        #expect(try table.addsUp("calls"))
        #expect(try table.total("calls") == Cell(12))
        #expect(abs(try table.sum("share") - 3) < 1e-9)
    }

    @Test("agents stand beside each other, and add up")
    func agents() throws {
        let report = try report()
        let table = try #require(report.sections.first { $0.id == "agents" }).table
        #expect(try table.addsUp("calls", "persons", "successes", "none_given", "talk_min", "wrap_up_min"))
        #expect(table.row("ada")?[3] == .share(10.0 / 60))
        #expect(try table.total("calls") == report.figures[0].value)
    }

    @Test("with the period before, both add up, and a code that nobody uses any more is kept")
    func compared() throws {
        let table = try report(before: [
            said("ada", .answered, "SALE", .success, 9), said("ada", .answered, "OLD", .other, 2),
        ]).sections[0].table
        #expect(try table.addsUp("calls", "calls_before"))
        #expect(try table.total("calls_before") == Cell(11))
        #expect(table.row("ada", "OLD", "other")?[3] == Cell(0))
    }
}
