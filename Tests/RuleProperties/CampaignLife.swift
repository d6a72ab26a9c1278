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
    }

    private static let clocks = ZoneClocks()
    private static let packs: [String: RulePack] = Dictionary(
        uniqueKeysWithValues: CaseGenerator.packs.map { plain in
            do {
                return (plain.name, try RulePackFile.read(plain.yaml, file: plain.name))
            } catch {
                preconditionFailure("a generated pack must be readable: \(error)")
            }
        })

    private let seed: UInt64
    private var generator: CaseGenerator
    private var checker: SlowChecker
    private var rules: [EligibilityRules] = []
    private var members: [Member] = []
    private var now: Int64
    private let area: Area
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
        let zones = draw.zones()
        checker = SlowChecker(campaigns: campaigns, zones: zones, hasConsent: draw.chance(80))
        now = draw.start()
        area = Area(zones: zones, region: "US", jurisdiction: "US-NY")
        for (index, plain) in campaigns.enumerated() {
            rules.append(
                EligibilityRules(
                    campaign: Self.campaign(plain),
                    book: RuleBook(plain.pack.flatMap { Self.packs[$0.name] }.map { [$0] } ?? [.none]),
                    clocks: Self.clocks))
            // The second campaign knows the person by a number of its own and by one that both have.
            let numbers = index == 0 ? Array(0..<Int(draw.number(1...3))) : [9, 0]
            members.append(Member(numbers: numbers, next: numbers[0]))
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
            var candidates: [Int64] = []
            var called = false
            for index in members.indices where members[index].state.isSelectable {
                refresh(index)
                guard members[index].state.isSelectable else { continue }
                let expected = checker.allows(index, members[index].next, at: now, due: members[index].due)
                switch verdict(index) {
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
                        lookAhead(index, to: end)
                    }
                }
            }
            if called { continue }
            guard var next = candidates.min() else { break }
            // A number that is suppressed in the meantime is seen at the next look.
            next = min(next, checker.suppressedAt.values.filter { $0 > now }.min() ?? next)
            for index in members.indices where members[index].state.isSelectable {
                lookAhead(index, to: min(next, end))
            }
            now = next + (generator.chance(70) ? 0 : generator.number(0...7_200_000))
        }
    }

    /// No moment that is passed over may have been one for a call: three random ones and the last millisecond.
    private mutating func lookAhead(_ index: Int, to next: Int64) {
        guard next - now > 2 else { return }
        var moments = [next - 1]
        for _ in 0..<3 { moments.append(generator.number(now + 1...next - 1)) }
        for moment in moments {
            result.looks += 1
            guard checker.allows(index, members[index].next, at: moment, due: members[index].due) else { continue }
            fault("campaign \(index) starves: it could call at \(Instant(milliseconds: moment))")
        }
    }

    private func verdict(_ index: Int) -> Verdict {
        let member = members[index]
        let settings = rules[index].campaign
        let past = checker.log.map { call in
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
        let facts = EligibilityFacts(
            number: number, area: area, contactState: member.state, campaignStarted: true, listPaused: false,
            notBefore: member.due > 0 ? Instant(milliseconds: member.due) : nil,
            numberDead: checker.deadNumbers.contains("\(index)/\(member.next)"),
            suppressions: suppressed
                ? [.init(campaign: nil, source: "generated", addedAt: Instant(milliseconds: 0))] : [],
            openAttempt: nil, pastCalls: past, totalAttempts: checker.log.count { $0.campaign == index },
            fields: checker.hasConsent
                ? [["consent", "yes"], ["consent_date", "2025-12-01"], ["consent_proof", "form"]] : [])
        return Eligibility.evaluate(
            facts, under: rules[index], at: Instant(milliseconds: now), margin: settings.dial.ringTimeout,
            claimed: false
        ).verdict
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
        let callback = call.said == .callbackAny ? call.endedAt + generator.number(-3_600_000...432_000_000) : nil
        let others = members[index].numbers.contains { number in
            number != call.number && !checker.deadNumbers.contains("\(index)/\(number)")
        }
        let facts = RetryFacts(
            endedAt: Instant(milliseconds: call.endedAt), dialledAt: Instant(milliseconds: call.at),
            outcome: call.outcome, disposition: call.said, sameEnding: own.count { $0.ending == call.ending },
            totalAttempts: own.count, undialledInDay: 0, hasOtherNumber: others,
            callbackAt: callback.map(Instant.init(milliseconds:)), dice: Double(generator.number(0...999)) / 1000)
        guard let zone = Self.clocks.clock(area.zones[0]) else { preconditionFailure("the zone must be known") }
        let campaign = rules[index].campaign
        let decision = RetryPolicy(campaign.retry, callbacks: campaign.callbacks).decide(
            facts, clock: LocalClock { zone.utcOffset(at: $0) })
        check(decision, after: call, callback: callback, others: others)
        switch decision {
        case .retry(let at, _), .callback(let at, _, _), .asBefore(let at, _):
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
        case (.callbackAny, .callback(let at, false, _)) where left:
            let agreed = max(callback ?? 0, call.endedAt)
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
            if rule?.otherPart == true, checker.part(at.milliseconds) == checker.part(call.at) {
                fault("a retry is due in the same part of the day after \(call)")
            }
            let zone = checker.zones[0]
            let day = { (instant: Int64) in SlowChecker.weekday(SlowChecker.local(instant, zone).day) }
            if rule?.otherWeekday == true, day(at.milliseconds) == day(call.at) {
                fault("a retry is due on the same weekday after \(call)")
            }
        default: fault("\(decision) does not follow \(call)")
        }
    }

    /// The campaign under test, from the plain one.
    private static func campaign(_ plain: PlainCampaign) -> Campaign {
        var campaign = Campaign(name: "generated", region: "US")
        campaign.callingRules = CallingRulesSettings(pack: plain.pack?.name ?? "none")
        campaign.callingRules.timeZone = plain.fixedZone.map { .fixed($0) } ?? .contact
        campaign.callingRules.windows = plain.window.map { window in
            WeeklyWindows(
                Dictionary(
                    uniqueKeysWithValues: window.days.map { day, spans in
                        (Weekday.allCases[day], spans.map { $0.lowerBound..<$0.upperBound })
                    }))
        }
        campaign.holidays = (plain.window?.closed ?? []).sorted().compactMap { HolidayRule($0) }
        campaign.caps = plain.caps.map { cap in
            CallCap(
                limit: cap.limit, within: cap.seconds.map { .seconds($0) },
                counting: cap.onlyConversations ? .conversations : .attempts,
                subject: cap.onlyThisNumber ? .number : .contact, source: "generated")
        }
        campaign.silences = plain.silences.map {
            Silence(
                after: $0.afterRefusal ? .refusal : .conversation, lasting: .seconds($0.seconds), source: "generated")
        }
        campaign.consent.isRequired = plain.consent
        campaign.dial.ringTimeout = .milliseconds(plain.ring)
        campaign.callingRules.packAge.stop = .seconds(3653 * 86_400)
        campaign.retry.totalAttempts = plain.total
        for (outcome, rule) in plain.retries {
            campaign.retry.outcomes[outcome] = RetryRule(
                attempts: rule.attempts, after: .seconds(rule.after), upTo: .seconds(rule.upTo), growth: rule.growth,
                longest: .seconds(rule.longest), otherDayPart: rule.otherPart, otherWeekday: rule.otherWeekday,
                nextNumber: rule.nextNumber)
        }
        return campaign
    }
}
