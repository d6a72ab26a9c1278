import CallingRules
import Campaigns
import Eligibility
import PhoneNumbers
import RetryPolicy

/// The life of one person in one or two campaigns on a virtual clock, dialled as soon as the rules allow, and checked.
public struct CampaignLife {
    /// What came of some lives.
    public struct Result: Sendable {
        /// Lives that were lived.
        public var lives = 0
        /// Calls that were placed, and looks at a moment that was passed over.
        public var calls = 0
        public var looks = 0
        /// What should never be, with the seed that shows it.
        public var faults: [String] = []

        /// Nothing lived yet.
        public init() {}
    }

    private struct Member {
        var state = ContactState.ready
        var numbers: [Int]
        var next: Int
        var due: Int64 = 0
        /// Whether a callback was promised by an agent, whom it is kept for.
        var isAgents = false
    }

    private static let clocks = ZoneClocks()
    private let seed: UInt64
    private var generator: CaseGenerator
    private var checker: SlowChecker
    private var rules: [EligibilityRules] = []
    private var members: [Member] = []
    private var now: Int64
    private var result = Result()

    /// Lives the lives of some seeds.
    public static func live(_ seeds: Range<UInt64>) -> Result {
        var total = Result()
        for seed in seeds {
            var life = CampaignLife(seed: seed)
            life.run()
            total.lives += 1
            total.calls += life.result.calls
            total.looks += life.result.looks
            total.faults += life.result.faults
        }
        return total
    }

    private init(seed: UInt64) {
        self.seed = seed
        var draw = CaseGenerator(seed: seed)
        let count = draw.chance(30) ? 2 : 1
        let campaigns = (0..<count).map { _ in draw.campaign() }
        // The second campaign knows the person by a number of its own and by one that both have.
        let numbers = [Array(0..<Int(draw.number(1...3)))] + (count == 2 ? [[9, 0]] : [])
        let areas = draw.areas([0, 1, 2, 9])
        checker = SlowChecker(
            campaigns: campaigns, numbers: numbers, areas: areas, hasConsent: draw.chance(80),
            purchase: draw.purchase(),
            closures: draw.closures())
        now = draw.start()
        for (index, plain) in campaigns.enumerated() {
            rules.append(
                EligibilityRules(
                    campaign: plain.campaign(named: "generated"),
                    book: plain.book,
                    clocks: Self.clocks))
            members.append(Member(numbers: numbers[index], next: numbers[index][0]))
        }
        if draw.chance(15) { checker.suppressedAt[Int(draw.number(0...2))] = now + draw.number(0...432_000_000) }
        generator = draw
    }

    private mutating func fault(_ text: String) {
        result.faults.append("seed \(seed) at \(Instant(milliseconds: now)): \(text)")
    }

    private mutating func run() {
        let end = now + 60 * 86_400_000
        var rounds = 0
        while now < end, rounds < 80 {
            rounds += 1
            if generator.chance(5) { callByHand() }
            // Who asks: the agent that a callback was promised by, or another.
            let isPromiser = generator.chance(50)
            var candidates: [Int64] = []
            var called = false
            for index in members.indices where members[index].state.isSelectable {
                refresh(index)
                guard members[index].state.isSelectable else { continue }
                let due = due(index, isPromiser)
                let expected = checker.allows(index, members[index].next, at: now, due: due)
                switch verdict(index) {
                case .allowed where due > now: candidates.append(due)
                case .allowed:
                    if !expected { fault("campaign \(index) calls against the rules") }
                    call(index)
                    called = true
                case .denied(let until, let reasons):
                    if expected { fault("campaign \(index) may call but is denied: \(reasons)") }
                    if let until {
                        if until.milliseconds <= now { fault("a denial ends in the past: \(reasons)") }
                        candidates.append(max(until.milliseconds, now + 1))
                    } else {
                        lookAhead(index, to: end, due: due)
                    }
                }
            }
            if called { continue }
            guard var next = candidates.min() else { break }
            // A number that is suppressed in the meantime is seen at the next look.
            next = min(next, checker.suppressedAt.values.filter { $0 > now }.min() ?? next)
            for index in members.indices where members[index].state.isSelectable {
                lookAhead(index, to: min(next, end), due: due(index, isPromiser))
            }
            now = next + (generator.chance(70) ? 0 : generator.number(0...7_200_000))
        }
    }

    /// No moment that is passed over may have been one for a call: three random ones and the last millisecond.
    private mutating func lookAhead(_ index: Int, to next: Int64, due: Int64) {
        guard next - now > 2 else { return }
        var moments = [next - 1]
        for _ in 0..<3 { moments.append(generator.number(now + 1...next - 1)) }
        for moment in moments {
            result.looks += 1
            guard checker.allows(index, members[index].next, at: moment, due: due) else { continue }
            fault("campaign \(index) starves: it could call at \(Instant(milliseconds: moment))")
        }
    }

