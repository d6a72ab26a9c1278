import CampaignStore
import Campaigns
import Dialer
import PhoneNumbers
import TestSupport

/// Stations, a campaign and moody phones on a virtual clock: the heart's effects come back as events, at random delays.
struct VirtualFloor {
    /// What a line of a phone does from a moment on.
    struct Step {
        var at: Instant
        var phase: LinePhase
        var number: String
    }

    struct Pending {
        var at: Instant
        var order: Int
        var event: DialerEvent
    }

    var heart: DialerHeart
    var now = Instant(milliseconds: 1_773_151_200_000)
    var random: SeededGenerator
    var pending: [Pending] = []
    var order = 0
    /// Per station and line, what it does from when on.
    var scripts: [String: [Int: [Step]]] = [:]
    var numbers: [AttemptID: String] = [:]
    var stationOf: [AttemptID: String] = [:]
    var openOn: [String: AttemptID] = [:]
    var wrapping: Set<AttemptID> = []
    var settled: [AttemptID: Int] = [:]
    var lastLines: [String: (at: Instant, lines: [ObservedLine])] = [:]
    var left: Int
    var faults: [String] = []
    /// Effects in words, where a test compares them; writing them costs more than all the rest.
    var keepsLog = false
    var log: [String] = []
    var polls = 0
    let campaign = CampaignID(1)

    init(seed: UInt64, stations: Int, calls: Int) {
        random = SeededGenerator(seed: seed)
        left = calls
        heart = DialerHeart(
            stations: (1...stations).map {
                StationSetup(
                    name: "desk-\($0)", device: "desk-\($0)", handset: nil, family: .gxp, dialWith: .sendKey,
                    account: 0, trunk: nil, dial: DialPlanOverride(), words: WordMap())
            })
        for station in 1...stations { scripts["desk-\(station)"] = [1: [], 2: []] }
        var pacing = PacingSettings()
        pacing.wrapUp = .seconds(2)
        later(
            .zero,
            .campaigns([CampaignSetup(id: campaign, name: "c", pacing: pacing, ringTimeout: .seconds(25))]))
    }

