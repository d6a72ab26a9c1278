import Foundation
import Synchronization

/// What the clocks of a zone show in a year: seconds to add to UTC in winter and in summer. Zones of equal offsets are open and
/// closed together for all that this is asked for: telling zones by an offset, and whether two places can be one.
struct ZoneOffsets: Sendable, Hashable {
    /// The lesser: standard time.
    var standard: Int
    /// The greater: daylight time; the same where the clocks never change.
    var daylight: Int
    /// Whether the greater one holds in January, as south of the equator.
    var isSouthern: Bool

    // Known zones are few, and each list asks of them for every row.
    private static let known = Mutex<[String: ZoneOffsets]>([:])
    /// 15 January and 15 July 2026.
    private static let january = Date(timeIntervalSince1970: 1_768_478_400)
    private static let july = Date(timeIntervalSince1970: 1_784_116_800)

    /// The offsets of a zone; those of UTC where the machine does not know its name.
    static func of(_ zone: String) -> ZoneOffsets {
        known.withLock { known in
            if let offsets = known[zone] { return offsets }
            let clock = TimeZone(identifier: zone) ?? .gmt
            let (winter, summer) = (clock.secondsFromGMT(for: january), clock.secondsFromGMT(for: july))
            let offsets = ZoneOffsets(
                standard: min(winter, summer), daylight: max(winter, summer), isSouthern: winter > summer)
            known[zone] = offsets
            return offsets
        }
    }
}
