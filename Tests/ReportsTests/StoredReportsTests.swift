import CallingRules
import CampaignStore
import Campaigns
import Testing

@testable import Reports

@Suite("Reports from a store") struct StoredReportsTests {
    /// Ten calls to eight contacts, two of them a second time.
    private func called() throws -> CalledCampaign {
        let campaign = try CalledCampaign()
        try campaign.call(.answered, .success, after: 0)
        try campaign.call(.noAnswer, after: 1)
        try campaign.call(.answered, .notInterested, after: 20, agent: "bob", talk: .seconds(30))
        try campaign.call(.shortAnswer, .machine, after: 21, agent: "bob", talk: .seconds(5))
        try campaign.call(.busyOrRejected, after: 22, station: "s2")
        try campaign.call(.failedFast, after: 23, station: "s2")
        try campaign.call(.answered, .success, after: 24, agent: "")
        try campaign.call(.answered, .noneGiven, after: 25)
        // The retries of the day after.
        try campaign.call(.answered, .success, after: 1440)
        try campaign.call(.noAnswer, after: 1441)
        return campaign
    }

    private func answers(_ campaign: CalledCampaign, _ question: ReportQuestion) throws -> Report {
        switch question.report {
        case .outcomes: try CallOutcomeReport.answer(question, in: campaign.store)
        case .dispositions: try DispositionReport.answer(question, in: campaign.store)
        case .hours: try HourReport.answer(question, in: campaign.store)
        case .penetration: try PenetrationReport.answer(question, in: campaign.store)
        case .conflicts: try ConflictReport.answer(question, in: campaign.store)
        default: try ClosingReport.answer(question, in: campaign.store)
        }
    }

    private static let mine: [ReportName] = [.outcomes, .dispositions, .hours, .penetration, .conflicts, .closing]

    @Test("each column and figure of each report is defined by the report itself", arguments: mine)
    func defined(name: ReportName) throws {
        let campaign = try called()
        for grouping in name == .outcomes ? ReportGrouping.allCases : [.campaign] {
            var question = try ReportBench.everything(name, campaigns: [campaign.id])
            question.grouping = grouping
            let report = try answers(campaign, question)
            #expect(report.sections[0].id == name.rawValue)
            #expect(Set(report.sections.map(\.id)).count == report.sections.count)
            let columns = report.sections.flatMap(\.table.columns) + report.figures.map(\.column)
            for column in columns {
                #expect(name.ownDefinitions.contains { $0.column == column }, "\(name) says nothing of \(column)")
            }
            for table in report.sections.map(\.table) {
                #expect(table.rows.allSatisfy { $0.count == table.columns.count })
                #expect((table.totals?.count ?? table.columns.count) == table.columns.count)
            }
        }
    }

    @Test("every report of calls counts the same calls")
    func sameCalls() throws {
        let campaign = try called()
        for name in [ReportName.outcomes, .dispositions, .hours, .penetration, .closing] {
            let figures = try answers(campaign, ReportBench.everything(name, campaigns: [campaign.id])).figures
            #expect(figures.prefix(3).map(\.value) == [Cell(10), Cell(6), Cell(5)], "\(name)")
            #expect(figures[4].value == Cell(3), "\(name)")
        }
    }

    @Test("contacts are counted as people: the two that were called twice are one each")
    func contacts() throws {
        let campaign = try called()
        let report = try answers(campaign, ReportBench.everything(.outcomes))
        let table = report.sections[0].table
        #expect(try table.total("contacts") == Cell(8))
        #expect(try table.total("attempts") == Cell(10))
    }

