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
        if let (campaign, contact) = request.request.wantedContact {
            guard wantedCalls[name] == nil else { return }
            wantedCalls[name] = .stored(request)
            return feed(.manualCall(station: name, campaign: campaign, contact: contact))
        }
        // What the agent said may wait to be written; the answer waits behind it.
        let refusal =
            if case .say(let attempt, let code, let callback, let note) = request.request,
                heart.attempt(at: name)?.value != attempt
            {
                // It was settled while the request waited: what is said of it is a second thought.
                try sayAfterwards(AttemptID(attempt), code, callback, note)
            } else {
                try carryOut(request.request, at: name)
            }
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
        case .call, .callNumber: return "A call is placed later, not at once."
        case .say(let attempt, let code, let callback, let note):
            return try say(AttemptID(attempt), at: name, code, callback, note)
        case .ready:
            feed(.agentReady(station: name))
            return nil
        case .moreTime(let attempt, let seconds):
            guard heart.attempt(at: name)?.value == attempt else {
                return "Attempt \(attempt) is not in wrap-up at \(name)."
            }
            feed(.moreTime(station: name, AttemptID(attempt), .seconds(seconds)))
            return nil
        }
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

extension AgentRequest {
    /// Whom it asks to call, under the rules of which campaign; nil where it asks for something else.
    var wantedContact: (CampaignID, WantedContact)? {
        switch self {
        case .call(let campaign, let contact): (CampaignID(campaign), .known(ContactID(contact)))
        case .callNumber(let campaign, let number): (CampaignID(campaign), .typed(number))
        case .take, .skip, .say, .ready, .moreTime: nil
        }
    }
}
