import CampaignStore
import Campaigns

extension CallWatch {
    /// A poll showed these lines.
    public mutating func linesSeen(_ lines: [ObservedLine], at now: Instant) -> [WatchAction] {
        let gap = now.since(lastPoll).wholeMilliseconds
        evidence.longestGapMilliseconds = max(evidence.longestGapMilliseconds, gap)
        lastPoll = now
        unreachableSince = nil
        if case .restarted(let line, let connectedAt) = origin {
            return reconcile(lines, storedLine: line, storedConnectedAt: connectedAt, at: now)
        }
        var actions: [WatchAction] = []
        if line == nil {
            guard let ours = findOurs(lines) else { return notSeenYet(at: now) }
            take(ours)
            actions.append(.seen(line: ours.line))
        } else if let better = betterGuess(lines) {
            evidence.seen = []
            evidence.notes.removeAll { $0 == .ringingShown }
            isUntouchable = false
            take(better)
            actions.append(.seen(line: better.line))
        }
        guard let shown = lines.first(where: { $0.line == line }) else { return actions + lineGone(at: now) }
        lineGoneSince = nil
        let others = lines.filter { $0.line != line }
        actions += follow(shown, others: others, at: now)
        return actions + hangingUp(shown, others: others, actions: actions, at: now)
    }

    /// The first line that left idle in a way only our call can have left it; without one, the first that rings as ours may.
    private mutating func findOurs(_ lines: [ObservedLine]) -> ObservedLine? {
        var ringing: ObservedLine?
        for shown in lines where idleBefore.contains(shown.line) && shown.phase != .idle {
            if !dialled.mayBe(shown.remoteNumber, phase: shown.phase) {
                // A phone takes its first idle line: what another line shows says nothing of our call.
                if shown.line == idleBefore.min() { sawLineTaken = true }
            } else if shown.phase == .ringing {
                ringing = ringing ?? shown
            } else {
                return shown
            }
        }
        return ringing
    }

    /// A line that shows an outgoing call while the one that we took for ours only rings.
    private mutating func betterGuess(_ lines: [ObservedLine]) -> ObservedLine? {
        guard isGuess, let found = findOurs(lines), found.phase != .ringing, found.line != line else { return nil }
        return found
    }

    private mutating func take(_ ours: ObservedLine) {
        line = ours.line
        isGuess = ours.phase == .ringing
        // After a plain error a line without our number may as well be the agent's own call: it is never sent anything.
        if wasRefused, !dialled.isShown(ours.remoteNumber) { isUntouchable = true }
    }

    /// The phone answers, but our line is not among its lines: another phone may stand there now.
    private mutating func lineGone(at now: Instant) -> [WatchAction] {
        let since = lineGoneSince ?? now
        lineGoneSince = since
        guard now.since(since) >= Self.lostAfter else { return [] }
        evidence.note(.lineGone)
        return finish(.phoneLost, at: now)
    }

    private mutating func notSeenYet(at now: Instant) -> [WatchAction] {
        guard let answeredAt, now.since(answeredAt) >= OutcomeThresholds.notSeen else { return [] }
        // What counts as not dialed needs polls that show it throughout; a call that was dialed counts in any case.
        let isRefusal = sawLineTaken || evidence.notes.contains(.errorAnswered)
        let hiding = isRefusal ? Self.hidesConversation : Self.hidesCall
        if evidence.longestGapMilliseconds >= hiding.wholeMilliseconds {
            // Idle before and after proves nothing where a whole call fits in between.
            evidence.note(.notSeen)
            evidence.note(.endNotSeen)
            return finish(.unknown, at: now)
        }
        if sawLineTaken, !evidence.notes.contains(.answerLost) {
            evidence.note(.lineTaken)
            return finish(.phoneRefused, at: now)
        }
        if evidence.notes.contains(.errorAnswered) { return finish(.phoneRefused, at: now) }
        evidence.note(.notSeen)
        // With its answer lost nobody knows whether the phone dialled, nor what happened while it was silent.
        return finish(evidence.notes.contains(.answerLost) ? .unknown : .failedFast, at: now)
    }

    private mutating func follow(_ shown: ObservedLine, others: [ObservedLine], at now: Instant) -> [WatchAction] {
        if shown.phase == .idle { return ended(at: now) }
        if isOther(shown) {
            // Our call went, and another took its line between two polls.
            evidence.note(.lineTaken)
            return ended(at: now)
        }
        if dialled.isShown(shown.remoteNumber) { hasShownNumber = true }
        if shown.phase != .ringing { isGuess = false }
        evidence.see(shown.word, at: now)
        if shown.phase == .failed { return failed(others: others, at: now) }
        if failedAt != nil { return ended(at: now) }
        let before = lastInUse
        lastInUse = now
        isHeld = shown.phase == .onHold
        switch shown.phase {
        case .connected, .onHold:
            lastConnected = now
            guard connectedAt == nil else { return [] }
            connectedAt = now
            lastBeforeConnected = before ?? startedAt
            return [.connected(line: shown.line)]
        case .calling, .dialing:
            // A line whose SEND was lost shows its digits for ever; it gets no more time than one that rings.
            ringingSince = ringingSince ?? now
            if shown.phase == .calling { wasCalling = true }
            return ringing(others: others, at: now)
        case .inUse:
            isUntouchable = true
            evidence.note(.unreadableWord)
            return []
        case .ringing:
            // An incoming call, or a phone that says so of ours while the far end rings: nobody can tell.
            isUntouchable = true
            evidence.note(.ringingShown)
            return []
        case .idle, .failed:
            return []
        }
    }

