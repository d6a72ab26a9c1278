import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import GrandstreamCTI
import Logging
import PhoneNumbers

extension DialerEngine {
    /// Loads phones and campaigns, and settles or takes over what an earlier run left open.
    func prepare() throws {
        let now = clock.wallTime()
        wallOffset = clock.wallOffset()
        try store.endForsakenStationTime()
        try forgetEarlierHold()
        try loadStations(at: now)
        try store.finishInterruptedImports(at: now)
        try loadCampaigns(at: now)
        let released = try store.releaseAllReservations(at: now)
        if released > 0 { logger.notice("\(released) contacts were set aside by an earlier run and are free again.") }
        for attempt in try store.openAttempts() { try reconcile(attempt, at: now) }
        let counts = try store.contactCounts(campaigns: Array(runners.keys))
        finishedAtStart = counts.total - counts.remaining
        journalSeen = try store.lastJournalNumber()
        // From here on there are calls to follow.
        lockWatch = try LockWatch(store)
        store.waitForOthers(atMost: Self.databasePatience)
    }

    private func loadStations(at now: Instant) throws {
        let devices = try store.devices()
        // Under desks a person adds the first phone on a page.
        guard !devices.isEmpty || options.presence == .desk else {
            throw StoreError.refused(
                "There are no phones yet; describe them in a file and run: offhook phones apply phones.yaml")
        }
        // Rules look at the wall's hand of the clock; the heart has the steady one.
        let ends = try store.lastEnds(since: now - Self.longestGap - CallWatch.restartHorizon)
            .mapValues { $0 - wallOffset }
        var all: [StationSetup] = []
        for device in devices {
            // The others go on; this one is shown as unreachable until it can take part.
            if let problem = join(device) { leaveOut(device, problem) }
            driven[device.name] = device
            for station in device.stations {
                var setup = StationSetup(station, of: device)
                setup.lastEnd = ends[station.name]
                setups[station.name] = setup
                pauses[station.name] = station
                all.append(setup)
            }
        }
        guard !links.isEmpty || options.presence == .desk else {
            throw StoreError.refused("None of the phones can be used; see the messages above and mend phones.yaml.")
        }
        heart = DialerHeart(stations: all)
        for setup in all {
            let station = pauses[setup.name]
            try store.noteOffer(nil, until: nil, station: setup.name)
            if !options.isStaffed(setup.name) { feedQuietly(.presence(station: setup.name, present: false)) }
            if let reason = station?.pausedReason { feedQuietly(.pause(station: setup.name, reason: reason)) }
            if station?.lockedOutAt != nil {
                feedQuietly(
                    .pollFailed(
                        station: setup.name,
                        .authentication(
                            "it refused the passcode earlier; after mending: offhook stations ready \(setup.name)")))
            }
        }
    }

    /// Tells the heart something before the run starts: what it would poll or change now waits for the first tick.
    private func feedQuietly(_ event: DialerEvent) {
        heart.prime(event, at: clock.now())
    }

    func loadCampaigns(at now: Instant) throws {
        let areas = try store.areas()
        let closures = try store.placeClosures(at: now)
        let wanted = Set(options.campaigns)
        let packs = options.packs.merging(try store.rulePacks()) { shipped, _ in shipped }
        runners = [:]
        for stored in try store.campaigns() {
            let book: RuleBook
            do {
                book = try RuleBook(names: stored.campaign.callingRules.packs, among: packs)
            } catch {
                logger.error("Campaign \(stored.campaign.name) is left out: \(LoggedError.text(error))")
                continue
            }
            warnOfOldPacks(of: stored.campaign, book, at: now)
            let runner = CampaignRunner(
                stored, book: book, areas: areas, registries: try store.registriesLoaded(for: stored.id),
                closures: closures)
            otherRules[stored.id] = runner.rules
            guard stored.state == .started, wanted.isEmpty || wanted.contains(stored.campaign.name) else { continue }
            if let problem = runner.registryProblem(at: now) {
                logger.error("Campaign \(stored.campaign.name) calls nobody: \(problem)")
            }
            runners[stored.id] = runner
        }
        let offset = clock.wallOffset()
        let started = try runners.values.map { runner in
            // Records carry the wall's time; the heart counts on the clock that never steps.
            runner.setup(
                history: try store.pacingHistory(
                    of: runner.stored.id, startedAt: runner.stored.stateAt, limit: CampaignDesk.remembered, at: now
                ).moved(by: .zero - offset))
        }
        heart.prime(.campaigns(started.sorted { $0.id < $1.id }), at: now - offset)
    }

    /// A pack that is getting old warns before it stops calls.
    private func warnOfOldPacks(of campaign: Campaign, _ book: RuleBook, at now: Instant) {
        for pack in book.packs {
            guard let age = pack.age(at: now), age > campaign.callingRules.packAge.warn else { continue }
            let stop = DurationText.spoken(campaign.callingRules.packAge.stop)
            logger.warning(
                "Campaign \(campaign.name): the rule pack \(pack.name) of \(pack.version) is \(DurationText.spoken(age)) old and stops calls at \(stop)."
            )
        }
    }

