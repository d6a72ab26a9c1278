import CampaignStore
import Campaigns
import Pacing

/// The dialer's decisions without any I/O: events with their time go in, effects come out.
///
/// The same heart runs against real phones, on a scaled clock, and in tests on a virtual one.
public struct DialerHeart: Sendable {
    var stations: [String: Station] = [:]
    var devices: [String: DeviceHealth] = [:]
    /// The stations of each device.
    private(set) var stationsOf: [String: [String]]
    /// Station names in the order in which they were configured.
    private(set) var order: [String]
    var desks: [CampaignID: CampaignDesk] = [:]
    var campaignOrder: [CampaignID] = []
    /// When campaigns that are paused now started calls: their limits hold when they are started again.
    var restingStarts: [CampaignID: [Instant]] = [:]
    var isStopping = false
    /// Every ready station is looked at before the next event: a campaign may have work again.
    var isWoken = false
    /// Ready stations were left waiting, since enough commands were under way.
    var isThrottled = false

    /// A heart for these stations; nothing is polled before the first tick.
    public init(stations setups: [StationSetup]) {
        order = setups.map(\.name)
        stationsOf = Dictionary(grouping: setups, by: \.device).mapValues { $0.map(\.name) }
        for setup in setups {
            stations[setup.name] = Station(setup)
            devices[setup.device] = DeviceHealth(device: setup.device)
        }
    }

    /// The stations and their devices from now on, in configured order.
    mutating func arrange(_ setups: [StationSetup]) {
        order = setups.map(\.name)
        stationsOf = Dictionary(grouping: setups, by: \.device).mapValues { $0.map(\.name) }
    }

    /// Takes one event and answers with what is to be done, in order.
    public mutating func handle(_ event: DialerEvent, at now: Instant) -> [DialerEffect] {
        var effects: [DialerEffect] = []
        isWoken = false
        switch event {
        case .campaigns(let setups): replaceCampaigns(setups)
        case .stations(let setups): effects += replaceStations(setups, at: now)
        case .leaving(let name): leave(name, at: now)
        case .pause(let name, let reason): stations[name]?.pausedReason = reason
        case .presence(let name, let present):
            stations[name]?.present = present
            if !present { effects += withdrawOffer(name, "The agent left.", at: now) }
        case .desk(let name, let isLive): desk(name, isLive: isLive, at: now)
        case .lineCommand(let name, let id, let command): effects += lineCommand(name, id, command, at: now)
        case .lookNow(let name): lookNow(name, at: now)
        case .lockOutLifted(let name): liftLockOut(name, at: now)
        case .phoneJoined(let name): askAnew(name, at: now)
        case .restarted(let name, let attempt, let ringTimeout):
            effects += restarted(name, attempt, ringTimeout, at: now)
        case .answered(let name, let latency):
            if let device = stations[name]?.setup.device { devices[device]?.measured(latency) }
        case .lines(let name, let lines): effects += linesSeen(name, lines, at: now)
        case .pollFailed(let name, let failure): effects += pollFailed(name, failure, at: now)
        case .intentRecorded(let name, let attempt, let campaign, let dialled):
            effects += intentRecorded(name, attempt, campaign, dialled, at: now)
        case .extensionBehind(let name, let attempt, let digits): awaitExtension(name, attempt, digits)
        case .extensionNotPressed(let name, let attempt): extensionNotPressed(name, attempt)
        case .nothingToCall(let name, let campaign, let until, let elsewhere):
            placementEnded(name)
            noteNothing(campaign, for: name, until: until, elsewhere: elsewhere, at: now)
        case .contactOffered(let name, let reservation): effects += offered(name, reservation, at: now)
        case .offerTaken(let name): takeOffer(name, at: now)
        case .offerSkipped(let name, let reason):
            effects += withdrawOffer(
                name, reason.map { "The agent skipped it: \($0)" } ?? "The agent skipped it.", at: now)
        case .manualCall(let name, let campaign, let contact):
            effects += manualCall(name, campaign, contact, at: now)
        case .wantedAgain(let name, let wanted): effects += wantedAgain(name, wanted, at: now)
        case .disposed(let name, let attempt, let disposition, let callback, let note):
            effects += disposed(name, attempt, disposition, callback, note, at: now)
        case .agentReady(let name): effects += agentReady(name, at: now)
        case .moreTime(let name, let attempt, let more): effects += moreTime(name, attempt, more, at: now)
        case .dialAnswered(let name, let attempt, let result):
            effects += dialAnswered(name, attempt, result, at: now)
        case .dialNotSent(let name, let attempt, let detail):
            effects += watch(name, attempt, at: now) { $0.commandNotSent(detail, at: now) }
        case .cancelAnswered(let name, let attempt, let result):
            effects += watch(name, attempt, at: now) { watch in
                watch.cancelAnswered(result, at: now)
                return []
            }
        case .storeChanged: wakeDesks()
        case .stop: effects += stop(at: now)
        case .tick: break
        }
        // An event of one station concerns it and its device; what time brings to the others, a tick tells. With a thousand
        // stations and as many answers a second, looking at all of them each time is more than a processor can do.
        var names = concerned(by: event)
        effects += endWrapUps(names, at: now)
        effects += endOffers(names, at: now)
        effects += attendDesks(names, at: now)
        effects += placeWanted(names, at: now)
        effects += pressExtensions(names, at: now)
        if isWoken { names = order }
        effects += dispatch(names, at: now)
        effects += polls(names, at: now)
        effects += stateChanges(names, at: now)
        return effects
    }

