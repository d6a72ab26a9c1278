import CampaignStore
import Campaigns

/// What an agent says of a call, and the time after it.
extension DialerHeart {
    /// Why a station pauses itself whose agent let a wrap-up run out: whoever gives no disposition may not be there
    /// for the next one.
    public static let noDisposition = "No disposition given"

    /// Takes in what the agent said: in wrap-up it ends it; during the call it is stored at once and kept for its end.
    mutating func disposed(
        _ name: String, _ attempt: AttemptID, _ disposition: Disposition, _ callback: CallbackTime?, _ note: String?,
        at now: Instant
    ) -> [DialerEffect] {
        if stations[name]?.watch?.attempt == attempt {
            let said = SaidDisposition(disposition: disposition, callback: callback, note: note)
            stations[name]?.said = (attempt, said)
            return [.keepSaid(attempt, said)]
        }
        guard stations[name]?.wrapUp?.attempt == attempt else { return [] }
        leaveWrapUp(name, at: now)
        return [.settleDisposed(attempt, nil, disposition, callback: callback, note: note)]
    }

    /// The agent has given the disposition of the call and wants the next one: the wrap-up is over.
    mutating func agentReady(_ name: String, at now: Instant) -> [DialerEffect] {
        guard let wrapUp = stations[name]?.wrapUp, let said = said(of: wrapUp.attempt, at: name) else { return [] }
        leaveWrapUp(name, at: now)
        return [settled(wrapUp.attempt, nil, said)]
    }

    /// Lets a wrap-up last longer, never beyond the longest that its campaign allows from its beginning.
    mutating func moreTime(
        _ name: String, _ attempt: AttemptID, _ more: Duration, at now: Instant
    ) -> [DialerEffect] {
        guard let station = stations[name], let wrapUp = station.wrapUp, wrapUp.attempt == attempt,
            let settings = station.campaign.flatMap({ desks[$0]?.setup.pacing }), let ended = station.lastEnd
        else { return [] }
        let until = min(max(wrapUp.until, now) + more, ended + max(settings.wrapUpLimit, settings.wrapUp))
        guard until > wrapUp.until else { return [] }
        stations[name]?.wrapUp = (attempt, until)
        return [.wrapUpExtended(attempt, until: until)]
    }

    /// The call of a station is over: its agent has time to give its disposition, where there was somebody to speak with.
    mutating func wrapUp(
        _ name: String, _ attempt: AttemptID, _ ending: CallEnding, at now: Instant
    ) -> [DialerEffect] {
        let pacing = stations[name]?.campaign.flatMap { desks[$0]?.setup.pacing }
        let said = said(of: attempt, at: name)
        // Who has said it and paused has nothing to wrap up: no call comes before they are ready.
        let isPaused = stations[name]?.pausedReason != nil
        guard ending.outcome.isConversation, said == nil || !isPaused else {
            stations[name]?.campaign = nil
            stations[name]?.said = nil
            return [settled(attempt, ending, said)]
        }
        let time = said == nil ? pacing?.longestWrapUp : pacing?.wrapUpOnceSaid
        let until = isStopping ? now : now + (time ?? .zero)
        stations[name]?.wrapUp = (attempt, until)
        return [.beginWrapUp(attempt, ending, until: until)]
    }

    mutating func endWrapUps(_ names: [String], at now: Instant) -> [DialerEffect] {
        var effects: [DialerEffect] = []
        for name in names {
            guard let wrapUp = stations[name]?.wrapUp, now >= wrapUp.until else { continue }
            if let said = said(of: wrapUp.attempt, at: name) {
                effects.append(settled(wrapUp.attempt, nil, said))
            } else {
                effects.append(.settle(wrapUp.attempt, nil, asked: true))
                effects += pauseUndisposed(name)
            }
            leaveWrapUp(name, at: now)
        }
        return effects
    }

    mutating func leaveWrapUp(_ name: String, at now: Instant) {
        stations[name]?.wrapUp = nil
        stations[name]?.said = nil
        stations[name]?.campaign = nil
        stations[name]?.lastEnd = now
        stations[name]?.askNow(at: now)
        wakeDesks()
    }

    private mutating func pauseUndisposed(_ name: String) -> [DialerEffect] {
        guard let station = stations[name], !isStopping, station.hasPage, station.present, station.pausedReason == nil
        else { return [] }
        let pacing = station.campaign.flatMap { desks[$0]?.setup.pacing } ?? PacingSettings()
        // Without a wrap-up nobody had time to say anything: silence says nothing of whether the agent is there.
        guard pacing.noDisposition == .pause, pacing.longestWrapUp > .zero else { return [] }
        stations[name]?.pausedReason = Self.noDisposition
        return [.pauseStation(station: name, reason: Self.noDisposition)]
    }

    private func said(of attempt: AttemptID, at name: String) -> SaidDisposition? {
        stations[name]?.said.flatMap { $0.attempt == attempt ? $0.what : nil }
    }

    private func settled(_ attempt: AttemptID, _ ending: CallEnding?, _ said: SaidDisposition?) -> DialerEffect {
        guard let said else { return .settle(attempt, ending, asked: false) }
        return .settleDisposed(attempt, ending, said.disposition, callback: said.callback, note: said.note)
    }
}
