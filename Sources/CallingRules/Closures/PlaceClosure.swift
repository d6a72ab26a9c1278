import Campaigns

/// A place that people closed to all calls for a time, because its law forbids them while an emergency is declared there.
public struct PlaceClosure: Sendable, Hashable {
    /// A region or a part of one: `US-LA`, `PR`.
    public var place: String
    /// The last day on which it is closed, on the place's own clock.
    public var until: CivilDate
    /// Who declared the emergency, and where that can be read.
    public var source: String
    public var closedBy: String
    public var closedAt: Instant

    /// A closure from its parts.
    public init(place: String, until: CivilDate, source: String, closedBy: String, closedAt: Instant) {
        self.place = place
        self.until = until
        self.source = source
        self.closedBy = closedBy
        self.closedAt = closedAt
    }

    /// Whether a number of the area may be in the place.
    public func covers(_ area: Area) -> Bool {
        let place = Area.place(place)
        if area.regions.contains(place) { return true }
        // Where only the region is known, the number may be in any part of it.
        return area.jurisdictions.contains { Area.place($0) == place || place.hasPrefix($0 + "-") }
            || (area.jurisdiction == nil && area.regions.contains { place.hasPrefix($0 + "-") })
    }

    /// When it is over: at the end of its last day, by the clock on which that is latest; without any, by the last clock of the world.
    public func end(on clocks: [ZoneClock]) -> Instant {
        clocks.map { $0.instant(day: until.daysSince1970 + 1, minute: 0) }.max()
            ?? Instant(milliseconds: (until.daysSince1970 + 1) * 86_400_000 + 12 * 3_600_000)
    }

    /// `US-LA is closed to calls until the end of 2026-12-31 (SOURCE)`, without a full stop.
    public var sentence: String { "\(place) is closed to calls until the end of \(until.text) (\(source))" }
}