    private func reconcile(_ attempt: OpenAttempt, at now: Instant) throws {
        reconciled += 1
        let rules = attempt.campaign.flatMap { otherRules[$0] }
        if attempt.phase == .wrapUp {
            try store.settleAttempt(attempt.id, nil, disposition: .noneGiven, rules: rules, at: now)
            return
        }
        var note: Evidence.Note?
        if setups[attempt.station] == nil {
            note = .stationGone
        } else if now.since(attempt.intendedAt) > CallWatch.restartHorizon {
            note = .tooOldAtRestart
        } else if attempt.isFromBackup, setups[attempt.station]?.family == .dp {
            // A base shows no numbers: the call on its line now may be anybody's.
            note = .openAtRestore
        }
        if let note {
            let ending = CallEnding(
                outcome: .unknown, endedAt: now, ring: nil, talk: nil, evidence: Evidence(notes: [note]))
            try store.settleAttempt(attempt.id, ending, disposition: nil, rules: rules, at: now)
            outcomes[.unknown, default: 0] += 1
            return
        }
        let ringTimeout = rules?.campaign.dial.ringTimeout ?? DialSettings().ringTimeout
        let offset = clock.wallOffset()
        callees[attempt.station] = Callee(
            attempt: attempt.id, contact: attempt.contact, number: attempt.number, campaign: attempt.campaign)
        heart.prime(
            .restarted(station: attempt.station, attempt.moved(by: .zero - offset), ringTimeout: ringTimeout),
            at: now - offset)
        if rules?.campaign.dial.dialsExtensions == true, let digits = try store.extensionToPress(for: attempt.id) {
            heart.prime(.extensionBehind(station: attempt.station, attempt.id, digits: digits), at: now - offset)
        }
    }

    /// Takes in what other programs changed: pauses, campaigns, lists, suppressions; and what time servers did to the clock.
    func lookAtDatabase() {
        defer { pulse.lookAgain(after: Self.controlInterval, at: clock.now()) }
        lookAtWriteAheadLog()
        lookAtShortage()
        beat()
        writeWaiting()
        guard unwritten.isEmpty else { return feed(.tick) }
        if !lock.isIntact, !heart.isStopping {
            logger.error(
                "The lock file \(store.path).lock was deleted, so another engine could start: no further call is placed. Start Offhook again when the running calls have ended."
            )
            stop()
        }
        do {
            try lookAtClock()
            var relinked: Set<String> = []
            if !heldBack.isEmpty { try reloadDevices() }
            for device in try store.devices() {
                joinLate(device.name)
                for station in device.stations {
                    guard let former = pauses[station.name], former != station else { continue }
                    pauses[station.name] = station
                    noteStation(station.name)
                    noteTime(of: station, formerly: former)
                    if former.pausedReason != station.pausedReason {
                        feed(.pause(station: station.name, reason: station.pausedReason))
                    }
                    if former.lockedOutAt != nil, station.lockedOutAt == nil {
                        // The person may have mended the passcode: it is read anew, once a device.
                        if relinked.insert(device.name).inserted { relink(driven[device.name] ?? device) }
                        feed(.lockOutLifted(station: station.name))
                    }
                }
            }
            _ = try store.endSuppressions(at: clock.wallTime())
            try keepHouse(at: clock.wallTime())
            try store.reviewSomeContacts(at: clock.wallTime())
            try takeRequests()
            let changes = try store.changes(after: journalSeen)
            if changes.last > journalSeen { noteJournal() }
            journalSeen = changes.last
            // A tick all the same: a run can end because phones do not come back, which no event tells.
            guard !changes.events.isEmpty else { return feed(.tick) }
            if changes.events.contains(CampaignStore.phonesEvent) { try reloadDevices() }
            if !changes.events.isDisjoint(with: CampaignStore.campaignEvents) {
                try loadCampaigns(at: clock.wallTime())
            }
            feed(.storeChanged)
        } catch {
            hold(error) {}
        }
    }

    /// Time counts for another agent, or as another pause, while the station's state is the same.
    private func noteTime(of station: StoredStation, formerly former: StoredStation) {
        guard former.agent != station.agent || former.pausedReason != station.pausedReason,
            let state = heart.status(of: station.name)?.state
        else { return }
        let (store, at) = (store, clock.wallTime())
        record {
            try store.noteStationTime(
                of: station.name, agent: station.agent, state: state, reason: station.pausedReason, at: at)
        }
    }

    /// Somebody may have set the clock: what is open and what is due are worked out anew. Durations do not notice.
    private func lookAtClock() throws {
        let offset = clock.wallOffset()
        let step = offset - wallOffset
        wallOffset = offset
        guard abs(step.wholeMilliseconds) >= Self.clockStep.wholeMilliseconds else { return }
        let direction = step > .zero ? "forward" : "back"
        let length = DurationText.spoken(step > .zero ? step : .zero - step)
        logger.notice(
            "The computer's clock was set \(direction) by \(length); calling hours follow it, running calls do not notice."
        )
        try store.recordEvent("clock_set", detail: "\(direction) by \(length)", at: clock.wallTime())
        try loadCampaigns(at: clock.wallTime())
        feed(.storeChanged)
    }
}

extension Disposition {
    /// What stands where wrap-up ran out and nothing was said.
    public static let noneGiven = Disposition(code: "NONE_GIVEN", label: "None given", dispositionClass: .noneGiven)
}
