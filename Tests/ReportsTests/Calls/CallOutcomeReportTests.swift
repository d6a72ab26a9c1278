import CallingRules
import CampaignStore
import Campaigns
import Reports
import Testing

@Suite("The outcomes report") struct CallOutcomeReportTests {
    private static let names = CallNames(
        campaigns: [1: "spring", 2: "autumn"],
        lists: [11: .init(id: 11, campaign: 1, name: "march"), 21: .init(id: 21, campaign: 2, name: "march")])

    private func quarter(_ text: String) throws -> Instant { try #require(Instant(iso8601: text)) }

    /// Calls of every group that there is: of no campaign, at a time that is not known, by nobody.
    private func parts() throws -> [TalliedCalls.Part] {
        let group = { (campaign: Int64, list: Int64, agent: String, hour: Int64, at: String) in
            CallGroup(
                campaign: campaign, list: list, agent: agent, station: "s\(campaign)", localHour: hour,
                quarterHour: try quarter(at))
        }
        return [
            .init(
                try group(1, 11, "ada", 9, "2026-11-02T14:00:00Z"),
                ReportBench.tally([.answered: 3, .noAnswer: 5], said: [.success: 2])),
            .init(
                try group(1, 11, "bob", 33, "2026-11-03T14:00:00Z"),
                ReportBench.tally([.noAnswer: 4, .phoneRefused: 2])),
            .init(try group(2, 21, "ada", 33, "2026-11-03T04:45:00Z"), ReportBench.tally([.shortAnswer: 1])),
            .init(try group(0, 0, "", -1, "2026-11-03T05:00:00Z"), ReportBench.tally([.unknown: 1, .notSent: 1])),
        ]
    }

    private func report(
        by grouping: ReportGrouping, before: [TalliedCalls.Part]? = nil, isCompared: Bool = false
    ) throws -> Report {
        CallOutcomeReport.report(
            .init(calls: TalliedCalls(now: try parts(), before: before), names: Self.names, contacts: nil),
            for: try ReportBench.question(.outcomes, by: grouping, isCompared: isCompared))
    }

    @Test(
        "rows add up to the totals and shares to one a group, however calls are told apart",
        arguments: ReportGrouping.allCases)
    func totals(grouping: ReportGrouping) throws {
        let table = try report(by: grouping).sections[0].table
        #expect(table.columns == [grouping.rawValue, "outcome", "attempts", "contacts", "share", "ring_s", "talk_s"])
        #expect(try table.addsUp("attempts"))
        #expect(try table.total("attempts") == Cell(17))
        let groups = Set(try table.cells(grouping.rawValue))
        #expect(abs(try table.sum("share") - Double(groups.count)) < 1e-9)
    }

    @Test("the figures count what dialled, and persons of it")
    func figures() throws {
        let figures = try report(by: .campaign).figures
        #expect(figures.map(\.column) == ["calls", "connected", "persons", "contact_rate", "successes", "talk_min"])
        #expect(
            figures.map(\.value) == [Cell(14), Cell(4), Cell(4), .share(4.0 / 14), Cell(2), .decimal(4)])
        #expect(figures.allSatisfy { $0.before == .none })
    }

    @Test("groups have the names of campaigns and lists, and what has none is called none, at the end")
    func groupNames() throws {
        let first = { (grouping: ReportGrouping) in
            var seen: [Cell] = []
            for cell in try report(by: grouping).sections[0].table.cells(grouping.rawValue) where seen.last != cell {
                seen.append(cell)
            }
            return seen
        }
        #expect(try first(.campaign) == [.text("autumn"), .text("spring"), .text("none")])
        #expect(try first(.list) == [.text("autumn / march"), .text("spring / march"), .text("none")])
        #expect(try first(.agent) == [.text("ada"), .text("bob"), .text("none")])
        #expect(try first(.hour) == [.text("09:00"), .text("none")])
        #expect(try first(.weekday) == [.text("Mon"), .text("Tue"), .text("none")])
    }

    @Test("days are those of the clock that is asked: a quarter hour before its midnight is the day before")
    func days() throws {
        let table = try report(by: .day).sections[0].table
        #expect(table.row("2026-11-02", "short_answer") != nil)
        #expect(table.row("2026-11-03", "unknown") != nil)
    }

    @Test("on the day that the clock goes back, the 25th hour belongs to it")
    func clockChange() throws {
        let last = TalliedCalls.Part(
            CallGroup(quarterHour: try quarter("2026-11-02T04:45:00Z")), ReportBench.tally([.answered: 1]))
        let next = TalliedCalls.Part(
            CallGroup(quarterHour: try quarter("2026-11-02T05:00:00Z")), ReportBench.tally([.answered: 1]))
        let report = CallOutcomeReport.report(
            .init(calls: TalliedCalls(now: [last, next]), names: Self.names, contacts: nil),
            for: try ReportBench.question(.outcomes, by: .day))
        #expect(try report.sections[0].table.cells("day") == [.text("2026-11-01"), .text("2026-11-02")])
    }

