import Campaigns
import CivilTime

/// The wall clock of one IANA zone, right through changes of the clock.
public struct ZoneClock: Sendable, Hashable {
    /// The zone, as some zone data have it.
    public let zone: Zone

    /// The IANA name.
    public var name: String { zone.name }

    /// Universal time.
    public static let utc = ZoneClock(.utc)

    /// The clock of a zone.
    public init(_ zone: Zone) { self.zone = zone }

    /// The clock of a zone by its name; nil where the data do not know it.
    public init?(_ name: String, in data: ZoneData) {
        guard let zone = data.zone(name) else { return nil }
        self.zone = zone
    }

    /// By name: zones of one name nearly always are one.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// Seconds to add to UTC for local time at an instant.
    public func utcOffset(at instant: Instant) -> Int { zone.utcOffset(at: instant.wholeSeconds) }

    /// Local time at an instant.
    public func local(at instant: Instant) -> LocalTime {
        LocalTime(milliseconds: instant.milliseconds + Int64(utcOffset(at: instant)) * 1000)
    }

    /// Every instant at which local time reads `minute` of `day`, in order: two in an hour that comes twice.
    ///
    /// For an hour that does not exist, the instant of the change.
    public func instants(day: Int64, minute: Int) -> [Instant] {
        let wall = (day * 1440 + Int64(minute)) * 60_000
        let before = utcOffset(at: Instant(milliseconds: wall - 86_400_000))
        let after = utcOffset(at: Instant(milliseconds: wall + 86_400_000))
        if before == after, utcOffset(at: Instant(milliseconds: wall)) == before {
            return [Instant(milliseconds: wall - Int64(before) * 1000)]
        }
        // Offsets lie within 26 hours of each other, so the day before and the day after know every offset that can hold.
        let offsets = [-86_400_000, 0, 86_400_000].map { utcOffset(at: Instant(milliseconds: wall + Int64($0))) }
        let candidates = Set(offsets).map { Instant(milliseconds: wall - Int64($0) * 1000) }.sorted()
        let exact = candidates.filter { local(at: $0).milliseconds == wall }
        if !exact.isEmpty { return exact }
        guard let earliest = candidates.first, let change = nextChange(after: earliest - .seconds(86_400)) else {
            return candidates
        }
        return [change]
    }

    /// The first instant at which local time reads `minute` of `day` or later.
    public func instant(day: Int64, minute: Int) -> Instant {
        instants(day: day, minute: minute).first ?? Instant(milliseconds: (day * 1440 + Int64(minute)) * 60_000)
    }

    /// The next change of the clock after an instant, if there is one.
    public func nextChange(after instant: Instant) -> Instant? {
        zone.nextChange(after: instant.wholeSeconds).map { Instant(milliseconds: $0 * 1000) }
    }
}
