import CivilTime
import Synchronization

/// What the clocks of a zone show in the years that people's lists are of: seconds to add to UTC in winter and in summer. Zones
/// that agree in all of them are open and closed together for all that this is asked for: telling zones by an offset, and whether
/// two places can be one.
struct ZoneOffsets: Sendable, Hashable {
    /// The lesser of 2026: standard time. Lists name it for years after a government has given it up.
    var standard: Int
    /// The greater of 2026: daylight time; the same where the clocks do not change.
    var daylight: Int
    /// What the clocks show in each January and July of 2026 to 2029: British Columbia was with California until November 2026.
    private var years: [Int]

    /// 15 January and 15 July of those years, in seconds since 1970.
    private static let looks: [Int64] = [
        1_768_478_400, 1_784_116_800, 1_800_014_400, 1_815_652_800, 1_831_550_400, 1_847_275_200, 1_863_172_800,
        1_878_811_200,
    ]

    init(_ zone: Zone) {
        years = Self.looks.map { zone.utcOffset(at: $0) }
        standard = min(years[0], years[1])
        daylight = max(years[0], years[1])
    }
}

/// The offsets of zones, worked out once: they are few, and each list asks of them for every row.
final class ZoneOffsetMemory: Sendable {
    private let zones: ZoneData
    private let known = Mutex<[String: ZoneOffsets]>([:])

    init(_ zones: ZoneData) { self.zones = zones }

    /// The offsets of a zone; those of UTC where the data do not know its name.
    func of(_ name: String) -> ZoneOffsets {
        known.withLock { known in
            if let offsets = known[name] { return offsets }
            let offsets = ZoneOffsets(zones.zone(name) ?? .utc)
            known[name] = offsets
            return offsets
        }
    }
}