    /// The stations that an event may change: its own and those of the same device; all where it belongs to none.
    private func concerned(by event: DialerEvent) -> [String] {
        guard let name = event.station else { return order }
        guard let device = stations[name]?.setup.device else { return [] }
        return stationsOf[device] ?? [name]
    }

    /// When the next tick is worth having; nil where only an event can change anything.
    ///
    /// - Parameter event: the one that was handled last: only what it may have changed is looked at; nil for everything.
    public func nextDeadline(after now: Instant, changedBy event: DialerEvent? = nil) -> Instant? {
        let names = isWoken ? nil : event.map(concerned)
        var next: Instant?
        let consider = { (instant: Instant?) in
            if let instant { next = min(next ?? instant, instant) }
        }
        for name in names ?? order {
            consider(pollDue(name))
            guard let station = stations[name] else { continue }
            consider(station.wrapUp?.until)
            consider(station.offer?.until)
            consider(station.wanted?.until)
            station.deskDeadlines.forEach(consider)
            if let due = station.awaitedExtension?.due, due > now { consider(due) }
            if let held = station.heldUntil, held > now { consider(held) }
            if !isStopping { station.nothingUntil.values.filter { $0 > now && $0 < Station.never }.forEach(consider) }
        }
        if !isStopping {
            for desk in desks.values where !desk.isDryForGood {
                // What is due already waits for a station to become ready, which an event tells; a timer would only spin.
                if let askAgainAt = desk.askAgainAt, askAgainAt > now { consider(askAgainAt) }
            }
        }
        return next.map { max($0, now) }
    }

    mutating func replaceCampaigns(_ setups: [CampaignSetup]) {
        campaignOrder = setups.map(\.id)
        var next: [CampaignID: CampaignDesk] = [:]
        for setup in setups {
            var desk = CampaignDesk(setup)
            if let former = desks[setup.id] { desk.take(over: former) }
            // What this run saw is exact; records were written by a wall clock that may have been set since.
            if let starts = restingStarts.removeValue(forKey: setup.id) { desk.history.starts = starts }
            next[setup.id] = desk
        }
        for (id, desk) in desks where next[id] == nil { restingStarts[id] = desk.history.starts }
        // A campaign that joins does not make up for the time before.
        let joined = next.keys.filter { desks[$0] == nil }
        let floor = next.filter { desks[$0.key] != nil }.values.map(\.pass).min() ?? 0
        for id in joined { next[id]?.pass = floor }
        desks = next
    }

    private mutating func liftLockOut(_ name: String, at now: Instant) {
        guard stations[name]?.health == .lockedOut else { return }
        askAnew(name, at: now)
    }

    /// What was known of a station's phone does not count any more; it is asked at once.
    private mutating func askAnew(_ name: String, at now: Instant) {
        stations[name]?.health = .unknown
        stations[name]?.failures = 0
        stations[name]?.nextPoll = now
        if let device = stations[name]?.setup.device { devices[device] = DeviceHealth(device: device, since: now) }
    }

    mutating func wakeDesks() {
        isWoken = true
        for id in desks.keys { desks[id]?.wake() }
        for name in order where stations[name]?.nothingUntil.isEmpty == false { stations[name]?.nothingUntil = [:] }
    }

    private mutating func noteNothing(
        _ campaign: CampaignID, for name: String, until: Instant?, elsewhere: Instant?, at now: Instant
    ) {
        desks[campaign]?.isDry = true
        if let elsewhere, until.map({ elsewhere < $0 }) ?? true {
            // What waits for another station, or another agent, must not keep this one asking.
            stations[name]?.nothingUntil[campaign] = max(until ?? Station.never, now + .milliseconds(1))
            desks[campaign]?.isDryForGood = false
            desks[campaign]?.askAgainAt = max(elsewhere, now + .milliseconds(1))
            return
        }
        desks[campaign]?.isDryForGood = until == nil
        // Never asked again in the same instant: a clock that stands still must not spin.
        desks[campaign]?.askAgainAt = until.map { max($0, now + .milliseconds(1)) }
    }

    private mutating func stop(at now: Instant) -> [DialerEffect] {
        isStopping = true
        for name in order {
            stations[name]?.wrapUp?.until = now
            stations[name]?.offer?.until = now
        }
        return []
    }

    private mutating func stateChanges(_ names: [String], at now: Instant) -> [DialerEffect] {
        var effects: [DialerEffect] = []
        for name in names {
            guard let station = stations[name] else { continue }
            let state = StationLifeCycle.state(of: station.inputs)
            guard state != station.state else { continue }
            stations[name]?.state = state
            stations[name]?.stateSince = now
            stations[name]?.readySince = state == .ready ? now : nil
            effects.append(.stationChanged(station: name, from: station.state, to: state))
        }
        return effects
    }
}
