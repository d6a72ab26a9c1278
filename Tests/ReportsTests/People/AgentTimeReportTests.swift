import CallingRules
import Campaigns
import Reports
import Testing

@testable import CampaignStore

@Suite("The report of agents' time") struct AgentTimeReportTests {
    private static let minute: Int64 = 60_000

    private func time(
        _ agent: String, _ state: StationState, _ minutes: Int64, reason: String = "", station: String = "s1"
    ) -> StationTimeSum {
        StationTimeSum(
            station: station, agent: agent, state: state, reason: reason, milliseconds: minutes * Self.minute)
    }

    /// Ada is there for 110 minutes in every kind of state, at two stations; bob pauses; eve calls at stations of which no time is
    /// known; an hour and seven calls are nobody's.
    private func facts(before: [StationTimeSum]? = nil) -> AgentTimeReport.Facts {
        let part = { (agent: String, tally: CallTally) in TalliedCalls.Part(CallGroup(agent: agent), tally) }
        return AgentTimeReport.Facts(
            time: [
                time("ada", .ready, 20), time("ada", .ready, 10, station: "s2"), time("ada", .dialing, 10),
                time("ada", .inCall, 20), time("ada", .held, 5), time("ada", .wrapUp, 5), time("ada", .busyByHand, 2),
                time("ada", .paused, 30, reason: "lunch"), time("ada", .paused, 6), time("ada", .reserved, 1),
                time("ada", .unreachable, 1), time("bob", .paused, 15, reason: "lunch"),
                time("bob", .paused, 5, reason: "a talk"), time("", .ready, 60),
            ], timeBefore: before,
            calls: TalliedCalls(
                now: [
                    part(
                        "ada",
                        ReportBench.tally([.answered: 20, .noAnswer: 13, .notSent: 4], said: [.success: 5])),
                    part("eve", ReportBench.tally([.answered: 2])), part("", ReportBench.tally([.noAnswer: 7])),
                ],
                before: before == nil
                    ? nil : [part("ada", ReportBench.tally([.answered: 11], said: [.success: 2]))]),
            names: CallNames())
    }

    private func report(
        campaigns: Set<CampaignID>? = nil, before: [StationTimeSum]? = nil
    ) throws -> Report {
        AgentTimeReport.report(
            facts(before: before),
            for: try ReportBench.question(.agents, campaigns: campaigns, isCompared: before != nil))
    }

    @Test("each state falls into one column, and the columns add up to the time logged in")
    func columns() throws {
        let table = try report().sections[0].table
        #expect(
            table.columns == [
                "agent", "logged_in_min", "ready_min", "ringing_min", "talk_min", "hold_min", "wrap_up_min",
                "by_hand_min", "paused_min", "other_min", "occupancy", "calls", "calls_per_hour", "successes",
            ])
        let ada = try #require(table.row("ada"))
        #expect(ada[1...9].map(\.number) == [110, 30, 10, 20, 5, 5, 2, 36, 2])
        #expect(try table.cells("agent") == [.text("ada"), .text("bob"), .text("eve")])
        for row in table.rows { #expect(row[2...9].reduce(0) { $0 + $1.number } == row[1].number) }
    }

    @Test(
        "occupancy is calls of the time for calls, calls an hour are of the time logged in; of no time there is neither"
    )
    func rates() throws {
        let table = try report().sections[0].table
        // 10 + 20 + 5 + 5 of 40 + 30 minutes; 33 calls, the four that were not sent left out, in 110 minutes.
        #expect(table.row("ada")?[10...13] == [.share(4.0 / 7), Cell(33), .decimal(18), Cell(5)])
        #expect(table.row("bob")?[10...13] == [.none, Cell(0), .decimal(0), Cell(0)])
        #expect(table.row("eve")?[10...13] == [.none, Cell(2), .none, Cell(0)])
    }

    @Test(
        "totals are those of the rows, and the figures those of the totals; nobody's time and calls are told beside them"
    )
    func totals() throws {
        let report = try report()
        let table = report.sections[0].table
        #expect(try table.addsUp("logged_in_min", "ready_min", "paused_min", "other_min", "calls", "successes"))
        #expect(try table.total("logged_in_min").number == 130)
        #expect(try table.total("occupancy") == .share(4.0 / 7))
        #expect(
            report.figures.map(\.column) == [
                "logged_in_min", "occupancy", "paused_min", "calls", "calls_per_hour", "successes",
            ])
        // 35 calls in 130 minutes.
        let values: [Double] = [130, 4.0 / 7, 56, 35, 2100.0 / 130, 5]
        #expect(report.figures.map(\.value.number) == values)
        #expect(report.figures.allSatisfy { $0.before == .none })
        #expect(report.notes.contains { $0.hasPrefix("60.0 minutes of stations") })
        #expect(report.notes.contains { $0.hasPrefix("7 calls of stations") })
    }

    @Test("pauses are told by reason, the longest name of none at the end, each as a share of its agent's")
    func pauses() throws {
        let section = try #require(try report().sections.first { $0.id == "pauses" })
        #expect(section.table.columns == ["agent", "reason", "paused_min", "share"])
        let rows: [[Cell]] = [
            [.text("ada"), .text("lunch"), .decimal(30), .share(30.0 / 36)],
            [.text("ada"), .text("none"), .decimal(6), .share(6.0 / 36)],
            [.text("bob"), .text("a talk"), .decimal(5), .share(0.25)],
            [.text("bob"), .text("lunch"), .decimal(15), .share(0.75)],
        ]
        #expect(section.table.rows == rows)
        #expect(try section.table.total("paused_min").number == 56)
        let chart = try #require(section.chart)
        #expect(chart.labels == ["ada", "bob"])
        #expect(chart.series.map(\.name) == ["a talk", "lunch", "none"])
        #expect(chart.series.map(\.values) == [[0, 5], [30, 15], [6, 0]])
    }

    @Test("the chart stacks the minutes of the table, without states that nobody was in")
    func chart() throws {
        let chart = try #require(try report().sections[0].chart)
        #expect(chart.form == .stacked && chart.unit == "minutes")
        #expect(chart.labels == ["ada", "bob", "eve"])
        #expect(
            chart.series.map(\.name) == ["ready", "ringing", "talk", "hold", "wrap_up", "by_hand", "paused", "other"])
        #expect(chart.series[6].values == [36, 20, 0])
    }

    @Test("of some campaigns only agents with calls in them are shown, and it says of what their time is")
    func campaigns() throws {
        let report = try report(campaigns: [CampaignID(1)])
        #expect(try report.sections[0].table.cells("agent") == [.text("ada"), .text("eve")])
        #expect(try report.sections[1].table.cells("agent") == [.text("ada"), .text("ada")])
        #expect(report.notes[0].contains("whatever the campaign"))
        #expect(!report.notes.contains { $0.contains("minutes of stations") })
    }

    @Test("with the period before, both add up, and who was there only then keeps a row")
    func compared() throws {
        let report = try report(before: [time("ada", .ready, 40), time("zoe", .inCall, 20)])
        let table = report.sections[0].table
        #expect(table.columns.suffix(3) == ["logged_in_min_before", "calls_before", "successes_before"])
        #expect(table.row("ada")?.suffix(3).map(\.number) == [40, 11, 2])
        #expect(table.row("zoe")?.last == Cell(0))
        #expect(try table.addsUp("calls", "calls_before", "logged_in_min", "logged_in_min_before"))
        #expect(report.figures[1].before == .share(20.0 / 60))
    }
}
