import CampaignStore
import Campaigns

extension CallWatch {
    /// The dial command was answered, or was not.
    public mutating func commandAnswered(_ result: CommandResult, at now: Instant) -> [WatchAction] {
        answeredAt = now
        switch result {
        case .accepted: return []
        case .uncertain(let detail):
            // A lost answer is not a lost command: look at the lines, never dial again.
            evidence.note(.answerLost)
            evidence.detail = detail
            return []
        case .refused(let detail), .doubtful(let detail):
            // Some phones answer with an error and dial all the same: only lines that stay idle prove that nothing was dialed.
            evidence.note(.errorAnswered)
            evidence.detail = detail
            if case .refused = result { wasRefused = true }
            return []
        case .authentication(let detail):
            evidence.note(.authentication)
            evidence.detail = detail
            return finish(.phoneRefused, at: now)
        case .notSent(let detail):
            evidence.detail = detail
            return finish(.phoneRefused, at: now)
        case .shortage(let detail):
            // Nobody refused anything: it never got as far as the phone.
            return commandNotSent(detail, at: now)
        }
    }

    /// The engine did not send the command in time, and knows it.
    public mutating func commandNotSent(_ detail: String, at now: Instant) -> [WatchAction] {
        answeredAt = now
        evidence.detail = detail
        return finish(.notSent, at: now)
    }

    /// A cancel or endcall was answered; what it did, the next poll shows.
    public mutating func cancelAnswered(_ result: CommandResult, at now: Instant) {
        guard failedAt == nil else { return }
        switch result {
        case .accepted, .uncertain, .doubtful: mayHaveCancelled = true
        case .refused:
            endsByEndCall.toggle()
            evidence.note(.cancelRefused)
        case .authentication, .notSent, .shortage: break
        }
    }

    /// The phone did not answer a poll.
    public mutating func pollFailed(_ failure: PollFailure, at now: Instant) -> [WatchAction] {
        switch failure {
        case .authentication:
            evidence.note(.authentication)
            return finish(isReconciling ? .unknown : .phoneLost, at: now)
        case .shortage:
            // The phone was not asked, so its silence counts anew from when it is.
            unreachableSince = nil
            return []
        case .unreachable: break
        }
        let since = unreachableSince ?? now
        unreachableSince = since
        let patience = isReconciling ? Self.restartPatience : Self.lostAfter
        guard now.since(since) >= patience else { return [] }
        evidence.note(.unreachable)
        return finish(isReconciling ? .unknown : .phoneLost, at: now)
    }

    /// The call is over: times and evidence together.
    mutating func finish(_ outcome: Outcome, at end: Instant) -> [WatchAction] {
        let wasSeen = line != nil
        let ring = wasSeen ? (connectedAt ?? end).since(startedAt) : nil
        let talk = connectedAt.map { end.since($0) }
        return [
            .finished(CallEnding(outcome: outcome, endedAt: end, ring: ring, talk: talk, evidence: evidence))
        ]
    }
}