    /// Whether the line that was ours shows a call that cannot be.
    private func isOther(_ shown: ObservedLine) -> Bool {
        guard dialled.mayBe(shown.remoteNumber, phase: shown.phase) else { return true }
        guard shown.phase == .ringing else { return false }
        // Ours is over once it was answered, failed or was canceled; and it does not lose its number.
        return connectedAt != nil || failedAt != nil || mayHaveCancelled
            || hasShownNumber && !dialled.isShown(shown.remoteNumber)
    }

    /// Our call rings, or its digits stand on the line; at the ring timeout it is cancelled, and only ever right after a poll
    /// that shows it.
    private mutating func ringing(others: [ObservedLine], at now: Instant) -> [WatchAction] {
        guard let line, let ringingSince, !isUntouchable, connectedAt == nil else { return [] }
        guard now.since(ringingSince) >= ringTimeout else { return [] }
        if let cancelledAt, now.since(cancelledAt) < Self.cancelAgainAfter { return [] }
        guard others.allSatisfy({ $0.phase == .idle }) else {
            // The guide's cancel names no line on a GXP; it could hit the other call.
            evidence.note(.cancelWithheld)
            return []
        }
        cancelledAt = now
        cancels += 1
        evidence.note(.cancelledAtRingTimeout)
        if !wasCalling { evidence.note(.neverCalling) }
        // Some phones take only one of the two for a call that rings.
        let byEndCall = cancels <= 3 ? endsByEndCall : cancels.isMultiple(of: 2)
        return byEndCall ? [.endCall(line: line)] : [.cancel(line: line)]
    }

    /// Our line shows `failed`: the call has ended; the line is cleared so that the station comes free.
    private mutating func failed(others: [ObservedLine], at now: Instant) -> [WatchAction] {
        evidence.note(.failedShown)
        guard let since = failedAt else {
            failedAt = now
            return []
        }
        if now.since(since) >= Self.clearPatience { return ended(at: now) }
        guard let line, !isUntouchable, now.since(since) >= Self.clearAfter, clearings < 4,
            others.allSatisfy({ $0.phase == .idle }), clearedAt.map({ now.since($0) >= .seconds(1) }) ?? true
        else { return [] }
        clearings += 1
        clearedAt = now
        evidence.note(.failedCleared)
        return clearings % 2 == 1 ? [.cancel(line: line)] : [.endCall(line: line)]
    }

    /// Our line is no longer in use: name the outcome.
    private mutating func ended(at now: Instant) -> [WatchAction] {
        let end = failedAt ?? now
        if let connectedAt {
            let longest = end.since(lastBeforeConnected ?? connectedAt)
            let shortest = (lastConnected ?? connectedAt).since(connectedAt)
            noteIfStraddled(OutcomeThresholds.answered, shortest, longest)
            return finish(end.since(connectedAt) >= OutcomeThresholds.answered ? .answered : .shortAnswer, at: end)
        }
        if isUntouchable { return finish(.unknown, at: end) }
        if mayHaveCancelled {
            // Some cancels are accepted though the far end has answered; between two polls that cannot be told.
            if failedAt == nil, wasCalling { evidence.note(.uncertain) }
            return finish(hungUpAt == nil ? .noAnswer : .agentCancelled, at: end)
        }
        if failedAt == nil, end.since(lastInUse ?? startedAt) >= Self.hidesConversation {
            evidence.note(.endNotSeen)
            return finish(.unknown, at: end)
        }
        let longest = end.since(startedAt)
        let shortest = (lastInUse ?? startedAt).since(startedAt)
        noteIfStraddled(OutcomeThresholds.failedFast, shortest, longest)
        noteIfStraddled(OutcomeThresholds.noAnswer, shortest, longest)
        // Nothing showed how it ended: an answer that was over before the next poll looks the same.
        if failedAt == nil, lastInUse != nil { evidence.note(.uncertain) }
        if longest < OutcomeThresholds.failedFast { return finish(.failedFast, at: end) }
        return finish(longest < OutcomeThresholds.noAnswer ? .busyOrRejected : .noAnswer, at: end)
    }

    private mutating func noteIfStraddled(_ threshold: Duration, _ shortest: Duration, _ longest: Duration) {
        if shortest < threshold, longest >= threshold { evidence.note(.uncertain) }
    }
}
