import CallingRules
import Campaigns
import Testing

@testable import CampaignStore
@testable import Dialer
@testable import Supervision
@testable import offhook

@Suite("What a rehearsal shows while it runs") struct RehearsalProgressTests {
    private let start = Instant(milliseconds: 1_798_034_400_000)

    private func status(_ stations: [StationStatus] = []) -> EngineStatus {
        EngineStatus(
            now: start, startedAt: start, stations: stations, devices: [:], outcomes: [.answered: 3, .noAnswer: 2],
            callsLastMinute: 0, contacts: ContactCounts(byState: [.done: 5, .ready: 2]), finishedAtStart: 0, held: [],
            isStopping: false)
    }

    @Test("its clock, the calls that ended and that run, and why nothing is dialing, always in as many lines")
    func lines() throws {
        let progress = RehearsalProgress(clock: try #require(ZoneClock("America/New_York")), speed: 20)
        var calling = StationStatus(name: "desk-1", state: .dialing)
        (calling.dialledAt, calling.attempt) = (start, AttemptID(6))
        let busy = progress.lines(status([calling]), why: nil)
        #expect(busy.first == "2026-12-23 Wed 09:00 in America/New_York, 20 times real time; 6 calls placed")
        #expect(busy.last == "dialing")
        let idle = progress.lines(status(), why: "2 contacts wait")
        #expect(idle.first?.hasSuffix("5 calls placed") == true)
        #expect(idle.last == "nothing is dialing: 2 contacts wait")
        #expect(idle.count == busy.count)
        #expect(idle.contains { $0.contains("3 answered, 2 no answer") })
        #expect(RehearsalProgress.isDialing(status([calling])) && !RehearsalProgress.isDialing(status()))
    }

    @Test("the hour that comes twice is shown twice")
    func clockChange() throws {
        let clock = try #require(ZoneClock("America/New_York"))
        for text in ["2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"] {
            let instant = try #require(Instant(iso8601: text))
            #expect(RehearsalProgress.time(instant, on: clock) == "2026-11-01 Sun 01:30 in America/New_York")
        }
    }

    @Test("contacts that wait for one thing are one cause, and what is true of any end explains nothing")
    func causes() {
        let causes = [
            Standstill.Cause(code: "no_engine", text: "no engine is running", command: "offhook run"),
            Standstill.Cause(code: "calling_hours", text: "wait for their hours", contacts: 7),
            Standstill.Cause(code: "not_before", text: "wait for their next attempt", contacts: 4),
            Standstill.Cause(code: "not_before", text: "wait for their next attempt", contacts: 1),
            Standstill.Cause(code: "caps", text: "were called often enough", contacts: 1),
        ]
        #expect(
            RehearsalProgress.text(causes) == "7 contacts wait for their hours; 5 contacts wait for their next attempt")
        #expect(RehearsalProgress.text([causes[0]]) == nil)
    }
}
