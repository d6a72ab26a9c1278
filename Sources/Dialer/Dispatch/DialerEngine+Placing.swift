import CampaignStore
import Campaigns
import Eligibility
import Logging
import PhoneNumbers

/// From a ready station to a recorded intent.
extension DialerEngine {
    /// Most contacts that are looked at for one station before other events get their turn.
    static let looksAtOnce = 25

    /// What came of looking for a campaign's next contact.
    private enum Search {
        case found(Reservation)
        /// Nothing before this; nil: not before something changes. Another station or agent may have something earlier.
        case nothing(until: Instant?, elsewhere: Instant? = nil)
    }

    /// A call that an agent asked for met another program's write, and is tried again after it.
    private struct PlacedLater: Error {}

    /// Looks for a call to place, unless something still waits to be written down, or no descriptor is left: a call that cannot be
    /// written down, or not be followed, must not be dialed.
    ///
    /// - Parameters:
    ///   - wanted: what an agent asked for: where only another program's write is waited for, it is tried again afterwards.
    ///   - drop: told where nothing comes of it: an agent may wait for an answer, a contact may be set aside.
    func placing(
        _ name: String, _ campaign: CampaignID, _ wanted: WantedCall? = nil, orElse drop: @escaping () -> Void = {},
        _ body: () throws -> Void
    ) {
        if unwritten.isEmpty, hasRoomForCall() {
            do {
                return try body()
            } catch is PlacedLater {
                // Held already.
            } catch {
                hold(error) {}
            }
        }
        if let wanted, unwritten.isWaitingForLock {
            unwritten.postponed.append(
                .init(again: { self.feed(.wantedAgain(station: name, wanted)) }, drop: drop))
        } else {
            drop()
        }
        // It is woken as soon as all is written.
        feed(nothing(for: name, campaign, until: clock.wallTime() + .seconds(1)))
    }

    /// An agent's call is not placed, since it could not be written down; the agent is told as soon as that can be.
    func refuseCall(at name: String) {
        let trouble =
            unwritten.trouble ?? shortage?.sentence
            ?? (unwritten.isFinal ? "the run ends." : "another program is writing to the database.")
        let why = "No call is placed now: \(trouble) Ask again when that is over."
        record { try self.answerCall(at: name, refusal: why) }
    }

    /// A contact that was set aside is free again, and shown no more, as soon as that can be written down.
    func giveBack(_ reservation: Reservation, at name: String) {
        let (store, now) = (store, clock.wallTime())
        let reason =
            shortage.map { Reason(code: "shortage", text: $0.sentence) }
            ?? Reason(code: "database", text: "The database could not be written.")
        record {
            try store.noteOffer(nil, until: nil, station: name)
            try store.release(reservation, notBefore: now, reason: reason, at: now)
        }
    }

    /// Tells the heart, whose clock never steps, until when there is nothing to call.
    private func nothing(
        for name: String, _ campaign: CampaignID, until: Instant?, elsewhere: Instant? = nil
    ) -> DialerEvent {
        let offset = clock.wallOffset()
        return .nothingToCall(
            station: name, campaign: campaign, until: until.map { $0 - offset },
            elsewhere: elsewhere.map { $0 - offset })
    }

    /// Reserves the next contact that the rules allow, records the intent, and tells the heart; or says when to ask again.
    func placeCall(_ name: String, _ campaign: CampaignID) throws {
        for _ in 0..<Self.looksAtOnce {
            switch try nextContact(name, campaign) {
            case .nothing(let until, let elsewhere):
                return feed(nothing(for: name, campaign, until: until, elsewhere: elsewhere))
            case .found(let reservation):
                if try intend(reservation, at: name, kind: nil) { return }
            }
        }
        // Many were denied in a row: the others get their turn, then it goes on.
        feed(nothing(for: name, campaign, until: clock.wallTime()))
    }

    /// Reserves the next contact and shows it to the station's agent.
    func offerContact(_ name: String, _ campaign: CampaignID) throws {
        switch try nextContact(name, campaign) {
        case .nothing(let until, let elsewhere):
            feed(nothing(for: name, campaign, until: until, elsewhere: elsewhere))
        case .found(let reservation): feed(.contactOffered(station: name, reservation))
        }
    }

    /// Dials a contact that an agent was shown and took.
    func placeOffered(_ name: String, _ reservation: Reservation) throws {
        try store.noteOffer(nil, until: nil, station: name)
        guard try !intend(reservation, at: name, kind: .preview) else { return }
        feed(nothing(for: name, reservation.campaign, until: clock.wallTime()))
    }

