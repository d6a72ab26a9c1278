import Campaigns
import GRDB
import Testing

@testable import CampaignStore

@Suite("The time of stations") struct StationTimeTests {
    private let bench: RuleBench
    /// Five minutes before midnight in UTC.
    private let evening = Instant(milliseconds: 1_773_187_200_000 - 300_000)
    private var store: CampaignStore { bench.store }
    private var midnight: Instant { evening + .seconds(300) }

    init() throws { bench = try RuleBench() }

    private func note(
        _ state: StationState, agent: String? = "ada", reason: String? = nil, station: String = "s", at now: Instant
    ) throws {
        try store.noteStationState(
            state, was: .unknown, station: station, agent: agent, campaign: nil, reason: reason, at: now)
    }

    /// Milliseconds by state of a stretch.
    private func time(
        from: Instant, to: Instant, until now: Instant? = nil, agent: String? = nil
    ) throws -> [StationState: Int64] {
        let sums = try store.stationTime(
            in: ReportScope(from: from, to: to, agent: agent), countingUntil: now)
        return Dictionary(sums.map { ($0.state, $0.milliseconds) }, uniquingKeysWith: +)
    }

    private func isWell() throws -> Bool { try store.problems().isEmpty }

    @Test("a stretch over midnight is split where the quarter hour and the day begin")
    func midnights() throws {
        try note(.ready, at: evening)
        try note(.paused, reason: "lunch", at: midnight + .seconds(1800))
        #expect(try time(from: midnight - .seconds(900), to: midnight) == [.ready: 300_000])
        #expect(try time(from: midnight, to: midnight + .seconds(900)) == [.ready: 900_000])
        #expect(try time(from: midnight + .seconds(86_400), to: midnight + .seconds(172_800)) == [:])
        #expect(try time(from: midnight, to: midnight + .seconds(86_400)) == [.ready: 1_800_000])
        #expect(
            try time(from: midnight - .seconds(86_400), to: midnight + .seconds(86_400)) == [.ready: 2_100_000])
        #expect(try isWell())
    }

    @Test("a stretch of three days fills the days between")
    func days() throws {
        try note(.unreachable, agent: nil, at: evening)
        try note(.ready, agent: nil, at: evening + .seconds(3 * 86_400))
        #expect(try time(from: midnight, to: midnight + .seconds(2 * 86_400)) == [.unreachable: 2 * 86_400_000])
        let all = try time(from: evening - .seconds(600), to: evening + .seconds(5 * 86_400 + 300))
        #expect(all == [.unreachable: 3 * 86_400_000])
        #expect(try isWell())
    }

    @Test("a state that is noted again goes on, and time passes from one agent to the next")
    func agents() throws {
        try note(.ready, at: evening)
        try note(.ready, at: evening + .seconds(60))
        try store.noteStationTime(of: "s", agent: "bob", state: .ready, reason: nil, at: evening + .seconds(100))
        try note(.dialing, agent: "bob", at: evening + .seconds(130))
        let all = (from: midnight - .seconds(900), to: midnight + .seconds(900))
        #expect(try time(from: all.from, to: all.to, agent: "ada") == [.ready: 100_000])
        #expect(try time(from: all.from, to: all.to, agent: "bob") == [.ready: 30_000])
        #expect(
            try time(from: all.from, to: all.to, until: evening + .seconds(150), agent: "bob")
                == [.ready: 30_000, .dialing: 20_000])
        #expect(try isWell())
    }

    @Test("pauses are told apart by their reason, which other states do not have")
    func reasons() throws {
        try note(.paused, reason: "lunch", at: evening)
        try store.noteStationTime(of: "s", agent: "ada", state: .paused, reason: "meeting", at: evening + .seconds(10))
        try note(.ready, reason: "lunch", at: evening + .seconds(30))
        try note(.paused, reason: nil, at: evening + .seconds(60))
        try store.endStationTime(at: evening + .seconds(100))
        let sums = try store.stationTime(
            in: ReportScope(from: midnight - .seconds(900), to: midnight), countingUntil: nil)
        let found = Dictionary(
            uniqueKeysWithValues: sums.map { ("\($0.state.rawValue) \($0.reason)", $0.milliseconds) })
        #expect(found == ["paused lunch": 10_000, "paused meeting": 20_000, "ready ": 30_000, "paused ": 40_000])
        #expect(try isWell())
    }

    @Test("a clock that was set back takes nothing away, and time goes on from the clock as it is")
    func backwards() throws {
        try note(.ready, at: evening + .seconds(600))
        try note(.paused, reason: "x", at: evening)
        try note(.ready, at: evening + .seconds(60))
        try store.endStationTime(at: evening + .seconds(30))
        let found = try time(
            from: midnight - .seconds(900), to: midnight + .seconds(900), until: evening + .seconds(700))
        #expect(found == [.paused: 60_000])
        #expect(try isWell())
    }

    @Test("what lasts counts up to now and not beyond the end of the stretch; without an engine it does not count")
    func open() throws {
        try note(.ready, at: evening)
        let (from, to) = (midnight - .seconds(900), midnight)
        #expect(try time(from: from, to: to, until: evening + .seconds(40)) == [.ready: 40_000])
        #expect(try time(from: from, to: to, until: evening + .seconds(4000)) == [.ready: 300_000])
        #expect(try time(from: from, to: to) == [:])
        #expect(try time(from: midnight, to: midnight + .seconds(900), until: midnight + .seconds(5)) == [.ready: 5000])
        #expect(try time(from: midnight + .seconds(900), to: midnight + .seconds(1800), until: midnight) == [:])
    }

    @Test("what an engine left open when it died ends with the last that it wrote of a station")
    func forsaken() throws {
        try note(.ready, at: evening)
        try note(.paused, reason: "x", station: "t", at: evening + .seconds(50))
        try store.endForsakenStationTime()
        let (from, to) = (midnight - .seconds(900), midnight + .seconds(900))
        #expect(try time(from: from, to: to, until: midnight) == [.ready: 50_000])
        #expect(try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM station_states") } == 0)
        // The next engine counts from its own start.
        try note(.ready, at: midnight)
        #expect(try time(from: from, to: to, until: midnight + .seconds(7)) == [.ready: 57_000])
        #expect(try isWell())
    }

    @Test("an empty journal leaves nothing to forsake")
    func nothingForsaken() throws {
        try store.endForsakenStationTime()
        #expect(try time(from: evening, to: midnight, until: midnight) == [:])
    }

    @Test("the check names a station whose days are not their quarter hours")
    func tampered() throws {
        try note(.ready, at: evening)
        try store.endStationTime(at: midnight)
        #expect(try isWell())
        try store.pool.writeWithoutTransaction {
            try $0.execute(sql: "UPDATE station_time SET ms = ms + 1 WHERE span = 0")
        }
        let problems = try store.problems()
        #expect(problems.contains { $0.contains("s on 2026-03-10") }, "\(problems)")
    }
}
