import CampaignStore
import Campaigns
import Reports
import Testing

@Suite("The hours report") struct HourReportTests {
    private static let calls = TalliedCalls(now: [
        .init(
            CallGroup(localHour: 9), ReportBench.tally([.answered: 10, .noAnswer: 30], said: [.success: 4])),
        .init(CallGroup(localHour: 9), ReportBench.tally([.answered: 5, .noAnswer: 5])),
        .init(CallGroup(localHour: 34), ReportBench.tally([.answered: 20, .noAnswer: 20])),
        // One call that was answered is no best hour.
        .init(CallGroup(localHour: 50), ReportBench.tally([.answered: 1])),
        .init(CallGroup(localHour: -1), ReportBench.tally([.unknown: 2])),
        .init(CallGroup(localHour: 70), ReportBench.tally([.phoneRefused: 7])),
    ])

    private func report(before: [TalliedCalls.Part]? = nil) throws -> Report {
        let question = try ReportBench.question(.hours, isCompared: before != nil)
        return HourReport.report(
            .init(calls: TalliedCalls(now: Self.calls.now, before: before), names: CallNames()), for: question)
    }

    @Test("rows add up to the totals and to the figures, calls of no known clock included")
    func totals() throws {
        let report = try report()
        let table = report.sections[0].table
        #expect(table.columns == ["weekday", "hour", "calls", "persons", "contact_rate", "successes"])
        #expect(try table.addsUp("calls", "persons", "successes"))
        #expect(try table.total("calls") == Cell(93))
        #expect(report.figures[0].value == Cell(93))
        #expect(try table.total("contact_rate") == .share(36.0 / 93))
        #expect(try table.cells("weekday") == [.text("Mon"), .text("Tue"), .text("Wed"), .text("none")])
    }

    @Test("the chart is a week of hours, each the contact rate of the table, empty where nobody was called")
    func heat() throws {
        let chart = try #require(try report().sections[0].chart)
        #expect(chart.form == .heat && chart.isShare)
        #expect(chart.labels.count == 24 && chart.labels[9] == "09:00")
        #expect(chart.series.map(\.name) == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])
        #expect(chart.series[0].values[9] == 15.0 / 50)
        #expect(chart.series[1].values[10] == 0.5)
        #expect(chart.series.flatMap(\.values).compactMap { $0 }.count == 3)
    }

    @Test("what is no place is said with how to write it", arguments: ["Texas", "US-TEXAS", "US TX", ""])
    func noPlace(place: String) throws {
        let found = try #require(throws: ReportMistake.self) {
            try ReportBench.question(.hours, place: place).readPlace()
        }
        #expect(found.field == "place" && found.description.contains("US-TX"))
    }

    @Test("the best hours are those of many calls: one that was answered at once is not among them")
    func best() throws {
        let report = try report()
        let best = try #require(report.sections.first { $0.id == "best" })
        #expect(try best.table.cells("weekday") == [.text("Tue"), .text("Mon")])
        #expect(report.notes[0].contains("Tue 10:00 (50 % of 40 calls), Mon 09:00 (30 % of 50 calls)"))
        let nobody = HourReport.report(
            .init(calls: TalliedCalls(now: []), names: CallNames()), for: try ReportBench.question(.hours))
        #expect(nobody.notes.isEmpty)
    }

    @Test("with the period before, both add up")
    func compared() throws {
        let before = [
            TalliedCalls.Part(CallGroup(localHour: 9), ReportBench.tally([.answered: 1])),
            TalliedCalls.Part(CallGroup(localHour: 100), ReportBench.tally([.noAnswer: 3])),
        ]
        let table = try report(before: before).sections[0].table
        #expect(table.columns.suffix(3) == ["calls_before", "persons_before", "successes_before"])
        #expect(try table.addsUp("calls", "calls_before", "persons", "persons_before"))
        #expect(try table.total("calls_before") == Cell(4))
    }
}
