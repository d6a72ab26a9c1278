import CallingRules
import Campaigns
import Eligibility
import PhoneNumbers
import Testing

@testable import CampaignStore
@testable import Reports

@Suite("The compliance report") struct ComplianceReportTests {
    private static let newYork = Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY")
    private let now = Instant(milliseconds: 1_773_151_200_000)

    private func number(_ index: Int) throws -> PhoneNumber {
        try #require(PhoneNumber(digits: 12_125_550_100 + Int64(index)))
    }

    private func rules(_ caps: String, pack: RulePack = .none) throws -> EligibilityRules {
        EligibilityRules(
            campaign: try CampaignFile.read(
                "campaign: a\nregion: US\ncalling_rules: { pack: none }\n\(caps)\n", file: "c.yaml"), pack: pack)
    }

    /// Calls so many hours ago.
    private func calls(_ hours: Int64..., other: Bool = false, conversed: Bool = false) -> [PastCall] {
        hours.map {
            let at = now - .seconds($0 * 3600)
            return PastCall(at: at, isThisNumber: !other, conversedAt: conversed ? at : nil)
        }
    }

    private func called(
        _ index: Int, _ calls: [PastCall], day: Int = 0, week: Int = 0, area: Area? = newYork
    ) throws -> MuchCalledNumber {
        MuchCalledNumber(
            campaign: CampaignID(1), number: try number(index), lastDay: day, lastWeek: week, area: area,
            pastCalls: calls)
    }

    @Test("the nearest cap is the one of which most is used, counted as before a call: window, number, conversations")
    func nearestCap() throws {
        let rules = try rules(
            "caps: [{ attempts: 3, within: 24h }, { attempts: 4, within: 7d, per: number }, "
                + "{ conversations: 5, within: 30d }]")
        let use = { (calls: [PastCall]) in CapUse(try called(1, calls), under: rules, at: now) }
        // The call that is exactly a day old has left the day; the other number's counts for the contact alone.
        let first = try use(calls(1, 24) + calls(2, other: true))
        #expect(first.cap?.limit == 3 && first.counted == 2 && first.share == 2.0 / 3)
        let second = try use(calls(30, 40, 50))
        #expect(second.cap?.limit == 4 && second.counted == 3)
        let third = try use(calls(200, 300, 400, 500, conversed: true))
        #expect(third.cap?.counting == .conversations && third.counted == 4 && !third.isOver)
        let over = try use(calls(1, 2, 3, 4))
        #expect(over.cap?.limit == 3 && over.counted == 4 && over.isOver)
        // None counts for any: the narrowest stands there.
        let none = try use(calls(2000))
        #expect(none.cap?.limit == 3 && none.counted == 0)
        #expect(CapUse(try called(1, calls(1)), under: nil, at: now).cap == nil)
    }

    @Test("a cap of a pack holds where its rule holds")
    func packs() throws {
        let pack = try RulePackFile.read(
            """
            pack: us
            version: "2026-01-01"
            region: US
            rules: [{ places: [US-FL], source: a statute, caps: [{ attempts: 3, within: 24h }] }]
            """, file: "us.yaml")
        let campaign = try CampaignFile.read(
            "campaign: a\nregion: US\ncalling_rules: { pack: us }\n", file: "c.yaml")
        let rules = EligibilityRules(campaign: campaign, pack: pack)
        let florida = Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-FL")
        let there = CapUse(try called(1, calls(1), area: florida), under: rules, at: now)
        #expect(there.cap?.source.contains("a statute") == true && there.counted == 1)
        #expect(CapUse(try called(1, calls(1)), under: rules, at: now).cap == nil)
    }