    /// Dials a contact that an agent picked; every calling rule is asked as for any other call.
    func placeManual(_ name: String, _ campaign: CampaignID, _ wanted: WantedContact) throws {
        (denial, denialCodes) = (nil, nil)
        let isPlaced: Bool
        let subject: String
        switch wanted {
        case .known(let contact):
            subject = "contact \(contact.value)"
            let reservation = try store.reserve(contact, of: campaign, station: name, at: clock.wallTime())
            isPlaced = try reservation.map { try intend($0, at: name, kind: .manual) } ?? false
        case .typed(let number):
            subject = "a number that was typed"
            isPlaced = try intend(number, of: campaign, at: name)
        }
        if isPlaced { return record { try self.answerCall(at: name, refusal: nil) } }
        let why = denial ?? "The contact is finished, suppressed or being called; see offhook why."
        let codes = denialCodes ?? "finished, suppressed or being called"
        logger.notice("Station \(name): \(subject) is not called: \(codes); see offhook why.")
        record { try self.answerCall(at: name, refusal: why) }
        feed(nothing(for: name, campaign, until: clock.wallTime()))
    }

    /// The campaign pauses itself; a person starts it again.
    func brake(_ campaign: CampaignID, _ reason: Reason, at now: Instant) throws {
        guard let name = runners[campaign]?.stored.campaign.name else { return }
        logger.error("Campaign \(name) pauses itself: \(reason)")
        try store.setState(.paused, of: name, because: reason.text, at: now)
    }

    private func nextContact(_ name: String, _ campaign: CampaignID) throws -> Search {
        for _ in 0..<Self.looksAtOnce {
            let now = clock.wallTime()
            guard let open = runners[campaign]?.hours(at: now), let runner = runners[campaign] else {
                return .nothing(until: nil)
            }
            // Picked nobody, so that nobody has to be put back one by one.
            if runner.problem(at: now) != nil { return .nothing(until: nil) }
            let settings = runner.rules.campaign
            let reservation = try store.reserveNextContact(
                campaign: campaign, station: name, agent: pauses[name]?.agent, openAreas: open,
                grace: settings.callbacks.grace, order: settings.retry.order, at: now)
            guard let reservation else {
                return try nothing(for: name, runner, at: now)
            }
            do {
                guard let verdict = try store.eligibility(of: reservation, rules: runner.rules, at: now) else {
                    continue
                }
                if verdict.verdict.isAllowed { return .found(reservation) }
                try store.putBack(reservation, denied: verdict, at: now)
            } catch {
                hold(error) {}
                giveBack(reservation, at: name)
                throw error
            }
        }
        return .nothing(until: clock.wallTime())
    }

    /// When a station can call again, and when another one can, or the agent of another one.
    private func nothing(for name: String, _ runner: CampaignRunner, at now: Instant) throws -> Search {
        let grace = runner.rules.campaign.callbacks.grace
        let own = try store.earliestDue(
            campaign: runner.stored.id, station: name, agents: pauses[name]?.agent.map { [$0] } ?? [], grace: grace)
        let any =
            setups.count < 2
            ? own
            : try store.earliestDue(
                campaign: runner.stored.id, station: nil, agents: pauses.values.compactMap(\.agent), grace: grace)
        return .nothing(
            until: runner.hours.nextCall(of: own, under: runner.rules, at: now),
            elsewhere: runner.hours.nextCall(of: any, under: runner.rules, at: now))
    }

    /// Records the intent to dial a reserved contact and tells the heart; false where a rule or the dial plan forbids it.
    private func intend(_ reservation: Reservation, at name: String, kind: AttemptKind?) throws -> Bool {
        do {
            return try writeIntent(reservation, at: name, kind: kind)
        } catch {
            hold(error) {}
            let isLater = unwritten.isWaitingForLock && kind != nil
            // What the agent was shown stays set aside; what was picked is picked anew.
            if !(isLater && kind == .preview) { giveBack(reservation, at: name) }
            if isLater { throw PlacedLater() }
            (denial, denialCodes) = (unwritten.trouble, "the database takes no writes")
            return false
        }
    }