    /// From when on somebody may take the contact: an agent's callback is kept for the agent for its grace, as the selection does.
    private func due(_ index: Int, _ isPromiser: Bool) -> Int64 {
        let member = members[index]
        return member.due + (member.isAgents && !isPromiser ? checker.campaigns[index].grace : 0)
    }

    /// Somebody dials one of the person's numbers at a phone; caps count it, and silences begin with it.
    private mutating func callByHand() {
        let ended = now + generator.number(500...180_000)
        checker.log.append(
            PlainCall(
                campaign: -1, number: generator.pick([0, 1, 2, 9]), at: now, endedAt: ended,
                outcome: generator.chance(50) ? .answered : .noAnswer, said: nil))
        now = ended
    }

    /// While a call is open, the other campaign may not call the person, at whatever number.
    private mutating func lookDuring(_ call: PlainCall) {
        let ended = now
        defer { now = ended }
        for index in members.indices where index != call.campaign && members[index].state.isSelectable {
            now = generator.number(call.at...call.endedAt - 1)
            result.looks += 1
            guard case .denied(_, let reasons) = verdict(index, open: 1),
                reasons.contains(where: { $0.code == "open_attempt" })
            else {
                fault("campaign \(index) may call while a call to the person is open")
                continue
            }
        }
    }

    private func verdict(_ index: Int, open: Int64? = nil) -> Verdict {
        let member = members[index]
        let settings = rules[index].campaign
        let past = checker.log.filter { !$0.isByHand || member.numbers.contains($0.number) }.map { call in
            let reached = (call.outcome == .answered || call.outcome == .shortAnswer) && call.said != .machine
            let refused = call.said == .notInterested || call.said == .doNotCall
            let ended = Instant(milliseconds: call.endedAt)
            return PastCall(
                at: Instant(milliseconds: call.at), isThisNumber: call.number == member.next,
                conversedAt: reached ? ended : nil, refusedAt: refused ? ended : nil)
        }
        guard let number = PhoneNumber(digits: 12_125_550_100 + Int64(member.next)) else {
            preconditionFailure("the generated number must be one")
        }
        let suppressed = checker.suppressedAt[member.next].map { $0 <= now } ?? false
        let purchase = checker.purchase.map { [["purchase_date", SlowChecker.dayText($0)]] } ?? []
        var facts = EligibilityFacts(
            number: number, area: area(of: member.next), contactState: member.state, campaignStarted: true,
            listPaused: false,
            notBefore: member.due > 0 ? Instant(milliseconds: member.due) : nil,
            numberDead: checker.deadNumbers.contains("\(index)/\(member.next)"),
            suppressions: suppressed
                ? [.init(campaign: nil, source: "generated", addedAt: Instant(milliseconds: 0))] : [],
            openAttempt: open, pastCalls: past, totalAttempts: checker.log.count { $0.campaign == index },
            fields: checker.hasConsent
                ? [["consent", "yes"], ["consent_date", "2025-12-01"], ["consent_proof", "form"]] + purchase : purchase)
        facts.closures = checker.closures.map { closure in
            PlaceClosure(
                place: closure.place, until: CivilDate(daysSince1970: closure.untilDay), source: "generated",
                closedBy: "generated", closedAt: Instant(milliseconds: 0))
        }
        return Eligibility.evaluate(
            facts, under: rules[index], at: Instant(milliseconds: now), margin: settings.dial.ringTimeout,
            claimed: false
        ).verdict
    }

    private func area(of number: Int) -> Area {
        guard let plain = checker.areas[number] else { preconditionFailure("every number has an area") }
        return Area(zones: plain.zones, region: plain.region, jurisdiction: plain.state)
    }

    /// The next number is the first live one that is not suppressed, as the store keeps it.
    private mutating func refresh(_ index: Int) {
        let usable = usableNumbers(index)
        if usable.contains(members[index].next) { return }
        if let first = usable.first { members[index].next = first } else { members[index].state = .suppressed }
    }

    private func usableNumbers(_ index: Int) -> [Int] {
        members[index].numbers.filter { number in
            !checker.deadNumbers.contains("\(index)/\(number)")
                && !(checker.suppressedAt[number].map { $0 <= now } ?? false)
        }
    }