    private func facts(before: [PackCount]? = nil) throws -> ComplianceReport.Facts {
        let said = { (wishes: Int) in
            TalliedCalls.Part(
                CallGroup(), ReportBench.tally([.answered: 40, .noAnswer: 60], said: [.doNotCall: wishes]))
        }
        let source = { (name: String, campaign: String?, entries: Int) in
            SuppressionSource(
                name: name, campaign: campaign, file: nil, entries: entries, loadedAt: now, currentAt: now)
        }
        return ComplianceReport.Facts(
            packs: [
                PackCount(campaign: 2, pack: "us", version: "2026-09-01", calls: 30),
                PackCount(campaign: 1, pack: "us", version: "2026-09-01", calls: 50),
                PackCount(campaign: 1, pack: "us", version: "2026-01-01", calls: 20),
            ], packsBefore: before, calls: TalliedCalls(now: [said(3)], before: [said(1)]),
            muchCalled: [
                MuchCalled(
                    campaign: CampaignID(1),
                    numbers: [
                        try called(1, calls(1), day: 9, week: 9), try called(2, calls(1, 2), day: 2, week: 2),
                        try called(3, calls(1, 2, 3, 4), day: 4, week: 4), try called(4, calls(5, 6), day: 2, week: 3),
                    ], isSince: now - .seconds(86_400))
            ], rules: [CampaignID(1): try rules("caps: [{ attempts: 3, within: 24h }]")],
            hours: [
                HoursCalled(campaign: 1, area: 5, earliest: 9, latest: 19, calls: 40, unclocked: 0),
                HoursCalled(campaign: 1, area: 6, earliest: 8, latest: 12, calls: 30, unclocked: 0),
                HoursCalled(campaign: 1, area: 7, earliest: nil, latest: nil, calls: 2, unclocked: 2),
                HoursCalled(campaign: 2, area: 5, earliest: 10, latest: 20, calls: 28, unclocked: 0),
            ],
            areas: [
                5: Area(zones: ["America/Chicago"], region: "US", jurisdiction: "US-TX"),
                6: Area(zones: ["America/Denver"], region: "US", jurisdiction: "US-TX"),
                7: Area(zones: [], region: nil, jurisdiction: nil),
            ],
            suppressed: [
                SuppressedCalls(source: source("", nil, 7), callsAfter: 0),
                SuppressedCalls(source: source("registry", "a", 900), callsAfter: 2, isCut: true),
            ], suppressedContacts: 11, names: CallNames(campaigns: [1: "spring", 2: "autumn"]))
    }

    private func report(before: [PackCount]? = nil) throws -> Report {
        var question = try ReportBench.question(.compliance, isCompared: before != nil)
        question.now = now
        return ComplianceReport.report(try facts(before: before), for: question)
    }

    private func section(_ id: String) throws -> Table {
        try #require(try report().sections.first { $0.id == id }).table
    }

    @Test("calls stand by campaign, pack and version, and add up; those of the period before beside them")
    func packRows() throws {
        let table = try report(before: [PackCount(campaign: 1, pack: "us", version: "2025-01-01", calls: 8)])
            .sections[0].table
        #expect(table.columns == ["campaign", "rule_pack", "version", "calls", "calls_before"])
        #expect(table.row("autumn", "us", "2026-09-01")?[3] == Cell(30))
        #expect(table.row("spring", "us", "2025-01-01")?.suffix(2) == [Cell(0), Cell(8)])
        #expect(try table.addsUp("calls", "calls_before"))
        #expect(try table.total("calls") == Cell(100))
    }

