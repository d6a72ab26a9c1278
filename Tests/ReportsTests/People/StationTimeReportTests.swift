import CallingRules
import CampaignStore
import Campaigns
import Reports
import Testing

@Suite("Agents' time from a store") struct StationTimeReportTests {
    private let campaign: CalledCampaign
    private var store: CampaignStore { campaign.store }

    init() throws { campaign = try CalledCampaign() }

    private func instant(_ text: String) throws -> Instant { try #require(Instant(iso8601: text)) }

    private func note(
        _ state: StationState, at text: String, agent: String = "ada", reason: String? = nil, station: String = "s1"
    ) throws {
        try store.noteStationState(
            state, was: .unknown, station: station, agent: agent, campaign: nil, reason: reason,
            at: try instant(text))
    }

    /// Minutes of a column of ada's row over local days of New York.
    private func minutes(
        _ column: String, from: String, to: String, runningAt now: String? = nil
    ) throws -> Double? {
        var question = try ReportBench.question(.agents, from: from, to: to)
        if let now { (question.now, question.isEngineRunning) = (try instant(now), true) }
        let table = try AgentTimeReport.answer(question, in: store).sections[0].table
        let index = try #require(table.columns.firstIndex(of: column))
        return table.row("ada")?[index].number
    }

    @Test("a state over two midnights is split at both, and the day on which the clock goes back has 25 hours of it")
    func clockBack() throws {
        // From 23:30 on 31 October to 00:30 on 2 November in New York, with the change in between.
        try note(.ready, at: "2026-11-01T03:30:00Z")
        try note(.paused, at: "2026-11-02T05:30:00Z", reason: "home")
        try store.endStationTime(at: try instant("2026-11-02T05:40:00Z"))
        let days = ["2026-10-31T04:00:00Z", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", "2026-11-03T05:00:00Z"]
        let ready = try zip(days, days.dropFirst()).map { try minutes("ready_min", from: $0, to: $1) }
        #expect(ready == [30, 25 * 60, 30])
        #expect(try minutes("logged_in_min", from: days[0], to: days[3]) == 26 * 60 + 10)
        // Of the hour that comes twice, 01:00 to 02:00 is two hours long.
        #expect(try minutes("ready_min", from: "2026-11-01T05:00:00Z", to: "2026-11-01T07:00:00Z") == 120)
    }

    @Test("the day on which the clock goes forward has 23 hours of a state that lasts all of it")
    func clockForward() throws {
        try note(.ready, at: "2026-03-08T04:00:00Z")
        try store.endStationTime(at: try instant("2026-03-09T06:00:00Z"))
        let day = ("2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z")
        #expect(try minutes("ready_min", from: day.0, to: day.1) == 23 * 60)
    }

    @Test("a pause whose reason changes is two pauses, and an agent who takes over has time of their own")
    func reasons() throws {
        try note(.paused, at: "2026-11-01T15:00:00Z", reason: "lunch")
        try store.noteStationTime(
            of: "s1", agent: "ada", state: .paused, reason: "a meeting", at: try instant("2026-11-01T15:20:00Z"))
        try store.noteStationTime(
            of: "s1", agent: "bob", state: .paused, reason: "a meeting", at: try instant("2026-11-01T15:50:00Z"))
        try note(.ready, at: "2026-11-01T16:00:00Z", agent: "bob")
        try store.endStationTime(at: try instant("2026-11-01T16:05:00Z"))
        let report = try AgentTimeReport.answer(ReportBench.question(.agents), in: store)
        let pauses: [[Cell]] = [
            [.text("ada"), .text("a meeting"), .decimal(30)], [.text("ada"), .text("lunch"), .decimal(20)],
            [.text("bob"), .text("a meeting"), .decimal(10)],
        ]
        #expect(report.sections[1].table.rows.map { Array($0.prefix(3)) } == pauses)
        #expect(try report.sections[0].table.cells("logged_in_min").map(\.number) == [50, 15])
        #expect(try report.sections[0].table.cells("ready_min").map(\.number) == [0, 5])
    }

    @Test(
        "the time of an engine that died ends with what it wrote last; the next one counts from its own start up to now"
    )
    func died() throws {
        let (from, to) = ("2026-11-01T14:00:00Z", "2026-11-01T18:00:00Z")
        try note(.ready, at: "2026-11-01T15:00:00Z")
        try note(.unreachable, at: "2026-11-01T15:07:00Z", agent: "", station: "s2")
        // Dead, and nobody knows since when: nothing of the state that it left counts.
        #expect(try minutes("ready_min", from: from, to: to) == nil)
        try store.endForsakenStationTime()
        #expect(try minutes("ready_min", from: from, to: to) == 7)
        try note(.ready, at: "2026-11-01T16:00:00Z")
        #expect(try minutes("ready_min", from: from, to: to) == 7)
        #expect(try minutes("ready_min", from: from, to: to, runningAt: "2026-11-01T16:05:00Z") == 12)
        // What lasts counts in no time that was over before it, and up to the end of one that it outlasts.
        #expect(
            try minutes("ready_min", from: from, to: "2026-11-01T16:00:00Z", runningAt: "2026-11-01T17:00:00Z") == 7)
        #expect(
            try minutes("ready_min", from: from, to: "2026-11-01T16:15:00Z", runningAt: "2026-11-01T17:00:00Z") == 22)
    }
}
