import CampaignStore
import Campaigns
import Reports
import Testing

@Suite("The penetration report") struct PenetrationReportTests {
    private static let names = CallNames(
        campaigns: [1: "spring"],
        lists: [
            11: .init(id: 11, campaign: 1, name: "march"), 12: .init(id: 12, campaign: 1, name: "april"),
        ])
    private static let lists = [
        ListContacts(
            campaign: 1, list: 11, name: "march", byState: [.ready: 40, .waitingRetry: 10, .done: 30, .suppressed: 20]),
        ListContacts(campaign: 1, list: 12, name: "april", byState: [.ready: 5]),
    ]

    private func report(before: [TalliedCalls.Part]? = nil) throws -> Report {
        let part = { (list: Int64, pass: Int64, tally: CallTally) in
            TalliedCalls.Part(CallGroup(campaign: list == 0 ? 0 : 1, list: list, pass: pass), tally)
        }
        return PenetrationReport.report(
            .init(
                lists: Self.lists,
                calls: TalliedCalls(
                    now: [
                        part(
                            11, 1, ReportBench.tally([.answered: 20, .noAnswer: 30, .notSent: 4], said: [.success: 5])),
                        part(11, 2, ReportBench.tally([.answered: 1, .noAnswer: 19])),
                        part(0, 1, ReportBench.tally([.answered: 2])),
                    ], before: before), names: Self.names),
            for: try ReportBench.question(.penetration, isCompared: before != nil))
    }

    @Test("each list has a row a pass, a list without calls one of its own, and calls of no list stay in the sum")
    func rows() throws {
        let table = try report().sections[0].table
        #expect(
            table.columns == [
                "campaign", "list", "contacts", "pass", "calls", "persons", "contact_rate", "successes", "share_called",
                "left",
            ])
        #expect(
            try table.cells("list")
                == [.text("april"), .text("march"), .text("march"), .text("none")])
        #expect(try table.cells("pass") == [.none, .integer(1), .integer(2), .integer(1)])
        #expect(try table.cells("share_called") == [.share(0), .share(0.5), .share(0.2), .none])
        #expect(try table.cells("left") == [Cell(5), Cell(50), Cell(50), .none])
    }

    @Test("calls, persons and successes add up to the totals; contacts and what is left once a list")
    func totals() throws {
        let report = try report()
        let table = report.sections[0].table
        #expect(try table.addsUp("calls", "persons", "successes"))
        #expect(try table.total("calls") == report.figures[0].value)
        #expect(try table.total("contacts") == Cell(105))
        #expect(try table.total("left") == Cell(55))
    }

    @Test("the states of each list add up to its contacts, and the lists to all")
    func states() throws {
        let table = try #require(try report().sections.first { $0.id == "states" }).table
        let states = ContactState.allCases.map(\.rawValue)
        #expect(table.columns == ["campaign", "list"] + states + ["contacts"])
        for row in table.rows + [try #require(table.totals)] {
            #expect(row[2..<(2 + states.count)].reduce(0) { $0 + $1.number } == row.last?.number)
        }
        #expect(try table.addsUp("ready", "done", "suppressed", "contacts"))
    }

    @Test("the chart shows which part of each list was called a first and a second time")
    func chart() throws {
        let chart = try #require(try report().sections[0].chart)
        #expect(chart.labels == ["spring / april", "spring / march"])
        #expect(chart.series.map(\.name) == ["pass 1", "pass 2"])
        #expect(chart.series.map(\.values) == [[0, 0.5], [0, 0.2]])
    }

    @Test("with the period before, both add up")
    func compared() throws {
        let before = [
            TalliedCalls.Part(CallGroup(campaign: 1, list: 12, pass: 1), ReportBench.tally([.answered: 3]))
        ]
        let table = try report(before: before).sections[0].table
        #expect(try table.addsUp("calls", "calls_before"))
        #expect(try table.total("calls_before") == Cell(3))
    }
}
