import Campaigns

extension CallWatch {
    /// How often a call that does not end is told to, before it is left to the agent's hand.
    static let mostHangUps = 4

    /// The agent wants the call ended; it is told to on polls that still show it.
    mutating func hangUp() {
        guard !isUntouchable else { return }
        wantsHangUp = true
    }

    /// Ends our call for the agent: the poll just now still shows it.
    ///
    /// While it rings, a cancel is sent, and after two in vain an endcall: a cancel is refused once the far end has answered.
    mutating func hangingUp(
        _ shown: ObservedLine, others: [ObservedLine], actions: [WatchAction], at now: Instant
    ) -> [WatchAction] {
        guard wantsHangUp, let line, !isUntouchable, failedAt == nil, hangUps < Self.mostHangUps else { return [] }
        if let hungUpAt, now.since(hungUpAt) < Self.cancelAgainAfter { return [] }
        // A GXP phone's cancel and endcall name no line: they could hit another call.
        let isConnected = shown.phase == .connected || shown.phase == .onHold
        guard isConnected || shown.phase == .calling else { return [] }
        guard family == .dp || others.allSatisfy({ $0.phase == .idle || isConnected && $0.phase == .ringing }) else {
            evidence.note(.cancelWithheld)
            return []
        }
        hungUpAt = now
        hangUps += 1
        evidence.note(.hungUpAtDesk)
        guard !actions.contains(.cancel(line: line)), !actions.contains(.endCall(line: line)) else { return [] }
        cancelledAt = now
        return isConnected || hangUps > 2 ? [.endCall(line: line)] : [.cancel(line: line)]
    }
}
