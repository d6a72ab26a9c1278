import CampaignStore
import Campaigns
import Eligibility
import Logging
import PhoneNumbers

extension DialerEngine {
    /// The command follows its intent within this time, or is not sent. Real time: a rehearsal's phones answer no faster for
    /// its faster clock.
    static let commandDeadline: Duration = .seconds(2)

    /// Carries one effect out: the store at once, the phones in a task whose answer comes back as an event.
    ///
    /// - Parameter now: the steady hand of the clock; what is written down gets the wall's time.
    func perform(_ effect: DialerEffect, at now: Instant) {
        switch effect {
        case .poll(let name, let rank): poll(name, rank)
        case .placeCall(let name, let campaign): placing(name, campaign) { try self.placeCall(name, campaign) }
        case .offerContact(let name, let campaign): placing(name, campaign) { try self.offerContact(name, campaign) }
        case .placeOffered(let name, let reservation):
            let wanted = WantedCall.offered(reservation, until: now + WantedCall.patience)
            placing(name, reservation.campaign, wanted, orElse: { self.giveBack(reservation, at: name) }) {
                try self.placeOffered(name, reservation)
            }
        case .placeManual(let name, let campaign, let contact):
            let wanted = WantedCall.manual(campaign, contact, until: now + WantedCall.patience)
            placing(name, campaign, wanted, orElse: { self.refuseCall(at: name) }) {
                try self.placeManual(name, campaign, contact)
            }
        case .manualRefused(let name, let reason):
            logger.notice("Station \(name) does not dial: \(reason)")
            record { try self.answerCall(at: name, refusal: reason.text) }
        case .dial(let name, let attempt, let dialled): dial(name, attempt, dialled, intendedAt: now)
        case .pressExtension(let name, let attempt, let digits, let deadline):
            press(name, attempt, digits, before: deadline)
        case .extensionMissed(let name, let attempt):
            logger.warning(
                "Station \(name): the extension of attempt \(attempt.value) was not pressed: its call was not seen connected and alone on the phone in time."
            )
        case .cancel(let name, let attempt, let line):
            command(name, attempt) { await $0.cancel($1, line: line) }
        case .endCall(let name, let attempt, let line):
            command(name, attempt) { await $0.endCall($1, line: line) }
        case .lineCommand(let name, let id, let command, let line): press(command, at: name, line: line, id)
        case .lineCommandRefused(_, let id, let reason): answerDesk(id, refusal: reason.text)
        case .unknownWord(let name, let word) where setups[name]?.words.phase(of: word) == .ringing:
            logger.of(.phones).warning(
                "Station \(name) showed a call that comes in right after a dial command. \(PhoneAdvice.ringing(station: name))"
            )
        case .unknownWord(let name, let word):
            logger.of(.phones).notice(
                "Station \(name) shows a word of \(word.utf8.count) bytes that is not mapped; it counts as in use. The call's evidence has it: offhook report attempts; see docs/phones.md."
            )
        default:
            if case .lockOut(let name, _) = effect {
                logger.of(.phones).error(
                    "The phone refused the passcode: station \(name) is locked out. Correct the passcode, then: offhook stations ready \(name)"
                )
            }
            let offset = clock.wallOffset()
            record { try self.write(down: effect, at: now + offset, offset) }
        }
    }

    /// Writes an effect down that only the store takes.
    private func write(down effect: DialerEffect, at now: Instant, _ offset: Duration) throws {
        switch effect {
        case .noteCommanded(let attempt): try store.noteCommanded(attempt, at: now)
        case .noteSeen(let attempt, let line):
            try store.noteSeen(attempt, line: line, at: now)
            options.onStep?(.calling)
        case .noteConnected(let attempt, let line):
            try store.noteConnected(attempt, line: line, at: now)
            options.onStep?(.connected)
        case .beginWrapUp(let attempt, let ending, let until):
            options.onStep?(.beforeOutcome)
            try store.beginWrapUp(attempt, ending.moved(by: offset), until: until + offset, at: now)
            outcomes[ending.outcome, default: 0] += 1
            options.onStep?(.wrapUp)
        case .settle(let attempt, let ending, let asked):
            try settle(attempt, ending?.moved(by: offset), asked ? .noneGiven : nil, callback: nil, at: now)
        case .offerShown(let name, let contact, let until):
            try store.noteOffer(contact, until: until + offset, station: name)
        case .withdrawOffer(let name, let reservation, let notBefore, let reason):
            try store.noteOffer(nil, until: nil, station: name)
            try store.release(reservation, notBefore: notBefore + offset, reason: reason, at: now)
        case .noteAgentAbsent(let attempt): try store.noteAgentAbsent(attempt, at: now)
        case .pauseCampaign(let campaign, let reason): try brake(campaign, reason, at: now)
        case .settleDisposed(let attempt, let ending, let disposition, let callback, let note):
            try settle(attempt, ending?.moved(by: offset), disposition, callback: callback, note: note, at: now)
        case .keepSaid(let attempt, let said): try store.keep(said, of: attempt, at: now)
        case .pauseStation(let name, let reason): try pause(name, reason, at: now)
        case .wrapUpExtended(let attempt, let until): try store.extendWrapUp(attempt, until: until + offset, at: now)
        case .stationChanged(let name, let from, let to):
            logger.debug("Station \(name): \(from.rawValue) -> \(to.rawValue)")
            try store.noteStationState(
                to, was: from, station: name, agent: pauses[name]?.agent, campaign: heart.campaign(at: name),
                reason: pauses[name]?.pausedReason, at: now)
        case .lockOut(let name, _):
            try store.lockOut(station: name, at: now)
            pauses[name]?.lockedOutAt = now
        case .observedCall, .observedCallNumber, .observedCallConnected, .observedCallEnded:
            try writeObserved(effect, at: now)
        case .poll, .placeCall, .offerContact, .placeOffered, .placeManual, .manualRefused, .dial, .pressExtension,
            .extensionMissed, .cancel, .endCall, .unknownWord, .lineCommand, .lineCommandRefused:
            break
        }
    }

