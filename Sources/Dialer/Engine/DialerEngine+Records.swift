import CampaignStore
import Campaigns
import Logging

/// What cannot be written down now, in order, and why.
struct UnwrittenRecords {
    /// The sentence that says what is wrong and what to do; nil while all is well.
    var trouble: String?
    var since: Instant?
    var waiting: [() throws -> Void] = []
    /// The file is damaged: nothing is written to it any more, whatever it says next.
    var isFinal = false

    var isEmpty: Bool { waiting.isEmpty && !isFinal }
}

extension DialerEngine {
    /// Writes something down now, or as soon as the database takes it: nothing that happened is forgotten, and its order is kept.
    ///
    /// While anything waits, no call is placed: a call that cannot be written down must not be dialled.
    func record(_ write: @escaping () throws -> Void) {
        guard !unwritten.isFinal else { return }
        guard unwritten.isEmpty else { return unwritten.waiting.append(write) }
        do {
            try write()
        } catch {
            hold(error) { unwritten.waiting.append(write) }
        }
    }

    /// Stops placing calls where the database is to blame; any other error ends the run.
    func hold(_ error: any Error, keeping keep: () -> Void) {
        guard let error = error as? StoreError, case .unavailable(_, let fault) = error else { return fail(error) }
        guard !unwritten.isFinal else { return }
        guard fault.mayPass else { return endDialling(error) }
        keep()
        guard unwritten.trouble != error.description else { return }
        unwritten.trouble = error.description
        let now = clock.now()
        unwritten.since = unwritten.since ?? now
        logger.error(
            "No call is placed now, and running calls are followed to their end: \(error.description) Dialling goes on by itself then."
        )
        // It says afterwards why there was a pause, and is the write that proves the database well again.
        let store = store
        let at = now + clock.wallOffset()
        unwritten.waiting.append { try store.recordEvent("dialling_held", detail: fault.rawValue, at: at) }
    }

    /// The file is damaged: no call is placed again, and the run ends when the running calls have.
    private func endDialling(_ error: StoreError) {
        unwritten.isFinal = true
        unwritten.trouble = error.description
        unwritten.waiting = []
        failure = failure ?? error
        logger.error(
            "No further call is placed, and this run ends when the running calls have; what comes of them cannot be written down: \(error.description)"
        )
        feed(.stop)
    }

    /// Tries what waits, oldest first; called a few times a second.
    func writeWaiting() {
        guard !unwritten.isEmpty, !unwritten.isFinal else { return }
        while let next = unwritten.waiting.first {
            do {
                try next()
                unwritten.waiting.removeFirst()
            } catch {
                return hold(error) {}
            }
        }
        do {
            try store.proveReadable()
        } catch {
            // Still held: what was written is written, and the next look tries again.
            let store = store
            return hold(error) { unwritten.waiting.append { try store.proveReadable() } }
        }
        let pause = unwritten.since.map { clock.now().since($0) } ?? .zero
        unwritten = UnwrittenRecords()
        logger.notice(
            "The database can be written again after \(DurationText.spoken(pause)); nothing was lost, dialling goes on."
        )
        feed(.storeChanged)
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
