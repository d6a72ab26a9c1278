import CampaignStore
import Campaigns
import Eligibility
import Logging

/// What agents say of their calls.
extension DialerEngine {
    /// Takes what is said of the call that is open at a station.
    ///
    /// - Returns: why it cannot be said; nil where it was, and is on disk as soon as ``written()`` says so.
    func say(
        _ attempt: AttemptID, at name: String, _ code: String, _ callback: CallbackTime?, _ note: String?
    ) throws -> String? {
        guard heart.attempt(at: name) == attempt else { return "Attempt \(attempt.value) is over." }
        guard let (rules, disposition) = try saying(code, of: attempt) else { return Self.unknown(code) }
        if let callback,
            let refusal = try store.callbackRefusal(of: attempt, at: callback, rules: rules, now: clock.wallTime())
        {
            return refusal.sentence
        }
        feed(.disposed(station: name, attempt, disposition, callback: callback, note: note))
        return nil
    }

    /// Takes what was said, in another program, of a call that was open then and is settled by now.
    ///
    /// - Returns: why it cannot be said, or what was saved without its action, such as a callback that nobody scheduled; nil where
    ///   all of it was done.
    func sayAfterwards(
        _ attempt: AttemptID, _ code: String, _ callback: CallbackTime?, _ note: String?
    ) throws -> String? {
        guard let (rules, disposition) = try saying(code, of: attempt) else { return Self.unknown(code) }
        do {
            // Whoever is at the station by now need not be the one who spoke.
            let changed = try store.changeDisposition(
                of: attempt, to: disposition, callback: callback, note: note, by: store.attempt(attempt).agent,
                rules: rules, at: clock.wallTime())
            // A wish not to be called is heard in any case.
            guard case .onlyNoted(let why) = changed, disposition.dispositionClass != .doNotCall else { return nil }
            let lost = callback == nil ? "what follows the call stays as it was" : "no callback was scheduled"
            return "Attempt \(attempt.value): “\(disposition.label)” was saved, but \(lost). \(why)"
        } catch let error as StoreError {
            // One that may pass is no answer: the request waits until the database can be written.
            if case .unavailable = error { throw error }
            return error.description
        }
    }

    private func saying(_ code: String, of attempt: AttemptID) throws -> (EligibilityRules, Disposition)? {
        guard let campaign = try store.campaignOfAttempt(attempt), let rules = otherRules[campaign],
            let disposition = rules.campaign.dispositions.first(where: { $0.code == code })
        else { return nil }
        return (rules, disposition)
    }

    private static func unknown(_ code: String) -> String { "The campaign has no disposition “\(code)”." }

    /// A station pauses itself: its agent is told by the pause, which only they lift.
    func pause(_ name: String, _ reason: String, at now: Instant) throws {
        try store.setPause(reason, unlessPaused: name, at: now)
        if pauses[name]?.pausedReason == nil { pauses[name]?.pausedReason = reason }
        logger.notice("Station \(name) pauses itself: \(reason)")
    }
}
