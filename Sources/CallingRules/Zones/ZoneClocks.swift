import Campaigns
import CivilTime

/// The clocks of all zones of some zone data.
public struct ZoneClocks: Sendable {
    /// The data.
    public let data: ZoneData

    /// The clocks of data, which were read elsewhere.
    public init(_ data: ZoneData) { self.data = data }

    /// The release of the data, such as `2026f`.
    public var version: String { data.version.description }

    /// The clock of a zone; nil where the data do not know its name.
    public func clock(_ name: String) -> ZoneClock? { ZoneClock(name, in: data) }
}
