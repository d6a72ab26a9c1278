import Campaigns
import Testing

@testable import Dialer

@Suite("How late something was") struct LatenessWindowTests {
    private let start = Instant(milliseconds: 1_773_151_200_000)

    @Test("the greatest and the 99th of a hundred are of the last minute, and are gone after it")
    func minute() {
        var window = LatenessWindow()
        #expect(window.summary(at: start) == LatenessSummary())
        for index in 0..<200 { window.note(.milliseconds(index < 198 ? 2 : 3000), at: start) }
        #expect(
            window.summary(at: start) == LatenessSummary(count: 200, most: .seconds(3), p99: .seconds(0.0025)))
        window.note(.milliseconds(3000), at: start + .seconds(30))
        let later = window.summary(at: start + .seconds(30))
        #expect(later.count == 201)
        #expect(later.p99 == .seconds(3), "two of a hundred are late now: \(later.p99)")
        #expect(window.summary(at: start + .seconds(70)).count == 1)
        #expect(window.summary(at: start + .seconds(120)) == LatenessSummary())
    }

    @Test("of one, the 99th of a hundred is that one, and no bound above it")
    func one() {
        var window = LatenessWindow()
        window.note(.milliseconds(1100), at: start)
        #expect(
            window.summary(at: start) == LatenessSummary(count: 1, most: .milliseconds(1100), p99: .milliseconds(1100)))
        window.note(.seconds(5000), at: start)
        #expect(window.summary(at: start).p99 == .seconds(5000))
        #expect(window.counts.last == 1)
    }

    @Test("what was early was in time; sizes and their sum are counted from the start on")
    func counts() {
        var window = LatenessWindow()
        window.note(.seconds(-4), at: start)
        window.note(.milliseconds(500), at: start)
        window.note(.milliseconds(501), at: start + .seconds(3600))
        #expect(window.counts.reduce(0, +) == 3)
        #expect(window.counts[0] == 1)
        #expect(window.sum == .milliseconds(1001))
        let half = LatenessWindow.bounds.firstIndex(of: 0.5)
        #expect(half.map { window.counts[$0] } == 1)
        #expect(half.map { window.counts[$0 + 1] } == 1)
    }

    @Test("what was due while the computer slept is late by the time it was awake alone")
    func sleep() {
        var sleeps = SleepLog()
        sleeps.look(.milliseconds(20), at: start)
        #expect(
            sleeps.awake(from: start, to: start + .seconds(3)) == .seconds(3), "two clocks read one after the other")
        let woken = start + .seconds(3600)
        sleeps.look(.seconds(3590), at: woken)
        #expect(sleeps.awake(from: start + .seconds(1), to: woken + .seconds(2)) == .seconds(11))
        #expect(sleeps.awake(from: woken + .seconds(1), to: woken + .seconds(2)) == .seconds(1))
        // A second sleep counts beside the first.
        sleeps.look(.seconds(3690), at: woken + .seconds(200))
        #expect(sleeps.awake(from: woken + .seconds(50), to: woken + .seconds(200)) == .seconds(50))
        #expect(sleeps.awake(from: start, to: woken + .seconds(200)) == .seconds(110))
    }
}
