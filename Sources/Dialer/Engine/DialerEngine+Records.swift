import CampaignStore
import Campaigns
import Logging

/// What cannot be written down now, in order, and why.
struct UnwrittenRecords {
    /// The sentence that says what is wrong and what to do; nil while all is well, and while another program's write is waited for.
    var trouble: String?
    /// The same as a word; nil with it.
    var fault: StoreFault?
    var since: Instant?
    var waiting: [() throws -> Void] = []
    /// The file is damaged: nothing is written to it any more, whatever it says next.
    var isFinal = false
    /// Since when another program holds the write lock: in real time, whatever the engine's clock.
    var lockedSince: ContinuousClock.Instant?

    /// Calls that agents asked for meanwhile: each is tried again, or refused where it takes long.
    var postponed: [Postponed] = []

    var isEmpty: Bool { since == nil && waiting.isEmpty && !isFinal }
    /// Another program's write is waited for, and nobody was told yet.
    var isWaitingForLock: Bool { since != nil && trouble == nil && !isFinal }

    struct Postponed {
        let again: () -> Void
        let drop: () -> Void
    }
}

extension DialerEngine {
    /// Writes something down now, or as soon as the database takes it: nothing that happened is forgotten, and its order is kept.
    ///
    /// While anything waits, no call is placed: a call that cannot be written down must not be dialed.
    func record(_ write: @escaping () throws -> Void) {
        guard !unwritten.isFinal else { return }
        guard unwritten.isEmpty else { return unwritten.waiting.append(write) }
        do {
            try write()
        } catch {
            hold(error) { unwritten.waiting.append(write) }
        }
    }

    /// Waits until all that was recorded so far is on disk: what is confirmed to a person must be there after a crash.
    ///
    /// - Returns: why it is not there yet, as a sentence; nil where it is.
    func written() async -> String? {
        if unwritten.isEmpty { return nil }
        if let trouble = unwritten.trouble { return Self.notSaved(trouble, isFinal: unwritten.isFinal) }
        return await withCheckedContinuation { confirmations.append($0) }
    }

    /// Stops placing calls where the database is to blame; any other error ends the run.
    ///
    /// Another program's write is waited for in silence at first: polls go on, and a lock says nothing of the file.
    func hold(_ error: any Error, keeping keep: () -> Void) {
        guard let error = error as? StoreError, case .unavailable(_, let fault) = error else { return fail(error) }
        guard !unwritten.isFinal else { return }
        guard fault.mayPass else { return endDialing(error) }
        keep()
        unwritten.since = unwritten.since ?? clock.now()
        if fault == .locked {
            let since = unwritten.lockedSince ?? .now
            unwritten.lockedSince = since
            waitForLock()
            guard ContinuousClock.now - since >= lockPatience else { return }
        }
        say(error, fault)
    }

    /// Says once why nothing is dialed.
    private func say(_ error: StoreError, _ fault: StoreFault) {
        let trouble = error.withoutPath
        guard unwritten.trouble != trouble else { return }
        unwritten.trouble = trouble
        unwritten.fault = fault
        logger.error(
            "No call is placed now, and running calls are followed to their end: \(LoggedError.text(error)) Dialing goes on by itself then."
        )
        // It says afterwards why there was a pause, and is the write that proves the database well again.
        let (store, at) = (store, clock.wallTime())
        unwritten.waiting.append { try store.recordEvent("dialling_held", detail: fault.rawValue, at: at) }
        confirm(Self.notSaved(trouble, isFinal: false))
        dropPostponed()
    }

    private func dropPostponed() {
        let postponed = unwritten.postponed
        unwritten.postponed = []
        for call in postponed { call.drop() }
    }

    /// Looks, on a thread that polls nothing, when the other program's write ends.
    private func waitForLock() {
        guard lockWait == nil, let lockWatch else { return }
        let lockPatience = lockPatience
        lockWait = Task(executorPreference: threads.dialer) {
            _ = await lockWatch.lockComesFree(within: lockPatience)
            await self.lockCameFree()
        }
    }

    private func lockCameFree() {
        lockWait = nil
        if !Task.isCancelled { writeWaiting() }
    }

    /// The file is damaged: no call is placed again, and the run ends when the running calls have.
    private func endDialing(_ error: StoreError) {
        unwritten.isFinal = true
        unwritten.trouble = error.withoutPath
        unwritten.fault = .damaged
        unwritten.waiting = []
        failure = failure ?? error
        logger.error(
            "No further call is placed, and this run ends when the running calls have; what comes of them cannot be written down: \(LoggedError.text(error))"
        )
        confirm(Self.notSaved(error.withoutPath, isFinal: true))
        dropPostponed()
        feed(.stop)
    }

    /// Tries what waits, oldest first; called a few times a second, and when another program's write has ended.
    func writeWaiting() {
        guard !unwritten.isEmpty, !unwritten.isFinal else { return }
        do {
            // Where nothing waits to be written, a write that changes nothing tells whether the lock is free.
            if unwritten.waiting.isEmpty { try store.proveUnlocked() }
            while let next = unwritten.waiting.first {
                try next()
                unwritten.waiting.removeFirst()
            }
            // A lock that was waited for is no reason to doubt the file.
            if unwritten.trouble != nil { try store.proveReadable() }
        } catch {
            return hold(error) {}
        }
        let (pause, wasSaid) = (unwritten.since.map { clock.now().since($0) } ?? .zero, unwritten.trouble != nil)
        let postponed = unwritten.postponed
        unwritten = UnwrittenRecords()
        if wasSaid {
            logger.notice(
                "The database can be written again after \(DurationText.spoken(pause)); nothing was lost, dialing goes on."
            )
        }
        confirm(nil)
        for call in postponed { call.again() }
        feed(.storeChanged)
    }

    /// Answers all who wait for what they said to be on disk.
    func confirm(_ problem: String?) {
        let waiting = confirmations
        confirmations = []
        for reply in waiting { reply.resume(returning: problem) }
    }

    private static func notSaved(_ trouble: String, isFinal: Bool) -> String {
        isFinal
            ? "Not saved: \(trouble) Write it down on paper."
            : "Not saved yet: \(trouble) It is kept, and saved as soon as that is fixed."
    }
}

extension CallEnding {
    /// The same ending on another clock: every instant moved.
    func moved(by offset: Duration) -> CallEnding {
        var moved = self
        moved.endedAt = endedAt + offset
        moved.evidence.seen = evidence.seen.map { Evidence.Sighting(at: $0.at + offset, word: $0.word) }
        return moved
    }
}

extension OpenAttempt {
    /// The same attempt on another clock.
    func moved(by offset: Duration) -> OpenAttempt {
        var moved = self
        moved.intendedAt = intendedAt + offset
        moved.connectedAt = connectedAt.map { $0 + offset }
        return moved
    }
}

extension PacingHistory {
    /// The same history on another clock.
    func moved(by offset: Duration) -> PacingHistory {
        var moved = self
        moved.starts = starts.map { $0 + offset }
        return moved
    }
}
