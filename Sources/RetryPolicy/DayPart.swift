import Campaigns

/// The parts of a day that a retry moves between, on the contact's clock.
public enum DayPart: Int, Sendable, CaseIterable, Hashable {
    /// Before 12:00.
    case morning
    /// 12:00 to 17:00.
    case afternoon
    /// From 17:00.
    case evening

    /// The part that holds an hour of the day, 0 to 23.
    public init(hour: Int) {
        self = hour < 12 ? .morning : hour < 17 ? .afternoon : .evening
    }

    /// The second of the local day at which the part ends.
    var end: Int64 { [12, 17, 24][rawValue] * 3600 }
}

/// A contact's wall clock, as the retry policy needs it: seconds to add to UTC at an instant.
public struct LocalClock: Sendable {
    private let offset: @Sendable (Instant) -> Int

    /// A clock by its offset from UTC in seconds at an instant.
    public init(_ offset: @escaping @Sendable (Instant) -> Int) {
        self.offset = offset
    }

    private func second(_ instant: Instant) -> Int64 { instant.wholeSeconds + Int64(offset(instant)) }

    /// Local days since 1970.
    func day(of instant: Instant) -> Int64 {
        let second = second(instant)
        return second >= 0 ? second / 86_400 : (second - 86_399) / 86_400
    }

    /// The part of the day at an instant.
    public func part(of instant: Instant) -> DayPart {
        DayPart(hour: Int((second(instant) - day(of: instant) * 86_400) / 3600))
    }

    /// The day of the week at an instant.
    public func weekday(of instant: Instant) -> Weekday { Weekday(daysSince1970: day(of: instant)) }

    /// The first instant from `candidate` on at which the clock reads a second of its day or later; the clock may change in between.
    private func first(from candidate: Instant, reading wall: Int64) -> Instant {
        let guess = Instant(milliseconds: (wall - Int64(offset(candidate))) * 1000)
        let better = Instant(milliseconds: (wall - Int64(offset(guess))) * 1000)
        return second(better) >= wall ? better : guess
    }

    /// The first instant from `candidate` on that lies in another part of the day.
    func leaving(_ part: DayPart, from candidate: Instant) -> Instant {
        guard self.part(of: candidate) == part else { return candidate }
        return max(candidate, first(from: candidate, reading: day(of: candidate) * 86_400 + part.end))
    }

    /// The first instant from `candidate` on that lies on another day of the week.
    func leaving(_ weekday: Weekday, from candidate: Instant) -> Instant {
        guard self.weekday(of: candidate) == weekday else { return candidate }
        return max(candidate, first(from: candidate, reading: (day(of: candidate) + 1) * 86_400))
    }
}
