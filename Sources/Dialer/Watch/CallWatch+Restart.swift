import CampaignStore
import Campaigns

extension CallWatch {
    /// An intent older than this is not looked for on the phone any more.
    public static let restartHorizon: Duration = .seconds(4 * 3600)

    /// After a restart: is our call still on the phone?
    ///
    /// A GXP line that shows our number is ours. Where the phone shows no number, the stored line, or the only line in use
    /// that was idle before, is presumed ours: it is followed to its end and never sent anything. An attempt of a back-up is
    /// found by its number on a GXP alone: between the back-up and now the line may have had any call.
    mutating func reconcile(
        _ lines: [ObservedLine], storedLine: Int?, storedConnectedAt: Instant?, at now: Instant
    ) -> [WatchAction] {
        // A line that rings may be ours only where it shows our number, or was ours before.
        let inUse = lines.filter { line in
            guard line.phase == .ringing else { return line.phase != .idle }
            return dialled.isShown(line.remoteNumber) || line.line == storedLine && storedConnectedAt == nil
        }
        let shown = isFromBackup && family == .dp ? nil : inUse.first { dialled.isShown($0.remoteNumber) }
        let presumed = shown == nil && !isFromBackup ? presumedOurs(inUse, storedLine: storedLine) : nil
        guard let found = shown ?? presumed else {
            evidence.note(inUse.isEmpty ? .foundIdleAtRestart : .foundOtherCallAtRestart)
            return finish(.unknown, at: now)
        }
        origin = .dialled
        line = found.line
        lastInUse = now
        evidence.note(.takenOver)
        if presumed != nil {
            isUntouchable = true
            evidence.note(.presumedOurs)
        }
        if let storedConnectedAt {
            connectedAt = storedConnectedAt
            lastConnected = now
            lastBeforeConnected = startedAt
        }
        // A call that was stored as connected stays so: its life cycle knows no way back to calling.
        let seen: [WatchAction] = storedConnectedAt == nil ? [.seen(line: found.line)] : []
        return seen + linesSeen(lines, at: now)
    }

    private func presumedOurs(_ inUse: [ObservedLine], storedLine: Int?) -> ObservedLine? {
        let unnumbered = inUse.filter { ($0.remoteNumber ?? "").isEmpty }
        if let stored = unnumbered.first(where: { $0.line == storedLine }) { return stored }
        guard family == .dp else { return nil }
        let candidates = unnumbered.filter { idleBefore.contains($0.line) }
        return candidates.count == 1 ? candidates.first : nil
    }
}
