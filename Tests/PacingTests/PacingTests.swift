import Campaigns
import Pacing
import Testing

@Suite("Pacing") struct PacingTests {
    private let now = Instant(milliseconds: 1_000_000)

    private func facts(startsAgo seconds: [Int], open: Int = 0) -> PacingFacts {
        PacingFacts(now: now, recentStarts: seconds.map { now - .seconds($0) }, openCalls: open)
    }

    @Test("calls a minute holds until the oldest start that fills the limit is 60 s old")
    func callsPerMinute() {
        let rule = StartRate.perMinute(2)
        #expect(rule.verdict(facts(startsAgo: [59])) == .now)
        guard case .wait(let until, _) = rule.verdict(facts(startsAgo: [59, 30, 10])) else {
            Issue.record("three starts must hold")
            return
        }
        #expect(until == now + .seconds(30))
    }

    @Test("a start that is exactly 60 s old no longer counts")
    func edge() {
        #expect(StartRate.perMinute(1).verdict(facts(startsAgo: [60])) == .now)
    }

    @Test("calls at once hold until one ends, which has no date")
    func atOnce() {
        #expect(MostAtOnce(limit: 3).verdict(facts(startsAgo: [], open: 2)) == .now)
        guard case .wait(nil, let reason) = MostAtOnce(limit: 3).verdict(facts(startsAgo: [], open: 3)) else {
            Issue.record("three open calls must hold")
            return
        }
        #expect(reason.code == "max_concurrent")
    }

    @Test("of several rules the one that holds longest answers")
    func together() {
        var settings = PacingSettings()
        #expect(Pacing(settings).verdict(facts(startsAgo: [1, 2, 3], open: 9)) == .now)
        settings.callsPerMinute = 1
        settings.maxConcurrent = 1
        guard case .wait(nil, _) = Pacing(settings).verdict(facts(startsAgo: [1], open: 1)) else {
            Issue.record("no end beats an end")
            return
        }
    }
}
