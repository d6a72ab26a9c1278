import Campaigns
import Testing

@testable import Dialer

@Suite("What is logged of lateness") struct LatenessAlarmTests {
    private let quarter: Duration = .milliseconds(250)

    private func reading(overdue: Duration = .zero, peak: Duration = .zero) -> EngineReading {
        let window = Lateness(LatenessWindow(), at: Instant(milliseconds: 0))
        var reading = EngineReading(
            phase: .running, isStopping: false, overdue: overdue, polls: window, intents: window)
        reading.peak = max(peak, overdue)
        return reading
    }

    @Test("it names the requests that ran while something waited, though they are over when it is said")
    func names() {
        var alarm = LatenessAlarm()
        let before = [
            alarm.look(reading(), every: quarter) { ["GET /quick"] },
            alarm.look(reading(overdue: .milliseconds(600)), every: quarter) { ["PUT /slow"] },
        ]
        #expect(before == [nil, nil])
        let word = alarm.look(reading(peak: .milliseconds(1400)), every: quarter) { ["GET /later"] }
        guard case .late(let text) = word else {
            Issue.record("nothing was said")
            return
        }
        #expect(text.contains("1 s late") && text.contains("PUT /slow") && !text.contains("/quick"), "\(text)")
    }

    @Test(
        "where none ran it says so; while it lasts, it is said once a minute; then that it is over, and how late it was"
    )
    func repeated() {
        var alarm = LatenessAlarm()
        var words: [LatenessAlarm.Word] = []
        for look in 1...480 {
            let word = alarm.look(reading(overdue: .seconds(look == 100 ? 9 : 2)), every: quarter) { [] }
            if let word { words.append(word) }
        }
        // Two minutes: at the begin, and after a minute each.
        #expect(words.count == 2)
        #expect(words.allSatisfy { if case .late(let text) = $0 { text.contains("No request ran") } else { false } })
        var quiet: [LatenessAlarm.Word?] = []
        for _ in 1...100 { quiet.append(alarm.look(reading(), every: quarter) { [] }) }
        #expect(
            quiet.compactMap { $0 } == [.onTime("The engine is in time again; it was up to 9 s late.")])
        guard case .late = alarm.look(reading(peak: .seconds(3)), every: quarter, work: { [] }) else {
            Issue.record("the next one is said at once")
            return
        }
    }

    @Test("an engine that is in time is not spoken of, and of very many requests a few are named")
    func few() {
        var alarm = LatenessAlarm()
        for _ in 1...1000 {
            let word = alarm.look(reading(peak: .seconds(1)), every: quarter) { ["x"] }
            #expect(word == nil)
        }
        let word = alarm.look(reading(overdue: .seconds(5)), every: quarter) { (1...50).map { "GET /\($0)" } }
        guard case .late(let text) = word else {
            Issue.record("nothing was said")
            return
        }
        #expect(text.split(separator: ";").count == LatenessAlarm.mostNamed)
    }
}