    @Test(
        "the numbers that used most of a cap come first, not those that were called most; of equal use the more called")
    func nearest() throws {
        let table = try section("nearest")
        #expect(
            table.columns == [
                "campaign", "number", "calls_24h", "calls_7d", "cap", "counted", "most", "used_share", "cap_source",
            ])
        #expect(try table.cells("number") == [3, 4, 2, 1].map { .text(try number($0).e164) })
        #expect(try table.cells("counted") == [Cell(4), Cell(2), Cell(2), Cell(1)])
        #expect(try table.cells("used_share") == [.share(4.0 / 3), .share(2.0 / 3), .share(2.0 / 3), .share(1.0 / 3)])
        #expect(try table.cells("most").allSatisfy { $0 == Cell(3) })
        #expect(try table.cells("cap").first == .text("3 attempts to a contact within 24 h"))
    }

    @Test("at most fifty numbers of each campaign are shown, the nearest to their cap")
    func fifty() throws {
        let numbers = try (1...60).map { try called($0, $0 > 55 ? calls(1, 2) : calls(1)) }
        let found = CapUse.nearest(
            [MuchCalled(campaign: CampaignID(1), numbers: numbers)],
            under: [CampaignID(1): try rules("caps: [{ attempts: 3, within: 24h }]")], at: now)
        #expect(found.count == 50)
        #expect(found.prefix(6).map(\.counted) == [2, 2, 2, 2, 2, 1])
    }

    @Test("hours are the widest of a jurisdiction's areas, and calls of no known clock have none")
    func hours() throws {
        let table = try section("hours")
        let rows: [[Cell]] = [
            [.text("autumn"), .text("US-TX"), .text("10:00"), .text("20:00"), Cell(28)],
            [.text("spring"), .text("US-TX"), .text("08:00"), .text("19:00"), Cell(70)],
            [.text("spring"), .text("unknown"), .none, .none, Cell(2)],
        ]
        #expect(table.rows == rows)
        #expect(try table.addsUp("calls"))
        #expect(try report().notes.contains { $0.hasPrefix("2 calls went to numbers whose clock was not known") })
    }

    @Test("calls against an entry are counted by source, and what was not looked at is said")
    func suppressions() throws {
        let table = try section("suppressions")
        #expect(try table.cells("source") == [.text("one by one"), .text("registry")])
        #expect(try table.cells("calls_after") == [Cell(0), Cell(2)])
        #expect(try table.addsUp("entries", "calls_after"))
        let notes = try report().notes
        #expect(notes.contains { $0.hasPrefix("registry: so many entries") })
        #expect(notes.contains { $0.hasPrefix("spring called so much") && $0.contains("2026-03-09T14:00") })
        // None of the three wishes was read here.
        #expect(notes.contains { $0.hasPrefix("Listed are the newest 0 of 3 wishes") })
    }

    @Test("the figures say what must be nothing")
    func figures() throws {
        let figures = try report().figures
        #expect(
            figures.map(\.column) == [
                "calls", "over_cap", "calls_after", "do_not_call", "delay_s", "suppressed_contacts",
            ])
        #expect(figures.map(\.value) == [Cell(100), Cell(1), Cell(2), Cell(3), .none, Cell(11)])
        #expect(figures.map(\.before) == [Cell(100), .none, .none, Cell(1), .none, .none])
    }

    @Test("every report of people, phones and rules defines its columns and figures, from a store with calls in it")
    func defined() throws {
        let campaign = try CalledCampaign()
        try campaign.call(.answered, .doNotCall, after: 0)
        try campaign.call(.noAnswer, after: 1)
        let everything = try ReportBench.everything(.compliance)
        var question = everything
        question.now = campaign.start + .seconds(3600)
        let compliance = try ComplianceReport.answer(question, in: campaign.store) {
            EligibilityRules(campaign: $0.campaign, pack: .none)
        }
        #expect(try compliance.sections[1].table.cells("calls_24h") == [Cell(1), Cell(1)])
        #expect(try compliance.sections[4].table.cells("delay_s") == [Cell(0)])
        #expect(compliance.figures.map(\.value) == [Cell(2), Cell(0), Cell(0), Cell(1), Cell(0), Cell(1)])
        let reports: [(Report, [ColumnDefinition])] = [
            (compliance, ComplianceReport.definitions),
            (try AgentTimeReport.answer(everything, in: campaign.store), AgentTimeReport.definitions),
            (try CallbackReport.answer(everything, in: campaign.store), CallbackReport.definitions),
            (try PhoneHealthReport.answer(everything, in: campaign.store), PhoneHealthReport.definitions),
            (try CallDetailReport.answer(everything, in: campaign.store), CallDetailReport.definitions),
            (try AuditReport.answer(everything, in: campaign.store), AuditReport.definitions),
        ]
        for (report, definitions) in reports {
            #expect(report.sections[0].id == report.name.rawValue)
            #expect(Set(definitions.map(\.column)).count == definitions.count)
            for column in report.sections.flatMap(\.table.columns) + report.figures.map(\.column) {
                #expect(definitions.contains { $0.column == column }, "\(report.name) says nothing of \(column)")
            }
            for table in report.sections.map(\.table) {
                #expect((table.rows + [table.totals].compactMap { $0 }).allSatisfy { $0.count == table.columns.count })
            }
        }
    }
}
