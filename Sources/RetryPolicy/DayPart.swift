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

    /// The part of the day of an instant with an offset from UTC in seconds.
    public init(of instant: Instant, utcOffset: Int) {
        self.init(hour: Self.localSecond(instant, utcOffset) / 3600)
    }

    /// The first instant from `candidate` on that lies in another part of the day than `avoided`.
    static func firstOutside(_ avoided: DayPart, from candidate: Instant, utcOffset: Int) -> Instant {
        guard DayPart(of: candidate, utcOffset: utcOffset) == avoided else { return candidate }
        let boundaries = [12 * 3600, 17 * 3600, 24 * 3600]
        let second = localSecond(candidate, utcOffset)
        let boundary = boundaries[avoided.rawValue]
        return Instant(milliseconds: candidate.wholeSeconds * 1000) + .seconds(boundary - second)
    }

    private static func localSecond(_ instant: Instant, _ utcOffset: Int) -> Int {
        let second = (instant.wholeSeconds + Int64(utcOffset)) % 86_400
        return Int(second < 0 ? second + 86_400 : second)
    }
}
