import CallingRules
import Campaigns
import Eligibility
import PhoneNumbers
import Reports
import Testing

@testable import CampaignStore

@Suite("The inventory report") struct InventoryReportTests {
    /// Tuesday 2026-11-24, 22:00 UTC: 17:00 in New York, 22:00 in London.
    private static let evening = "2026-11-24T22:00:00Z"

    private func pack(_ region: String) throws -> RulePack {
        try RulePackFile.read(
            """
            pack: \(region.lowercased())
            version: "2026-11-01"
            region: \(region)
            rules: [{ places: [\(region)], source: a test, hours: { all: "08:00-21:00" } }]
            """, file: "\(region).yaml")
    }

    private func lines(_ area: Area, _ e164: String, at instant: String) throws -> [InventoryReport.Line] {
        let campaign = try CampaignFile.read(
            """
            campaign: a
            region: US
            calling_rules: { pack: [us, ca], windows: { mon-fri: "09:00-20:00" } }
            """, file: "c.yaml")
        let rules = EligibilityRules(campaign: campaign, book: RuleBook([try pack("US"), try pack("CA")]))
        let facts = EligibilityFacts(
            number: try #require(PhoneNumber(e164: e164)), area: area, contactState: .ready, campaignStarted: true,
            listPaused: false, notBefore: nil, numberDead: false, suppressions: [], openAttempt: nil, pastCalls: [],
            totalAttempts: 0)
        var report = InventoryReport(under: rules, at: try #require(Instant(iso8601: instant)))
        report.add(InventoryGroup(facts: facts, contacts: 3, parkedBecause: nil))
        return report.lines
    }

    private static let london = Area(zones: ["Europe/London"], region: "GB", jurisdiction: "GB")
    private static let newYork = Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY")

    @Test(
        "a country without a rule is the reason, by day and by night, not the next opening of the campaign's windows",
        arguments: [evening, "2026-11-24T12:00:00Z"])
    func noRule(instant: String) throws {
        let line = try #require(try lines(Self.london, "+442079460000", at: instant).first)
        #expect(line.availability == .blocked)
        #expect(line.code == "no_rule")
        #expect(!line.text.contains("wait until"), "\(line.text)")
        #expect(line.text.contains("GB"), "\(line.text)")
        #expect(line.earliest == nil)
    }

    @Test("a closed window is still named by its opening")
    func closed() throws {
        let line = try #require(try lines(Self.newYork, "+12125550123", at: "2026-11-25T02:00:00Z").first)
        #expect(line.text == "wait until Wed 09:00 in America/New_York")
        #expect(line.availability == .anotherDay)
    }

    @Test(
        "contacts that only their due times tell apart are told as each alone would be", arguments: [1, 2, 3, 50, 500])
    func dues(count: Int) throws {
        let campaign = try CampaignFile.read(
            "campaign: a\nregion: US\ncalling_rules: { pack: [us], windows: { mon-fri: \"09:00-20:00\" } }\n",
            file: "c.yaml")
        let rules = EligibilityRules(campaign: campaign, book: RuleBook([try pack("US")]))
        var facts = EligibilityFacts(
            number: try #require(PhoneNumber(e164: "+12125550123")), area: Self.newYork, contactState: .waitingRetry,
            campaignStarted: true, listPaused: false, notBefore: nil, numberDead: false, suppressions: [],
            openAttempt: nil, pastCalls: [PastCall(at: Instant(milliseconds: 0))], totalAttempts: 1)
        // By day, by night before the windows open, and in the last hour: each day and each end of a window comes up.
        for instant in [Self.evening, "2026-11-24T07:00:00Z", "2026-11-25T00:30:00Z"] {
            let now = try #require(Instant(iso8601: instant))
            let dues = (0..<count).map { now + .seconds(Int64($0) * 1800 + 60) }
            var together = InventoryReport(under: rules, at: now)
            together.add(InventoryGroup(facts: facts, contacts: count, dues: dues))
            var alone = InventoryReport(under: rules, at: now)
            for due in dues {
                facts.notBefore = due
                alone.add(InventoryGroup(facts: facts, contacts: 1))
            }
            #expect(together.lines == alone.lines, "\(instant)")
        }
    }

    @Test(
        "as a report, rows of all campaigns add up to the total, and the figures to what is not finished or in a call")
    func report() throws {
        let campaign = try CampaignFile.read(
            "campaign: spring\nregion: US\ncalling_rules: { pack: [us, ca], windows: { mon-fri: \"09:00-20:00\" } }\n",
            file: "c.yaml")
        let rules = EligibilityRules(campaign: campaign, book: RuleBook([try pack("US"), try pack("CA")]))
        let now = try #require(Instant(iso8601: Self.evening))
        var inventory = InventoryReport(under: rules, at: now)
        for (state, area, number, contacts) in [
            (ContactState.ready, Self.newYork, "+12125550123", 3), (.ready, Self.london, "+442079460000", 4),
            (.done, Self.newYork, "+12125550124", 5),
        ] {
            inventory.add(
                InventoryGroup(
                    facts: EligibilityFacts(
                        number: try #require(PhoneNumber(e164: number)), area: area, contactState: state,
                        campaignStarted: true, listPaused: false, notBefore: nil, numberDead: false, suppressions: [],
                        openAttempt: nil, pastCalls: [], totalAttempts: 0), contacts: contacts, parkedBecause: nil))
        }
        var question = try ReportBench.everything(.inventory)
        question.now = now
        let report = InventoryReport.report([inventory, inventory], for: question, CallNames())
        let table = report.sections[0].table
        #expect(table.columns == InventoryReport.columns)
        #expect(try table.addsUp("contacts"))
        #expect(try table.total("contacts") == Cell(24))
        #expect(report.figures.map(\.value) == [Cell(6), Cell(0), Cell(0), Cell(8)])
        #expect(report.subtitle == "As of 2026-11-24 Tue 17:00, clock of America/New_York")
        for column in table.columns + report.figures.map(\.column) {
            #expect(ReportName.inventory.ownDefinitions.contains { $0.column == column })
        }
    }
}
