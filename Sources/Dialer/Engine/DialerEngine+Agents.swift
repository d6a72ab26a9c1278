import CampaignStore
import Campaigns
import Eligibility

/// What agents ask of the engine, from its own process or another program.
extension DialerEngine {
    /// A request that nobody took for so long is not carried out any more: its agent has gone on.
    static let requestPatience: Duration = .seconds(10)

    /// Takes up what agents left in the database.
    func takeRequests() throws {
        let now = clock.wallTime()
        for request in try store.waitingRequests() {
            if now.since(request.at) > Self.requestPatience {
                try store.answer(request, refusal: "It was asked \(request.at.iso8601), too long ago.", at: now)
            } else if setups[request.station] == nil {
                try store.answer(request, refusal: "The engine does not drive the station \(request.station).", at: now)
            } else {
                try take(request, at: now)
            }
        }
    }

    private func take(_ request: WaitingRequest, at now: Instant) throws {
        let name = request.station
        if case .call(let campaign, let contact) = request.request {
            guard wantedCalls[name] == nil else { return }
            wantedCalls[name] = .stored(request)
            return feed(.manualCall(station: name, campaign: CampaignID(campaign), contact: ContactID(contact)))
        }
        // What the agent said may wait to be written; the answer waits behind it.
        let refusal = try carryOut(request.request, at: name)
        let store = store
        record { try store.answer(request, refusal: refusal, at: now) }
    }

    /// Carries out what an agent asks for and what is answered at once: all but a call of the agent's choice.
    ///
    /// - Returns: why not, as a sentence; nil where it was done.
    func carryOut(_ request: AgentRequest, at name: String) throws -> String? {
        switch request {
        case .take, .skip:
            guard heart.offer(to: name) != nil else { return "No contact is shown at \(name) now." }
            if case .skip(let reason) = request {
                feed(.offerSkipped(station: name, reason: reason))
            } else {
                feed(.offerTaken(station: name))
            }
            return nil
        case .call: return "A call is placed later, not at once."
        case .say(let attempt, let code, let callback, let note):
            return try say(AttemptID(attempt), at: name, code, callback, note)
        case .moreTime(let attempt, let seconds):
            guard heart.attempt(at: name)?.value == attempt else {
                return "Attempt \(attempt) is not in wrap-up at \(name)."
            }
            feed(.moreTime(station: name, AttemptID(attempt), .seconds(seconds)))
            return nil
        }
    }

    /// - Returns: why it cannot be said; nil where it was.
    private func say(
        _ attempt: AttemptID, at name: String, _ code: String, _ callback: CallbackTime?, _ note: String?
    ) throws -> String? {
        guard heart.attempt(at: name) == attempt else { return "Attempt \(attempt.value) is over." }
        guard let campaign = try store.campaignOfAttempt(attempt),
            let settings = otherRules[campaign]?.campaign,
            let disposition = settings.dispositions.first(where: { $0.code == code })
        else { return "The campaign has no disposition “\(code)”." }
        feed(.disposed(station: name, attempt, disposition, callback: callback, note: note))
        return nil
    }

    /// Answers the call that an agent asked for at a station, if one waits.
    func answerCall(at name: String, refusal: String?) throws {
        switch wantedCalls[name] {
        case .stored(let request): try store.answer(request, refusal: refusal, at: clock.wallTime())
        case .direct(let reply): reply.resume(returning: refusal)
        case nil: return
        }
        wantedCalls[name] = nil
    }
}