    mutating func later(_ delay: Duration, _ event: DialerEvent) {
        order += 1
        pending.append(Pending(at: now + delay, order: order, event: event))
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func milliseconds(_ range: ClosedRange<Int>) -> Duration {
        .milliseconds(Int.random(in: range, using: &random))
    }

    /// Runs until nothing is pending and nothing is due, or the virtual time is over.
    mutating func run(for duration: Duration) {
        let end = now + duration
        while now < end {
            let next = pending.indices.min { (pending[$0].at, pending[$0].order) < (pending[$1].at, pending[$1].order) }
            let deadline = heart.nextDeadline(after: now)
            var event = DialerEvent.tick
            if let next, deadline.map({ pending[next].at <= $0 }) ?? true {
                let entry = pending.remove(at: next)
                now = max(now, entry.at)
                event = entry.event
            } else if let deadline {
                now = max(deadline, now + .milliseconds(1))
            } else {
                return
            }
            if case .lines(let station, let lines) = event { lastLines[station] = (now, lines) }
            for effect in heart.handle(event, at: now) { perform(effect) }
            if left == 0, heart.isIdle { return }
        }
    }

    private mutating func perform(_ effect: DialerEffect) {
        if keepsLog { log.append("\(now.milliseconds) \(effect)") }
        if case .poll = effect { polls += 1 }
        switch effect {
        case .poll(let station, _): poll(station)
        case .placeCall(let station, _): place(station)
        case .dial(let station, let attempt, let dialled): dial(station, attempt, dialled)
        case .cancel(let station, let attempt, let line): end(station, attempt, line, isCancel: true)
        case .endCall(let station, let attempt, let line): end(station, attempt, line, isCancel: false)
        case .beginWrapUp(let attempt, let ending, _):
            if !ending.outcome.isConversation { faults.append("wrap-up after \(ending.outcome)") }
            if !wrapping.insert(attempt).inserted { faults.append("two wrap-ups of \(attempt)") }
        case .settle(let attempt, let ending, _):
            settled[attempt, default: 0] += 1
            if (ending == nil) != wrapping.contains(attempt) { faults.append("\(attempt) settled without its ending") }
            if let station = stationOf[attempt] { openOn[station] = nil }
        case .lockOut, .noteCommanded, .noteSeen, .noteConnected, .stationChanged, .observedCall,
            .observedCallNumber, .observedCallConnected, .observedCallEnded, .unknownWord, .noteAgentAbsent,
            .pauseCampaign, .offerContact,
            .placeOffered, .offerShown, .withdrawOffer, .placeManual, .manualRefused, .settleDisposed, .wrapUpExtended,
            .keepSaid, .pauseStation,
            .pressExtension,
            .extensionMissed, .lineCommand, .lineCommandRefused:
            break
        }
    }

    private func lines(of station: String, at instant: Instant) -> [ObservedLine] {
        (scripts[station] ?? [:]).sorted { $0.key < $1.key }.map { line, steps in
            let step = steps.last { $0.at <= instant }
            let phase = step?.phase ?? .idle
            return ObservedLine(
                line: line, word: phase.rawValue, phase: phase, remoteNumber: phase == .idle ? "" : step?.number)
        }
    }

    private mutating func poll(_ station: String) {
        let delay = milliseconds(3...120)
        if chance(2) {
            later(.seconds(5), .pollFailed(station: station, .unreachable("no answer")))
        } else {
            later(delay, .lines(station: station, lines(of: station, at: now + delay)))
        }
        // Somebody rings, or dials by hand, now and then.
        if chance(1) {
            let phase: LinePhase = chance(50) ? .ringing : .calling
            let busy = lines(of: station, at: now).contains { $0.phase != .idle }
            script(
                station, busy ? 2 : 1,
                [(milliseconds(0...200), phase), (.seconds(4), .connected), (.seconds(30), .idle)], "4155550199")
        }
    }

    private mutating func script(_ station: String, _ line: Int, _ steps: [(Duration, LinePhase)], _ number: String) {
        guard lines(of: station, at: now).first(where: { $0.line == line })?.phase == .idle else { return }
        let start = now
        scripts[station]?[line] = steps.map { Step(at: start + $0.0, phase: $0.1, number: number) }
    }

    private mutating func place(_ station: String) {
        guard left > 0 else {
            return later(.zero, .nothingToCall(station: station, campaign: campaign, until: nil))
        }
        if chance(5) {
            return later(.zero, .nothingToCall(station: station, campaign: campaign, until: now + .seconds(3)))
        }
        left -= 1
        let attempt = AttemptID(Int64(numbers.count + 1))
        let number = "212555\(1000 + numbers.count)"
        numbers[attempt] = number
        stationOf[attempt] = station
        if let open = openOn[station] { faults.append("\(station) got \(attempt) while \(open) is open") }
        if let seen = lastLines[station] {
            if now.since(seen.at) > .milliseconds(500) { faults.append("\(station) dials on an old poll") }
            if seen.lines.contains(where: { $0.phase != .idle }) {
                faults.append("\(station) dials with a line in use")
            }
        }
        openOn[station] = attempt
        later(.zero, .intentRecorded(station: station, attempt, campaign: campaign, dialled: number))
    }

    private mutating func dial(_ station: String, _ attempt: AttemptID, _ dialled: String) {
        let delay = milliseconds(5...400)
        switch Int.random(in: 0..<20, using: &random) {
        case 0: return later(delay, .dialAnswered(station: station, attempt, .refused("body false")))
        case 1: return later(delay, .dialAnswered(station: station, attempt, .notSent("connection refused")))
        case 2: return later(delay, .dialNotSent(station: station, attempt, "too late"))
        case 3: later(.seconds(5), .dialAnswered(station: station, attempt, .uncertain("cut")))
        default: later(delay, .dialAnswered(station: station, attempt, .accepted))
        }
        let ring = milliseconds(20...40_000)
        let steps: [(Duration, LinePhase)]
        switch Int.random(in: 0..<6, using: &random) {
        case 0: steps = [(.milliseconds(50), .calling), (.milliseconds(60), .failed), (.seconds(20), .idle)]
        case 1: steps = [(.milliseconds(50), .calling)]
        case 2: steps = [(.milliseconds(20), .connected), (.milliseconds(70), .idle)]
        case 3: steps = []
        case 4: steps = [(.milliseconds(50), .calling), (ring, .inUse), (ring + .seconds(9), .idle)]
        default:
            steps = [(.milliseconds(50), .calling), (ring, .connected), (ring + milliseconds(50...40_000), .idle)]
        }
        script(station, 1, steps, dialled)
    }

    /// A cancel or endcall: allowed only right after a poll that shows our call, not connected, or failed.
    private mutating func end(_ station: String, _ attempt: AttemptID, _ line: Int, isCancel: Bool) {
        guard let seen = lastLines[station], seen.at == now, let shown = seen.lines.first(where: { $0.line == line })
        else { return faults.append("\(station) is sent a command without a look") }
        if shown.phase != .calling, shown.phase != .failed { faults.append("a \(shown.phase) line is ended") }
        if shown.remoteNumber != numbers[attempt] { faults.append("another's call is ended: \(shown)") }
        if seen.lines.contains(where: { $0.line != line && $0.phase != .idle }) { faults.append("two calls are hit") }
        let current = lines(of: station, at: now).first { $0.line == line }?.phase
        let delay = milliseconds(5...200)
        if isCancel, current == .connected {
            later(delay, .cancelAnswered(station: station, attempt, .refused("body false")))
        } else {
            later(delay, .cancelAnswered(station: station, attempt, chance(10) ? .uncertain("cut") : .accepted))
            if !chance(10) { scripts[station]?[line] = [] }
        }
    }
}