    @Test(
        "days put together by the store are those of each quarter hour on the clock, across changes of the clock",
        arguments: ["America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns"])
    func days(zone: String) throws {
        let campaign = try CalledCampaign(contacts: 40)
        // From three days before, over the American change of 2026-03-08, a call a day at another hour, and over Lord Howe's of April 5.
        for index in 0..<30 {
            try campaign.call(.answered, .success, after: Int64(index) * 1395 - 4320)
        }
        var question = try ReportBench.everything(.outcomes)
        question.clock = try #require(ZoneClock(zone))
        question.grouping = .day
        let table = try answers(campaign, question).sections[0].table
        var expected: [String: Int] = [:]
        for (group, tally) in try campaign.store.callTallies(by: [.quarterHour], in: question.scope) {
            let day = question.clock.local(at: try #require(group.quarterHour)).day
            expected[CivilDate(daysSince1970: day).text, default: 0] += tally.attempts
        }
        let told = zip(try table.cells("day"), try table.cells("attempts")).map { ($0.text, Int($1.number)) }
        #expect(Dictionary(uniqueKeysWithValues: told) == expected)
        let slow = try campaign.store.callTallies(
            byDaysOf: question.clock.offsets(over: try #require(try campaign.store.timeOfCalls())), in: question.scope,
            readingAttempts: true)
        #expect(slow.reduce(0) { $0 + $1.tally.attempts } == 30)
        #expect(Set(slow.map { CivilDate(daysSince1970: $0.day).text }) == Set(expected.keys))
    }

    @Test(
        "a place is a country, a state or a province, in any case",
        arguments: [("US-TX", 9), ("us-tx", 9), ("US", 9), ("CA", 1), ("ca-on", 1), ("FR", 0)])
    func place(place: String, calls: Int) throws {
        let campaign = try called()
        var question = try ReportBench.everything(.hours)
        question.place = place
        let report = try answers(campaign, question)
        #expect(try report.sections[0].table.total("calls") == Cell(calls))
        #expect(report.subtitle.hasSuffix("place \(place.uppercased())"))
    }

    @Test("the calls of a place are narrowed to one list, agent or station as well")
    func narrowedPlace() throws {
        let campaign = try called()
        let lists = try campaign.store.callNames().lists
        let calls = { (change: (inout ReportScope) throws -> Void) in
            var question = try ReportBench.everything(.hours)
            question.place = "US-TX"
            try change(&question.scope)
            return try self.answers(campaign, question).sections[0].table.total("calls")
        }
        for (name, expected) in [("march", 9), ("april", 0)] {
            let list = try #require(lists.first { $0.value.name == name }).key
            #expect(try calls { $0.list = list } == Cell(expected))
        }
        #expect(try calls { $0.agent = "bob" } == Cell(2))
        #expect(try calls { $0.station = "s2" } == Cell(2))
    }

    @Test("the list that was not called has no pass, the other two passes, and what is left is counted")
    func penetration() throws {
        let campaign = try called()
        let table = try answers(campaign, ReportBench.everything(.penetration)).sections[0].table
        #expect(try table.cells("list") == [.text("april"), .text("march"), .text("march")])
        #expect(try table.cells("contacts") == [Cell(2), Cell(8), Cell(8)])
        #expect(try table.cells("calls") == [Cell(0), Cell(8), Cell(2)])
        let left = try campaign.store.listContacts().map(\.left)
        #expect(try table.total("left") == Cell(left.reduce(0, +)))
        #expect(left.last == 2)
    }

    @Test("hours are the contact's: 14:00 in London is 09:00 in Chicago, and Texas is asked for by its area")
    func hours() throws {
        let campaign = try called()
        var question = try ReportBench.everything(.hours)
        let all = try answers(campaign, question).sections[0].table
        // The first contact lives in Ontario, an hour ahead.
        #expect(all.row("Tue", "09:00") != nil)
        #expect(all.row("Tue", "10:00") != nil)
        question.place = "CA-ON"
        let ontario = try answers(campaign, question)
        #expect(try ontario.sections[0].table.cells("hour") == [.text("10:00")])
        question.place = "US-TX"
        let texas = try answers(campaign, question)
        #expect(texas.figures[0].value.number + ontario.figures[0].value.number == 10)
    }

    @Test("a filter gives the same from attempts as the sums that are kept give together")
    func filters() throws {
        let campaign = try called()
        var question = try ReportBench.everything(.dispositions)
        var sum = 0.0
        for agent in ["ada", "bob", ""] {
            question.scope.agent = agent
            sum += try answers(campaign, question).figures[0].value.number
        }
        #expect(sum == 10)
        question.scope.agent = nil
        question.scope.station = "s2"
        #expect(try answers(campaign, question).figures[0].value == Cell(2))
    }

    @Test("the closing funnel counts people where they can be counted")
    func closing() throws {
        let campaign = try called()
        let table = try answers(
            campaign, ReportBench.everything(.closing, campaigns: [campaign.id])
        ).sections[0].table
        #expect(try table.cells("contacts").prefix(3) == [Cell(10), Cell(10), Cell(8)])
        #expect(try table.cells("calls").suffix(3) == [Cell(10), Cell(6), Cell(3)])
        #expect(try table.cells("contacts")[4] == Cell(3))
    }

    @Test("a question that says what the report does not go by is refused by the name of the option")
    func refused() throws {
        var question = try ReportBench.everything(.penetration)
        question.scope.agent = "ada"
        let mistake = try #require(throws: ReportMistake.self) { try question.check() }
        #expect(mistake.field == "agent")
        #expect(mistake.description.contains("takes no “agent”"))
        for report in ReportName.allCases where !report.options.contains(.by) {
            var other = try ReportBench.everything(report, campaigns: [CampaignID(1)])
            other.grouping = .hour
            #expect(throws: ReportMistake.self) { try other.check() }
        }
    }
}
