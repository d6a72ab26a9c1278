import Campaigns
import Foundation

/// The clocks of a set of zones, made once.
///
/// `TimeZone` look-ups by name cost far more than the arithmetic; areas repeat their few zones for every contact.
public final class ZoneClocks: Sendable {
    private let lock = NSLock()
    nonisolated(unsafe) private var clocks: [String: ZoneClock] = [:]

    /// An empty collection, filled as zones are asked for.
    public init() {}

    /// The clock of a zone; nil where the name is not known.
    public func clock(_ name: String) -> ZoneClock? {
        lock.withLock {
            if let clock = clocks[name] { return clock }
            let clock = ZoneClock(name)
            clocks[name] = clock
            return clock
        }
    }
}
