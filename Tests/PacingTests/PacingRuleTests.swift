import Campaigns
import Pacing
import Testing

@Suite("Pacing rules") struct PacingRuleTests {
    private let now = Instant(milliseconds: 10_000_000)

    private func facts(
        starts: [Int] = [], open: Int = 0, station: PacingFacts.Station? = nil, absent: [Bool] = [],
        failed: [Bool] = []
    ) -> PacingFacts {
        PacingFacts(
            now: now, recentStarts: starts.map { now - .seconds($0) }, openCalls: open, station: station,
            agentAbsent: absent, failedFast: failed)
    }

    private func hold(_ change: (inout PacingSettings) -> Void, _ facts: PacingFacts, byHand: Bool = false) -> Pacing
        .Hold?
    {
        var settings = PacingSettings()
        change(&settings)
        return Pacing(settings, byHand: byHand).hold(facts)
    }

    @Test("calls an hour hold until the oldest start that fills the limit is an hour old, and say so")
    func hour() {
        let hold = hold({ $0.callsPerHour = 2 }, facts(starts: [3599, 60]))
        #expect(hold?.until == now + .seconds(1))
        #expect(hold?.reason.code == "calls_per_hour")
        #expect(self.hold({ $0.callsPerHour = 2 }, facts(starts: [3600, 60])) == nil)
    }

    @Test("calls that are being placed are starts of now: they fill the limit, after those that were noted")
    func starting() {
        func hold(_ limit: Int, starts: [Int], starting: Int) -> Pacing.Hold? {
            var facts = facts(starts: starts)
            facts.starting = starting
            return self.hold({ $0.callsPerMinute = limit }, facts)
        }
        #expect(hold(2, starts: [], starting: 1) == nil)
        #expect(hold(1, starts: [], starting: 1)?.until == now + .seconds(60))
        #expect(hold(2, starts: [50], starting: 1)?.until == now + .seconds(10))
        #expect(hold(2, starts: [50], starting: 2)?.until == now + .seconds(60))
        #expect(hold(2, starts: [61], starting: 1) == nil)
    }

    @Test("the rule that holds longest is named; one without an end is longest of all")
    func longest() {
        let both = hold(
            {
                $0.callsPerMinute = 1
                $0.callsPerHour = 1
            }, facts(starts: [30]))
        #expect(both?.reason.code == "calls_per_hour")
        let full = hold(
            {
                $0.callsPerHour = 1
                $0.maxConcurrent = 1
            }, facts(starts: [30], open: 1))
        #expect(full?.reason.code == "max_concurrent")
        #expect(full?.until == nil)
    }

    @Test("the gap of a station holds that station only, from the end of its last call")
    func gap() {
        let resting = PacingFacts.Station(name: "s", lastEnd: now - .seconds(4))
        let hold = hold({ $0.stationGap = .seconds(10) }, facts(station: resting))
        #expect(hold?.until == now + .seconds(6))
        #expect(hold?.scope == .station)
        let rested = PacingFacts.Station(name: "s", lastEnd: now - .seconds(10))
        #expect(self.hold({ $0.stationGap = .seconds(10) }, facts(station: rested)) == nil)
    }

    @Test("a full trunk holds its stations, and no others")
    func trunk() {
        let full = PacingFacts.Station(name: "s", trunk: "office", openOnTrunk: 2, trunkLimit: 2)
        #expect(hold({ _ in }, facts(station: full))?.reason.code == "trunk")
        let free = PacingFacts.Station(name: "s", trunk: "office", openOnTrunk: 1, trunkLimit: 2)
        #expect(hold({ _ in }, facts(station: free)) == nil)
        #expect(hold({ _ in }, facts(station: PacingFacts.Station(name: "s"))) == nil)
    }

    @Test("manual mode holds all that no agent asked for")
    func manual() {
        #expect(hold({ $0.mode = .manual }, facts())?.reason.code == "manual")
        #expect(hold({ $0.mode = .manual }, facts(), byHand: true) == nil)
        #expect(hold({ $0.mode = .preview }, facts()) == nil)
    }

    @Test("three of a hundred answered calls without an agent are borne, the fourth pauses the campaign")
    func agentAbsent() {
        let calls = { (absent: Int, of: Int) in (0..<of).map { $0 < absent } }
        #expect(hold({ _ in }, facts(absent: calls(3, 100))) == nil)
        let braked = hold({ _ in }, facts(absent: calls(4, 100)))
        #expect(braked?.scope == .brake)
        #expect(braked?.reason.code == "brake_agent_absent")
        // The share is of a hundred calls even where there were fewer: four of ten use it up, three do not.
        #expect(hold({ _ in }, facts(absent: calls(3, 10))) == nil)
        #expect(hold({ _ in }, facts(absent: calls(4, 10))) != nil)
        // What is more than a hundred calls ago no longer counts.
        #expect(hold({ _ in }, facts(absent: calls(4, 104))) == nil)
        #expect(hold({ _ in }, facts(absent: calls(4, 103))) == nil)
        #expect(hold({ _ in }, facts(absent: [Bool](repeating: true, count: 4) + calls(0, 96))) != nil)
    }

    @Test("a dead trunk pauses the campaign after seventeen of twenty calls; a brake can be taken out")
    func failedFast() {
        let dead = [Bool](repeating: true, count: 17)
        #expect(hold({ _ in }, facts(failed: Array(dead.dropLast()) + [false, false])) == nil)
        #expect(hold({ _ in }, facts(failed: dead))?.reason.code == "brake_failed_fast")
        var off = BrakeSettings()
        off.failedFast = nil
        #expect(Pacing(PacingSettings(), brakes: off).hold(facts(failed: dead)) == nil)
    }
}

@Suite("Sharing stations") struct FairShareTests {
    /// Serves so many calls and counts who got them.
    private func serve(_ calls: Int, _ campaigns: [(priority: Int, weight: Int)]) -> [Int] {
        var passes = campaigns.map { _ in 0.0 }
        var counts = campaigns.map { _ in 0 }
        for _ in 0..<calls {
            let candidates = campaigns.indices.map {
                FairShare.Candidate(
                    priority: campaigns[$0].priority, weight: campaigns[$0].weight, pass: passes[$0], asking: 0)
            }
            guard let next = FairShare.next(candidates) else { break }
            counts[next] += 1
            passes[next] = FairShare.served(passes[next], weight: campaigns[next].weight)
        }
        return counts
    }

    @Test("campaigns of one priority share by weight")
    func weights() {
        let counts = serve(600, [(0, 1), (0, 2), (0, 3)])
        #expect(zip(counts, [100, 200, 300]).allSatisfy { abs($0 - $1) <= 1 }, "\(counts)")
    }

    @Test("a higher priority takes all while it has work")
    func priority() {
        #expect(serve(50, [(0, 100), (5, 1)]) == [0, 50])
    }

    @Test("stations that are asking count, so that three at once are shared as three in a row")
    func asking() {
        let first = FairShare.Candidate(priority: 0, weight: 1, pass: 0, asking: 1)
        let second = FairShare.Candidate(priority: 0, weight: 1, pass: 0, asking: 0)
        #expect(FairShare.next([first, second]) == 1)
        #expect(FairShare.next([]) == nil)
    }
}
