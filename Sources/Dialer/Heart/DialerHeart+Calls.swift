import CampaignStore
import Campaigns

extension DialerHeart {
    mutating func linesSeen(_ name: String, _ lines: [ObservedLine], at now: Instant) -> [DialerEffect] {
        guard var station = stations[name] else { return [] }
        // A lock-out is left only by a person, not by an answer that was under way.
        guard station.health != .lockedOut else {
            stations[name]?.isPolling = false
            return []
        }
        deviceAnswered(name, at: now)
        station = stations[name] ?? station
        station.isPolling = false
        station.health = .reachable
        station.failures = 0
        station.lines = lines
        station.polledAt = now
        stations[name] = station
        var effects: [DialerEffect] = []
        if let attempt = station.watch?.attempt {
            effects += watch(name, attempt, at: now) { $0.linesSeen(lines, at: now) }
        }
        effects += stations[name]?.observe(at: now) ?? []
        if let interval = stations[name]?.interval() { stations[name]?.nextPoll = now + interval }
        return effects
    }

    mutating func pollFailed(_ name: String, _ failure: PollFailure, at now: Instant) -> [DialerEffect] {
        guard var station = stations[name] else { return [] }
        station.isPolling = false
        let text: String
        switch failure {
        case .unreachable(let reason): text = reason
        case .authentication:
            stations[name] = station
            return lockOut(deviceOf: name, failure, at: now)
        case .shortage:
            // The phone is what it was before; it is asked again soon.
            station.nextPoll = now + Station.shortageInterval
            stations[name] = station
            devices[station.setup.device]?.notAsked(at: now)
            return station.watch.map { watched in
                watch(name, watched.attempt, at: now) { $0.pollFailed(failure, at: now) }
            } ?? []
        }
        station.failures += 1
        station.failureText = text
        let inCall = stationsOf[station.setup.device, default: []].contains { stations[$0]?.watch != nil }
        devices[station.setup.device]?.failed(text, inCall: inCall, at: now)
        // One lost poll is no verdict on a phone; the second in a row is.
        if station.failures >= 2 || station.health == .unknown { station.health = .unreachable }
        stations[name] = station
        var effects: [DialerEffect] = []
        if let attempt = station.watch?.attempt {
            effects += watch(name, attempt, at: now) { $0.pollFailed(failure, at: now) }
        }
        if let interval = stations[name]?.interval() { stations[name]?.nextPoll = now + interval }
        return effects
    }

    /// A refused passcode is the device's: all its stations are locked out, since five wrong log-ins lock some phones.
    mutating func lockOut(deviceOf name: String, _ failure: PollFailure, at now: Instant) -> [DialerEffect] {
        guard let device = stations[name]?.setup.device, case .authentication(let text) = failure else { return [] }
        var effects: [DialerEffect] = []
        for other in order where stations[other]?.setup.device == device && stations[other]?.health != .lockedOut {
            stations[other]?.health = .lockedOut
            stations[other]?.failureText = text
            stations[other]?.nextPoll = nil
            effects.append(.lockOut(station: other, text))
            if let attempt = stations[other]?.watch?.attempt {
                effects += watch(other, attempt, at: now) { $0.pollFailed(failure, at: now) }
            }
        }
        return effects
    }

    mutating func intentRecorded(
        _ name: String, _ attempt: AttemptID, _ campaign: CampaignID, _ dialled: String, at now: Instant
    ) -> [DialerEffect] {
        guard var station = stations[name], let desk = desks[campaign] else {
            return [.settle(attempt, Self.notSent("the station or campaign is gone", at: now), asked: false)]
        }
        station.isAsking = false
        station.awaitsCommand = true
        station.campaign = campaign
        station.watch = CallWatch(
            attempt: attempt, family: station.setup.family, dialled: dialled, ringTimeout: desk.setup.ringTimeout,
            linesBefore: station.lines, startedAt: now)
        station.nextPoll = nil
        // The polls go on once the command was answered: the phone takes one request at a time.
        station.isPolling = true
        stations[name] = station
        noteStart(campaign, at: now)
        return [.dial(station: name, attempt, dialled: dialled)]
    }

