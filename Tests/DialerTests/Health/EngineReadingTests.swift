import Campaigns
import Testing

@testable import CampaignStore
@testable import Dialer

@Suite("What an engine's reading says") struct EngineReadingTests {
    private let start = Instant(milliseconds: 1_773_151_200_000)

    private func reading(_ change: (inout EngineReading) -> Void) -> EngineReading {
        var reading = EngineReading(
            phase: .running, isStopping: false, sinceBegin: .seconds(3600), sinceWrite: .seconds(4),
            sinceAnswer: .seconds(1), overdue: .zero, polls: Lateness(LatenessWindow(), at: start),
            intents: Lateness(LatenessWindow(), at: start))
        change(&reading)
        return reading
    }

    @Test("whatever keeps it from its work is said; only what nothing but a new start ends makes it dead")
    func obstacles() {
        let cases: [(code: String?, isAlive: Bool, change: (inout EngineReading) -> Void)] = [
            (nil, true, { _ in }),
            ("starting", true, { $0.phase = .notBegun }),
            ("ended", false, { $0.phase = .ended }),
            ("stopping", true, { $0.isStopping = true }),
            ("not_written", true, { $0.sinceWrite = .seconds(31) }),
            ("not_written", true, { $0.sinceWrite = nil }),
            (nil, true, { ($0.sinceWrite, $0.sinceBegin) = (nil, .seconds(2)) }),
            ("stuck", true, { $0.overdue = .seconds(10) }),
            (nil, true, { $0.overdue = .seconds(9) }),
            ("stuck", false, { $0.overdue = .seconds(120) }),
        ]
        for (code, isAlive, change) in cases {
            let reading = reading(change)
            #expect(reading.obstacles.map(\.code) == [code].compactMap { $0 })
            #expect(reading.isReady == (code == nil), "\(code ?? "well")")
            #expect(reading.isAlive == isAlive, "\(code ?? "well")")
        }
    }

    @Test(
        "no fault of the database, a full disk least of all, is a reason to start again", arguments: StoreFault.allCases
    )
    func faults(fault: StoreFault) {
        let reading = reading { ($0.fault, $0.sinceWrite) = (fault, .seconds(9000)) }
        #expect(reading.isAlive)
        #expect(!reading.isReady && !reading.isDatabaseWritable)
        #expect(reading.obstacles.map(\.code) == ["database_\(fault.rawValue)"])
        // Anybody may read it: it names no file.
        #expect(reading.obstacles.allSatisfy { $0.text.hasPrefix("The database ") && !$0.text.contains("/") })
    }

    @Test("lateness is told from a second on, of polls, of calls, and of what waits now, with what to do")
    func late() {
        var window = LatenessWindow()
        window.note(.milliseconds(1000), at: start)
        #expect(reading { $0.polls = Lateness(window, at: start) }.lateText == nil)
        window.note(.milliseconds(4400), at: start)
        for change in [
            { (reading: inout EngineReading) in reading.polls = Lateness(window, at: start) },
            { $0.intents = Lateness(window, at: start) }, { $0.overdue = .milliseconds(4400) },
        ] {
            let text = reading(change).lateText
            #expect(text?.contains("up to 4 s late") == true && text?.contains("Close") == true, "\(text ?? "nothing")")
        }
    }

    @Test("a sleep of the computer is neither late nor dead, but the last write is as old as it is")
    func suspended() {
        let clock = DialerClock(startingAt: start, scale: 1)
        let pulse = EnginePulse(clock: clock)
        pulse.begin(at: clock.now(), isStopping: false)
        pulse.noteWrite(at: clock.now())
        pulse.lookAgain(after: .zero, at: clock.now())
        pulse.waits(for: clock.now())
        let due = clock.now()
        clock.suspend(for: .seconds(12 * 3600))
        let reading = pulse.reading()
        #expect(reading.overdue < .seconds(6 * 3600), "\(reading.overdue)")
        #expect((reading.sinceWrite ?? .zero) >= .seconds(12 * 3600))
        pulse.notePoll(due: due, at: clock.now())
        pulse.noteIntent(due: due, at: clock.now())
        #expect(pulse.reading().most < .seconds(6 * 3600))
    }

    @Test(
        "an engine that does nothing of what is due is overdue by all of that; one that has ended or not begun is not")
    func overdue() {
        let clock = DialerClock(startingAt: start, scale: 1)
        let pulse = EnginePulse(clock: clock)
        pulse.waits(for: clock.now() - .seconds(300))
        #expect(pulse.reading().overdue == .zero)
        pulse.begin(at: clock.now() - .seconds(400), isStopping: false)
        pulse.lookAgain(after: .seconds(10_000), at: clock.now())
        #expect(pulse.reading().overdue >= .seconds(300) && !pulse.reading().isAlive)
        // What was due before the run began could not be done.
        pulse.notePoll(due: clock.now() - .seconds(9000), at: clock.now())
        #expect(pulse.reading().polls.minute.most < .seconds(5000))
        pulse.end()
        #expect(pulse.reading().overdue == .zero)
    }

    @Test("on a clock that runs ten times as fast, lateness is real time")
    func scaled() {
        let clock = DialerClock(startingAt: start, scale: 10)
        let pulse = EnginePulse(clock: clock)
        pulse.notePoll(due: start, at: start + .seconds(40))
        #expect(pulse.reading().polls.minute.most == .seconds(4))
    }
}
