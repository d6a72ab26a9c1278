import CampaignStore
import Campaigns

/// Notices that the database's log became large, and that it is small again: each once a crossing.
struct WriteAheadLogWatch {
    /// What changed since the last look.
    enum Change: Equatable {
        /// It is large now; it was below half of that until then.
        case large(since: Instant)
        /// It is small again.
        case small
    }

    /// How often it is looked at; it grows by less than a megabyte in that time.
    static let interval: Duration = .seconds(5)

    private var lookedAt: Instant?
    private var smallAt: Instant?
    private(set) var isLarge = false

    /// Whether the next look is due.
    ///
    /// - Parameter now: on a clock that never steps.
    mutating func isDue(at now: Instant) -> Bool {
        if let lookedAt, now.since(lookedAt) < Self.interval { return false }
        lookedAt = now
        return true
    }

    /// Takes a look in.
    ///
    /// - Parameter now: the wall's time, for the message.
    mutating func look(at log: WriteAheadLog, at now: Instant) -> Change? {
        // Half, so that a log that goes up and down about the mark is told of once.
        let isSmall = log.bytes < WriteAheadLog.large / 2
        let since = smallAt ?? now
        if isSmall || smallAt == nil { smallAt = now }
        if isLarge, isSmall {
            isLarge = false
            return .small
        }
        guard !isLarge, log.isLarge else { return nil }
        isLarge = true
        return .large(since: since)
    }
}