    private mutating func call(_ index: Int) {
        let (outcome, said) = generator.outcome()
        let call = PlainCall(
            campaign: index, number: members[index].next, at: now, endedAt: now + generator.number(500...180_000),
            outcome: outcome, said: said)
        checker.log.append(call)
        result.calls += 1
        now = call.endedAt
        lookDuring(call)
        if said == .doNotCall {
            for number in members[index].numbers where checker.suppressedAt[number] ?? .max > now {
                checker.suppressedAt[number] = now
            }
        }
        if said == .wrongNumber { checker.deadNumbers.insert("\(index)/\(call.number)") }
        settle(index, call)
        // The dispatcher does not come back at once.
        if generator.chance(50) { now += generator.number(0...600_000) }
    }

    private mutating func settle(_ index: Int, _ call: PlainCall) {
        let own = checker.log.filter { $0.campaign == index }
        let agreed = [.callbackAny, .callbackAgent].contains(call.said) && generator.chance(80)
        let callback = agreed ? call.endedAt + generator.number(-3_600_000...432_000_000) : nil
        let others = members[index].numbers.contains { number in
            number != call.number && !checker.deadNumbers.contains("\(index)/\(number)")
        }
        let facts = RetryFacts(
            endedAt: Instant(milliseconds: call.endedAt), dialledAt: Instant(milliseconds: call.at),
            outcome: call.outcome, disposition: call.said, sameEnding: own.count { $0.ending == call.ending },
            totalAttempts: own.count, undialledInDay: 0, hasOtherNumber: others,
            callbackAt: callback.map(Instant.init(milliseconds:)), dice: Double(generator.number(0...999)) / 1000)
        guard let zone = Self.clocks.clock(area(of: call.number).zones[0]) else {
            preconditionFailure("the zone must be known")
        }
        let campaign = rules[index].campaign
        let decision = RetryPolicy(campaign.retry, callbacks: campaign.callbacks).decide(
            facts, clock: LocalClock { zone.utcOffset(at: $0) })
        check(decision, after: call, callback: callback, others: others)
        members[index].isAgents = false
        switch decision {
        case .callback(let at, let isAgents, _):
            members[index].state = .callback
            members[index].due = at.milliseconds
            members[index].isAgents = isAgents
        case .retry(let at, _), .asBefore(let at, _):
            members[index].state = .waitingRetry
            members[index].due = at.milliseconds
        case .nextNumber(let at, _):
            members[index].state = .waitingRetry
            members[index].due = at.milliseconds
            let usable = usableNumbers(index)
            members[index].next = usable.first { $0 > call.number } ?? usable.first ?? call.number
        case .done: members[index].state = .done
        case .exhausted: members[index].state = .exhausted
        case .suppress: members[index].state = .suppressed
        }
    }

    /// The policy's decision against the plain rules: not nearer than its delay, not later than it must be, and ended when it must.
    private mutating func check(_ decision: RetryDecision, after call: PlainCall, callback: Int64?, others: Bool) {
        let own = checker.log.count { $0.campaign == call.campaign }
        let left = own < checker.campaigns[call.campaign].total
        switch (call.said, decision) {
        case (.doNotCall, .suppress), (.notInterested, .done): return
        case (.noneGiven, .done) where call.outcome == .answered: return
        case (.wrongNumber, .done) where !others: return
        case (.wrongNumber, .nextNumber) where others && left: return
        case (.wrongNumber, .exhausted) where others && !left: return
        case (.callbackAny, .exhausted) where !left: return
        case (.callbackAgent, .exhausted) where !left: return
        case (.callbackAny, .callback(let at, false, _)) where left,
            (.callbackAgent, .callback(let at, true, _)) where left:
            // An hour after the call where no time was agreed.
            let agreed = max(callback ?? call.endedAt + 3_600_000, call.endedAt)
            if at.milliseconds != agreed { fault("a callback is due at \(at), not when it was agreed") }
            return
        default: break
        }
        let bounds = checker.retryBounds(after: call)
        switch decision {
        case .exhausted where bounds == nil: return
        case .retry(let at, _), .nextNumber(let at, _):
            guard let bounds else { return fault("a retry beyond the policy's attempts after \(call)") }
            if !bounds.contains(at.milliseconds) { fault("a retry is due at \(at), outside its bounds, after \(call)") }
            let outcome: Outcome = call.said == .machine ? .noAnswer : call.outcome
            let rule = checker.campaigns[call.campaign].retries[outcome]
            guard let zone = checker.areas[call.number]?.zones[0] else { return fault("\(call) has no area") }
            if rule?.otherPart == true,
                SlowChecker.part(at.milliseconds, zone) == SlowChecker.part(call.at, zone)
            {
                fault("a retry is due in the same part of the day after \(call)")
            }
            let day = { (instant: Int64) in SlowChecker.weekday(SlowChecker.local(instant, zone).day) }
            if rule?.otherWeekday == true, day(at.milliseconds) == day(call.at) {
                fault("a retry is due on the same weekday after \(call)")
            }
        default: fault("\(decision) does not follow \(call)")
        }
    }
}