    @Test("contacts are counted once a row, over all hours of the same name, and once in the total")
    func contacts() throws {
        let group = { (hour: Int64) in CallGroup(localHour: hour) }
        let report = CallOutcomeReport.report(
            .init(
                calls: TalliedCalls(now: [
                    .init(group(9), ReportBench.tally([.noAnswer: 2])),
                    .init(group(33), ReportBench.tally([.noAnswer: 1, .answered: 1])),
                ]), names: Self.names,
                contacts: [
                    (group(9), .noAnswer, 1), (group(9), .noAnswer, 2), (group(33), .noAnswer, 1),
                    (group(33), .answered, 2),
                ]), for: try ReportBench.question(.outcomes, by: .hour))
        let table = report.sections[0].table
        #expect(table.row("09:00", "no_answer")?[3] == Cell(2))
        #expect(table.row("09:00", "answered")?[3] == Cell(1))
        #expect(try table.total("contacts") == Cell(2))
        #expect(report.notes.allSatisfy { !$0.contains("not counted") })
    }

    @Test("where there are too many attempts contacts are left out, and a note says so")
    func manyAttempts() throws {
        let report = try report(by: .campaign)
        #expect(try report.sections[0].table.cells("contacts").allSatisfy { $0 == .none })
        #expect(report.notes.contains { $0.contains("50000") })
    }

    @Test("with the period before, its attempts add up as well, and rows that were only there then are kept")
    func compared() throws {
        let before = [
            TalliedCalls.Part(
                CallGroup(campaign: 1), ReportBench.tally([.answered: 1, .busyOrRejected: 6])),
            TalliedCalls.Part(CallGroup(campaign: 3), ReportBench.tally([.noAnswer: 2])),
        ]
        let report = try report(by: .campaign, before: before, isCompared: true)
        let table = report.sections[0].table
        #expect(table.columns.last == "attempts_before")
        #expect(try table.addsUp("attempts", "attempts_before"))
        #expect(try table.total("attempts_before") == Cell(9))
        #expect(table.row("spring", "answered")?.last == Cell(1))
        #expect(table.row("spring", "busy_or_rejected")?[2] == Cell(0))
        #expect(table.row("campaign 3", "no_answer")?.last == Cell(2))
        #expect(report.figures[0].before == Cell(9))
        #expect(report.name.definition(of: "attempts_before") != nil)
    }

    @Test("days are set beside the same day of the period before")
    func comparedDays() throws {
        let report = CallOutcomeReport.report(
            .init(
                calls: TalliedCalls(
                    now: [
                        .init(
                            CallGroup(quarterHour: try quarter("2026-11-03T14:00:00Z")),
                            ReportBench.tally([.answered: 3]))
                    ],
                    before: [
                        .init(
                            CallGroup(quarterHour: try quarter("2026-10-27T14:00:00Z")),
                            ReportBench.tally([.answered: 5]))
                    ]), names: Self.names, contacts: nil),
            for: try ReportBench.question(.outcomes, by: .day, isCompared: true))
        let table = report.sections[0].table
        #expect(table.rows.count == 1)
        #expect(table.rows[0].first == .text("2026-11-03"))
        #expect(table.rows[0].last == Cell(5))
    }

    @Test("averages are rounded to whole seconds, halves upwards, of the attempts of the row")
    func averages() throws {
        var tally = ReportBench.tally([.answered: 2])
        tally.ringMilliseconds[.answered] = 3000
        tally.talkMilliseconds[.answered] = 2998
        let report = CallOutcomeReport.report(
            .init(calls: TalliedCalls(now: [.init(CallGroup(campaign: 1), tally)]), names: Self.names, contacts: nil),
            for: try ReportBench.question(.outcomes))
        #expect(report.sections[0].table.rows[0].suffix(2) == [.integer(2), .integer(1)])
    }

    @Test("the chart stacks the outcomes that came, and its numbers are the table's")
    func chart() throws {
        let section = try report(by: .agent).sections[0]
        let chart = try #require(section.chart)
        #expect(chart.form == .stacked)
        #expect(chart.labels == ["ada", "bob", "none"])
        #expect(chart.series.flatMap(\.values).compactMap { $0 }.reduce(0, +) == 17)
        #expect(chart.series.allSatisfy { $0.values.count == 3 })
    }

    @Test("without calls it says why, and what to do")
    func empty() throws {
        let facts = CallOutcomeReport.Facts(calls: TalliedCalls(now: []), names: Self.names, contacts: [])
        let ever = CallOutcomeReport.report(facts, for: try ReportBench.everything(.outcomes))
        #expect(ever.sections[0].text.hasPrefix("Nothing was dialled yet"))
        let filtered = CallOutcomeReport.report(
            facts, for: try ReportBench.question(.outcomes, campaigns: [CampaignID(1)]))
        #expect(filtered.sections[0].text.contains("leave a filter out"))
        #expect(filtered.subtitle == "2026-11-01 to 2026-11-07, clock of America/New_York; campaign spring")
    }
}
