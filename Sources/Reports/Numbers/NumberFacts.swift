import CampaignStore
import Campaigns
import PhoneNumbers

/// All that is known of a number: what it tells by itself, how stations would dial it, and its do-not-call entries.
public struct NumberFacts: Sendable {
    /// How a station would dial it.
    public struct Dialling: Sendable, Hashable {
        public var station: String
        /// The keys or the number that the phone would get; nil where it is refused.
        public var dialled: String?
        /// Why it is refused; nil where it is not.
        public var refusal: String?
    }

    public let reading: NumberReading
    public let place: NumberLocation
    public let dialling: [Dialling]
    public let suppressions: [SuppressionEntry]

    /// Gathers what is known.
    ///
    /// - Parameters:
    ///   - region: in which national numbers are dialled by stations that name none.
    ///   - store: nil where there is no database yet.
    public init(
        _ reading: NumberReading, region: String, atlas: NumberAtlas, store: CampaignStore?, at now: Instant
    ) throws {
        self.reading = reading
        place = atlas.location(of: reading)
        dialling =
            try store?.devices().flatMap { device in
                device.stations.map { station in
                    switch device.dial.plan(defaultRegion: region).dialString(
                        for: reading.number, method: device.dialWith)
                    {
                    case .success(let dialled): Dialling(station: station.name, dialled: dialled)
                    case .failure(let problem): Dialling(station: station.name, refusal: "\(problem)")
                    }
                }
            } ?? []
        suppressions = try store?.suppressions(of: reading.number, at: now) ?? []
    }

    /// A row a fact, for people.
    public var table: Table {
        var rows: [[Cell]] = [
            [.text("number"), .text(reading.number.e164)], [.text("region"), Cell(reading.region)],
            [.text("kind"), .text(reading.kind.rawValue)], [.text("validity"), .text(reading.validity.rawValue)],
            [.text("extension"), Cell(reading.extension)], [.text("jurisdiction"), Cell(place.jurisdiction)],
            [.text("zones"), .text(place.zones.joined(separator: ", "))],
        ]
        rows += dialling.map { dialling in
            [
                .text("dialled from \(dialling.station)"),
                .text(dialling.dialled ?? "refused: \(dialling.refusal ?? "")"),
            ]
        }
        rows += suppressions.map { entry in
            let scope = entry.campaign.map { "in campaign \($0)" } ?? "everywhere"
            return [
                .text("do not call"), .text("\(entry.subject), \(scope), \(entry.source), since \(entry.addedAt)"),
            ]
        }
        return Table(columns: ["what", "value"], rows: rows)
    }
}