    private func writeIntent(_ reservation: Reservation, at name: String, kind: AttemptKind?) throws -> Bool {
        let now = clock.wallTime()
        guard let setup = setups[name], let runner = runners[reservation.campaign] else {
            let reason = Reason(code: "campaign_not_started", text: "The campaign was paused.")
            try store.release(reservation, notBefore: now, reason: reason, at: now)
            return false
        }
        let dialled: String
        switch runner.dialString(for: reservation.number, at: setup) {
        case .success(let text): dialled = text
        case .failure(let problem):
            (denial, denialCodes) = ("\(problem)", "dial_plan")
            try store.release(
                reservation, notBefore: nil, reason: Reason(code: "dial_plan", text: "\(problem)"), at: now)
            return false
        }
        // Read before the intent: after it nothing may fail before the heart knows of it.
        let dialsExtensions = runner.rules.campaign.dial.dialsExtensions
        let digits = dialsExtensions ? try store.extensionToPress(ofNumber: reservation.numberID) : nil
        let request = request(reservation, at: setup, kind: kind, dialled: dialled)
        switch try store.recordIntent(request, rules: runner.rules, at: now) {
        case .recorded(let attempt): intended(attempt, reservation, at: name, dialled: dialled, extension: digits)
        case .denied(let verdict):
            note(verdict)
            return false
        }
        return true
    }

    /// Records the intent to call a number that an agent typed; nothing of it is left where that is not allowed.
    private func intend(_ number: NewContact.Number, of campaign: CampaignID, at name: String) throws -> Bool {
        do {
            return try writeIntent(number, of: campaign, at: name)
        } catch {
            hold(error) {}
            if unwritten.isWaitingForLock { throw PlacedLater() }
            (denial, denialCodes) = (unwritten.trouble, "the database takes no writes")
            return false
        }
    }

    private func writeIntent(_ number: NewContact.Number, of campaign: CampaignID, at name: String) throws -> Bool {
        let now = clock.wallTime()
        guard let setup = setups[name], let runner = runners[campaign] else {
            (denial, denialCodes) = ("The campaign is not started.", "campaign_not_started")
            return false
        }
        var dialled = ""
        let intent: TypedIntent
        do {
            intent = try store.recordIntent(
                typed: number, campaign: campaign, station: name, agent: pauses[name]?.agent, rules: runner.rules,
                at: now
            ) { reservation in
                // Only what was judged and is written down may be dialed.
                dialled = try runner.dialString(for: reservation.number, at: setup).get()
                return request(reservation, at: setup, kind: .manual, dialled: dialled)
            }
        } catch let problem as DialProblem {
            (denial, denialCodes) = ("\(problem)", "dial_plan")
            return false
        }
        switch intent {
        case .recorded(let attempt, let reservation):
            let digits = runner.rules.campaign.dial.dialsExtensions ? number.fileExtension : nil
            intended(attempt, reservation, at: name, dialled: dialled, extension: digits)
            return true
        case .denied(let verdict): note(verdict)
        case .notCallable: break
        }
        return false
    }

    private func request(
        _ reservation: Reservation, at setup: StationSetup, kind: AttemptKind?, dialled: String
    ) -> IntentRequest {
        IntentRequest(
            reservation: reservation, station: setup.name, agent: pauses[setup.name]?.agent, kind: kind,
            dialled: dialled, dialWith: setup.dialWith, account: setup.account,
            linesBefore: heart.linesBefore(setup.name))
    }

    private func note(_ verdict: EligibilityVerdict) {
        denial = verdict.reasons.map(\.text).joined(separator: " ")
        denialCodes = verdict.reasons.map(\.code).joined(separator: ", ")
    }

    /// An intent is on disk: the heart may dial.
    private func intended(
        _ attempt: AttemptID, _ reservation: Reservation, at name: String, dialled: String, extension digits: String?
    ) {
        callees[name] = Callee(
            attempt: attempt, contact: reservation.contact, number: reservation.number, campaign: reservation.campaign)
        pulse.noteIntent(due: causeAt, at: clock.now())
        passIntent(attempt)
        feed(.intentRecorded(station: name, attempt, campaign: reservation.campaign, dialled: dialled))
        if let digits { feed(.extensionBehind(station: name, attempt, digits: digits)) }
    }

    /// Tells whoever listens that an intent is on disk, and whether its contact was tried before.
    private func passIntent(_ attempt: AttemptID) {
        guard let onStep = options.onStep else { return }
        onStep(.afterIntent)
        if let pass = try? store.passOfAttempt(attempt), pass > 1 { onStep(.retryIntended) }
    }
}