    static func notSent(_ detail: String, at now: Instant) -> CallEnding {
        CallEnding(outcome: .notSent, endedAt: now, ring: nil, talk: nil, evidence: Evidence(detail: detail))
    }

    mutating func dialAnswered(
        _ name: String, _ attempt: AttemptID, _ result: CommandResult, at now: Instant
    ) -> [DialerEffect] {
        var effects: [DialerEffect] = []
        placementEnded(name)
        if result == .accepted { effects.append(.noteCommanded(attempt)) }
        if case .notSent(let text) = result {
            stations[name]?.failures += 1
            stations[name]?.failureText = text
            stations[name]?.health = .unreachable
            if let device = stations[name]?.setup.device { devices[device]?.failed(text, inCall: false, at: now) }
        }
        effects += watch(name, attempt, at: now) { $0.commandAnswered(result, at: now) }
        if case .authentication(let text) = result {
            effects += lockOut(deviceOf: name, .authentication(text), at: now)
        }
        stations[name]?.isPolling = false
        stations[name]?.nextPoll = now
        return effects
    }

    /// Nothing is being placed on a station any more: another one can have its turn.
    mutating func placementEnded(_ name: String) {
        stations[name]?.isAsking = false
        stations[name]?.awaitsCommand = false
        if isThrottled { isWoken = true }
    }

    mutating func restarted(
        _ name: String, _ open: OpenAttempt, _ ringTimeout: Duration, at now: Instant
    ) -> [DialerEffect] {
        guard var station = stations[name] else { return [] }
        station.watch = CallWatch(
            restarted: open, family: station.setup.family, ringTimeout: ringTimeout, words: station.setup.words,
            at: now)
        station.said = open.said.map { (open.id, $0) }
        station.campaign = open.campaign
        station.nextPoll = now
        stations[name] = station
        return []
    }

    /// Lets the watch of a station take something in, and turns what it asks for into effects.
    mutating func watch(
        _ name: String, _ attempt: AttemptID, at now: Instant, _ body: (inout CallWatch) -> [WatchAction]
    ) -> [DialerEffect] {
        guard var watch = stations[name]?.watch, watch.attempt == attempt else { return [] }
        let actions = body(&watch)
        stations[name]?.watch = watch
        return actions.flatMap { action -> [DialerEffect] in
            switch action {
            case .seen(let line): return [.noteSeen(attempt, line: line)]
            case .connected(let line):
                stations[name]?.awaitedExtension?.due = now + AwaitedExtension.delay
                let connected = DialerEffect.noteConnected(attempt, line: line)
                guard stations[name]?.isAtDesk == false else { return [connected] }
                stations[name]?.agentAbsent = true
                return [connected, .noteAgentAbsent(attempt)]
            case .cancel(let line): return [.cancel(station: name, attempt, line: line)]
            case .endCall(let line): return [.endCall(station: name, attempt, line: line)]
            case .finished(let ending): return finished(name, watch, ending, at: now)
            }
        }
    }

    private mutating func finished(
        _ name: String, _ watch: CallWatch, _ ending: CallEnding, at now: Instant
    ) -> [DialerEffect] {
        let campaign = stations[name]?.campaign
        let absent = stations[name]?.agentAbsent ?? false
        if let campaign { desks[campaign]?.noteEnd(ending.outcome, agentAbsent: absent) }
        placementEnded(name)
        stations[name]?.watch = nil
        stations[name]?.awaitedExtension = nil
        stations[name]?.agentAbsent = false
        stations[name]?.consults = false
        stations[name]?.lastEnd = now
        stations[name]?.nextPoll = now
        stations[name]?.isPolling = false
        wakeDesks()
        let told = stations[name]?.wordsToTell(of: ending.evidence) ?? []
        return told + wrapUp(name, watch.attempt, ending, at: now)
    }
}
