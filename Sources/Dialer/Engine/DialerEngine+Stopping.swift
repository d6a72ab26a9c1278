import Campaigns
import Logging

/// What a run that was told to stop has said and waited for.
struct StoppingRun {
    /// When it said last what it waits for.
    var toldAt: Instant?
    /// Since when the database alone keeps it.
    var waitsForDatabaseSince: Instant?
}

/// How a run ends that was told to stop: it waits for running calls as long as they last, and for nothing else without end.
extension DialerEngine {
    /// How long the run waits for a database that cannot be written once its calls have ended.
    static let lastWritePatience: Duration = .seconds(30)
    /// How often it says what it waits for.
    static let waitingInterval: Duration = .seconds(60)

    /// Whether the run is over: its calls have ended, and what came of them is written down or cannot be.
    func hasStopped(at now: Instant) -> Bool {
        if heart.hasCallsToEnd {
            tellWaiting(at: now)
            return false
        }
        // Of a damaged file nothing is to be hoped.
        guard !unwritten.isEmpty, !unwritten.isFinal else { return true }
        guard let since = stopping.waitsForDatabaseSince else {
            stopping.waitsForDatabaseSince = now
            logger.notice(
                "All calls have ended; what came of them waits for the database for up to \(DurationText.spoken(Self.lastWritePatience))."
            )
            return false
        }
        guard now.since(since) >= Self.lastWritePatience else { return false }
        failure = failure ?? UnwrittenEnd(records: unwritten.waiting.count, trouble: unwritten.trouble ?? "")
        return true
    }

    /// Says what the run waits for, at once and then now and again.
    private func tellWaiting(at now: Instant) {
        if let told = stopping.toldAt, now.since(told) < Self.waitingInterval { return }
        stopping.toldAt = now
        let stations = heart.stationsToWaitFor.map { name in
            guard let status = heart.status(of: name) else { return name }
            // A call's phone may be gone: it is given up then, by itself.
            let reason = status.state == .unreachable ? ", \(status.detail)" : ""
            return "\(name) (\(status.state.rawValue)\(reason))"
        }
        logger.notice("The run ends when these have ended their calls: \(stations.joined(separator: "; "))")
    }
}

/// A run ended before all that happened in it was written down.
public struct UnwrittenEnd: Error, CustomStringConvertible {
    /// How many records were not written.
    public let records: Int
    /// What is wrong with the database and what to do, as a sentence.
    public let trouble: String

    public var description: String {
        "The run has ended, but \(records) records of it could not be written. \(trouble) The next start settles the calls that are still open."
    }
}