    private func settle(
        _ attempt: AttemptID, _ ending: CallEnding?, _ disposition: Disposition?, callback: CallbackTime?,
        note: String? = nil, at now: Instant
    ) throws {
        if ending != nil { options.onStep?(.beforeOutcome) }
        let campaign = try store.campaignOfAttempt(attempt)
        try store.settleAttempt(
            attempt, ending, disposition: disposition, callback: callback, note: note,
            rules: campaign.flatMap { otherRules[$0] },
            at: now)
        if let ending { outcomes[ending.outcome, default: 0] += 1 }
    }

    /// Presses an extension once. An answer that is lost is no reason to press again; keys that did not leave are.
    private func press(_ name: String, _ attempt: AttemptID, _ digits: String, before deadline: Instant) {
        guard let setup = setups[name], let link = links[setup.device] else { return }
        let (clock, logger) = (clock, logger)
        Task(executorPreference: link.executor) {
            let result = await link.press(setup, digits) { clock.now() <= deadline }
            await self.noteShortage(in: result)
            if case .shortage = result { return await self.feed(.extensionNotPressed(station: name, attempt)) }
            guard let result else { return await self.feed(.extensionNotPressed(station: name, attempt)) }
            if result != .accepted {
                logger.warning(
                    "Station \(name): whether the extension of attempt \(attempt.value) was pressed is not known: \(result.kind)"
                )
            }
        }
    }

    private func poll(_ name: String, _ rank: PollRank) {
        guard let setup = setups[name] else { return }
        guard let link = links[setup.device] else {
            let why = leftOut[setup.device] ?? "it cannot take part"
            return feed(.pollFailed(station: name, .unreachable("Phone \(setup.device) is left out: \(why)")))
        }
        let (pulse, clock, onPoll) = (pulse, clock, options.onPoll)
        let due = heart.pollDueAt(name) ?? clock.now()
        let isInCall = heart.isFollowing(name)
        Task(executorPreference: link.executor) {
            let polled = await link.poll(setup, rank: rank == .call ? .call : .idle) { waited in
                let now = clock.now()
                pulse.notePoll(due: due + waited, at: now)
                onPoll?(PollTiming(isInCall: isInCall, dueAt: due + waited, beganAt: now))
            }
            await self.polled(name, setup, polled)
        }
    }

    private func polled(_ name: String, _ setup: StationSetup, _ polled: PhoneLink.Polled) {
        // The phone was exchanged meanwhile: what the former one shows says nothing of the new one.
        guard setups[name] == setup else { return }
        if let latency = polled.latency { feed(.answered(station: name, after: latency), dueAt: polled.at) }
        switch polled.lines {
        case .success(let lines):
            pulse.noteAnswer(at: polled.at)
            feed(.lines(station: name, lines), dueAt: polled.at)
        case .failure(let error):
            if case .shortage(let clause) = error.failure { noteShortage(clause) }
            feed(.pollFailed(station: name, error.failure), dueAt: polled.at)
        }
    }

    private func dial(_ name: String, _ attempt: AttemptID, _ dialled: String, intendedAt: Instant) {
        guard let setup = setups[name], let link = links[setup.device] else { return }
        starts.append(intendedAt)
        let clock = clock
        let deadline = intendedAt + clock.passing(in: Self.commandDeadline)
        Task(executorPreference: link.executor) {
            let result = await link.dial(setup, dialled) { clock.now() <= deadline }
            if result != nil { self.options.onStep?(.afterCommand) }
            await self.noteShortage(in: result)
            if let result {
                await self.feed(.dialAnswered(station: name, attempt, result))
            } else {
                await self.feed(
                    .dialNotSent(station: name, attempt, "the phone was busy with other requests for over 2 s"))
            }
        }
    }

    private func command(
        _ name: String, _ attempt: AttemptID,
        _ body: @escaping @Sendable (PhoneLink, StationSetup) async -> CommandResult
    ) {
        guard let setup = setups[name], let link = links[setup.device] else { return }
        Task(executorPreference: link.executor) {
            let result = await body(link, setup)
            await self.noteShortage(in: result)
            await self.feed(.cancelAnswered(station: name, attempt, result))
        }
    }

}

extension CampaignRunner {
    /// The areas that are open now.
    mutating func hours(at now: Instant) -> [Int64] {
        judge(at: now)
        return hours.openAreas(under: rules, at: now)
    }
}

extension DialerHeart {
    /// The lines of a station's last poll, for the intent's snapshot.
    public func linesBefore(_ name: String) -> [LineWord] {
        (stations[name]?.lines ?? []).map { LineWord(line: $0.line, word: $0.word) }
    }

    /// Takes an event before the run starts; nothing is dispatched or polled yet.
    mutating func prime(_ event: DialerEvent, at now: Instant) {
        switch event {
        case .campaigns(let setups): replaceCampaigns(setups)
        case .restarted(let name, let attempt, let timeout): _ = restarted(name, attempt, timeout, at: now)
        case .extensionBehind(let name, let attempt, let digits): awaitExtension(name, attempt, digits)
        case .pollFailed(let name, .authentication(let text)):
            stations[name]?.health = .lockedOut
            stations[name]?.failureText = text
        case .pause(let name, let reason): stations[name]?.pausedReason = reason
        case .presence(let name, let present): stations[name]?.present = present
        default: break
        }
    }
}
