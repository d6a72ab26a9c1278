import Campaigns
import Reports
import Testing

@testable import CampaignStore

@Suite("The report of phones") struct PhoneHealthReportTests {
    private func time(_ station: String, _ state: StationState, _ minutes: Int64) -> StationTimeSum {
        StationTimeSum(station: station, agent: "", state: state, reason: "", milliseconds: minutes * 60_000)
    }

    private func tally(_ calls: [Outcome: Int], gap: Int64) -> CallTally {
        var tally = ReportBench.tally(calls)
        tally.gapMilliseconds = gap
        return tally
    }

    private func report(
        present: [String: PresentState]? = nil, before: [TalliedCalls.Part]? = nil, station: String? = nil
    ) throws -> Report {
        var question = try ReportBench.question(.phones, isCompared: before != nil)
        question.scope.station = station
        return PhoneHealthReport.report(
            .init(
                calls: TalliedCalls(
                    now: [
                        .init(
                            CallGroup(station: "desk-1"),
                            tally(
                                [.answered: 90, .failedFast: 6, .phoneRefused: 2, .notSent: 1, .phoneLost: 1],
                                gap: 60_050)),
                        .init(CallGroup(station: "desk-2"), tally([.answered: 3, .noAnswer: 1], gap: 2001)),
                        .init(CallGroup(station: "base-1/1"), tally([.answered: 9, .phoneLost: 1], gap: 5004)),
                    ], before: before),
                time: [
                    time("desk-1", .ready, 500), time("desk-2", .ready, 100), time("desk-2", .dnd, 3),
                    time("desk-2", .unregistered, 2), time("desk-3", .unreachable, 30), time("desk-3", .lockedOut, 10),
                    time("desk-3", .unknown, 10),
                ], timeBefore: before == nil ? nil : [], present: present, names: CallNames()), for: question)
    }

    @Test("the worst come first, whether calls or minutes are lost, and each trouble is counted")
    func worstFirst() throws {
        let table = try report().sections[0].table
        #expect(
            table.columns == [
                "station", "attempts", "phone_refused", "not_sent", "phone_lost", "failed_fast", "trouble_share",
                "gap_ms", "unreachable_min", "locked_out_min", "state",
            ])
        // 40 of 50 minutes; 10 of 100 and 1 of 10 attempts, more of them first; 5 of 105 minutes.
        #expect(
            try table.cells("station") == [.text("desk-3"), .text("desk-1"), .text("base-1/1"), .text("desk-2")])
        #expect(table.row("desk-1")?[1...5].map(\.number) == [100, 2, 1, 1, 6])
        #expect(try table.cells("trouble_share") == [.none, .share(0.1), .share(0.1), .share(0)])
        // 60,050 ms over 100 attempts, 5,004 over 10, 2,001 over 4, a half upwards.
        #expect(try table.cells("gap_ms") == [.none, Cell(601), Cell(500), Cell(500)])
        #expect(table.row("desk-3")?[8...9] == [.decimal(30), .decimal(10)])
    }

    @Test("rows add up to the totals and the figures")
    func totals() throws {
        let report = try report()
        let table = report.sections[0].table
        #expect(
            try table.addsUp(
                "attempts", "phone_refused", "not_sent", "phone_lost", "failed_fast", "unreachable_min",
                "locked_out_min"))
        let values: [Double] = [114, 11, 11.0 / 114, 30, 10]
        #expect(report.figures.map(\.value.number) == values)
    }

    @Test("time in which a station could not dial is told by its kind, of all the time that it was watched")
    func time() throws {
        let table = try report().sections[1].table
        #expect(
            table.columns == [
                "station", "watched_min", "unreachable_min", "locked_out_min", "unregistered_min", "dnd_min",
                "lost_share",
            ])
        #expect(table.row("desk-3")?[1...5].map(\.number) == [50, 30, 10, 0, 0])
        #expect(table.row("desk-2")?[1...5].map(\.number) == [105, 0, 0, 2, 3])
        #expect(try table.cells("lost_share") == [.share(0.8), .share(0), .share(5.0 / 105)])
    }

    @Test("the present state stands beside a station only while offhook runs, which also shows those that did nothing")
    func present() throws {
        let now = Instant(milliseconds: 0)
        #expect(try report().sections[0].table.cells("state") == [.none, .none, .none, .none])
        #expect(try report().notes.contains { $0.contains("does not run") })
        let states = [
            "desk-3": PresentState(state: .lockedOut, reason: "", since: now),
            "desk-9": PresentState(state: .ready, reason: "", since: now),
        ]
        let running = try report(present: states)
        #expect(running.sections[0].table.row("desk-3")?.last == .text("locked_out"))
        #expect(running.sections[0].table.row("desk-9")?.last == .text("ready"))
        #expect(!running.notes.contains { $0.contains("does not run") })
        #expect(try report(present: states, station: "desk-3").sections[0].table.row("desk-9") == nil)
    }

    @Test("it says what a base cannot show, and the chart has the stations with trouble")
    func notes() throws {
        let report = try report()
        #expect(report.notes.contains { $0.contains("DP base cannot show calls that were dialled by hand") })
        let chart = try #require(report.sections[0].chart)
        #expect(chart.labels == ["desk-1", "base-1/1"])
        #expect(chart.series.map(\.name) == ["phone_refused", "not_sent", "phone_lost", "failed_fast"])
        #expect(chart.series.map(\.values) == [[2, 0], [1, 0], [1, 1], [6, 0]])
    }

    @Test("with the period before, both add up")
    func compared() throws {
        let table = try report(before: [
            .init(CallGroup(station: "desk-7"), tally([.phoneLost: 2, .answered: 1], gap: 0))
        ]).sections[0].table
        #expect(try table.addsUp("attempts", "attempts_before", "phone_lost", "phone_lost_before"))
        #expect(try table.total("phone_lost_before") == Cell(2))
    }

    @Test("from a store, a station's minutes and calls stand side by side")
    func stored() throws {
        let campaign = try CalledCampaign()
        try campaign.store.noteStationState(
            .unreachable, was: .ready, station: "s1", agent: nil, campaign: nil, reason: nil, at: campaign.start)
        try campaign.call(.failedFast, after: 10)
        try campaign.call(.answered, .success, after: 11)
        var question = try ReportBench.everything(.phones)
        (question.now, question.isEngineRunning) = (campaign.start + .seconds(1200), true)
        let row = try #require(try PhoneHealthReport.answer(question, in: campaign.store).sections[0].table.row("s1"))
        #expect(row[1...6] == [Cell(2), Cell(0), Cell(0), Cell(0), Cell(1), .share(0.5)])
        #expect(row[8...10] == [.decimal(20), .decimal(0), .text("unreachable")])
    }
}
