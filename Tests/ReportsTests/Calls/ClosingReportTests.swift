import CampaignStore
import Campaigns
import Reports
import Testing

@Suite("The closing report") struct ClosingReportTests {
    private func report(reached: ReachedContacts?) throws -> Report {
        let first = ReportBench.tally([.answered: 30, .noAnswer: 50, .notSent: 4], said: [.success: 8], persons: 25)
        let second = ReportBench.tally([.answered: 5, .noAnswer: 15], said: [.success: 2])
        var total = first
        total.add(second)
        return ClosingReport.report(
            .init(
                lists: [
                    ListContacts(
                        campaign: 1, list: 11, name: "march", byState: [.ready: 5, .done: 85, .suppressed: 10])
                ], undialable: 8,
                byPass: TalliedCalls(now: [
                    .init(CallGroup(list: 11, pass: 1), first), .init(CallGroup(list: 11, pass: 2), second),
                ]), byHour: TalliedCalls(now: [.init(CallGroup(localHour: 34), total)]),
                byAgent: TalliedCalls(now: [
                    .init(CallGroup(agent: "ada"), first), .init(CallGroup(agent: "bob"), second),
                ]), reached: reached, names: CallNames(campaigns: [1: "spring"])),
            for: try ReportBench.everything(.closing, campaigns: [CampaignID(1)]))
    }

    @Test("the funnel narrows from the list to success, in contacts and in calls")
    func funnel() throws {
        let report = try report(reached: ReachedContacts(attempted: 80, connected: 32, success: 9))
        #expect(report.title == "Closing report of spring")
        #expect(report.sections.map(\.id) == ["closing", "outcomes", "hours", "agents", "time"])
        let table = report.sections[0].table
        #expect(try table.cells("contacts") == [Cell(100), Cell(92), Cell(80), Cell(32), Cell(9)])
        #expect(try table.cells("share") == [.share(1), .share(0.92), .share(0.8), .share(0.32), .share(0.09)])
        #expect(try table.cells("calls") == [.none, .none, Cell(100), Cell(35), Cell(10)])
    }

    @Test("where people are not told apart from calls, none are claimed, and a note says so")
    func manyCalls() throws {
        let report = try report(reached: nil)
        #expect(try report.sections[0].table.cells("contacts").suffix(2) == [.none, .none])
        #expect(report.sections[0].chart?.unit == "calls")
        #expect(report.notes.contains { $0.contains("50000") })
    }

    @Test("outcomes, agents and time add up, to the same as the figures")
    func totals() throws {
        let report = try report(reached: ReachedContacts(attempted: 80, connected: 32, success: 9))
        let section = { (id: String) in try #require(report.sections.first { $0.id == id }).table }
        #expect(try section("outcomes").addsUp("attempts"))
        #expect(abs(try section("outcomes").sum("share") - 1) < 1e-9)
        #expect(try section("agents").addsUp("calls", "persons", "successes", "talk_min"))
        #expect(try section("agents").total("calls") == report.figures[0].value)
        #expect(try section("time").addsUp("minutes"))
        // 104 attempts rang for 8 s each, 35 talked for a minute each.
        #expect(abs(try section("time").total("minutes").number - (104.0 * 8 / 60 + 35)) < 1e-6)
        #expect(abs(try section("time").total("min_per_success").number - (104.0 * 8 / 60 + 35) / 10) < 0.001)
        #expect(report.notes[0].contains("Tue 10:00"))
    }

    @Test("it is of one campaign, and says so where none is named")
    func oneCampaign() throws {
        let none = try ReportBench.everything(.closing)
        let mistake = try #require(throws: ReportMistake.self) { try none.check() }
        #expect(mistake.field == "campaign")
    }
}
