import CampaignStore
import Campaigns
import Dialer

/// A station as somebody sees it who looks for a place.
struct Seat: Codable, Sendable, Hashable {
    var name: String
    var isFree: Bool
    /// Who sits there.
    var takenBy: String?
    /// Whether whoever asks sits there already.
    var isYours: Bool
    /// Whether whoever asks sat there last.
    var isRemembered: Bool
    /// What keeps it from dialling now, in words; nil where nothing does.
    var trouble: String?

    /// Every station, in configured order. One whose agent has no live page any more is free: whoever comes takes it over.
    static func all(for user: User, _ parts: ServerParts) async throws -> [Seat] {
        let names = Dictionary(
            try parts.store.users().map { ($0.name, $0.displayName) }, uniquingKeysWith: { first, _ in first })
        var seats: [Seat] = []
        for station in try parts.store.devices().flatMap(\.stations) {
            let isLive = await parts.desks.isLive(station.name)
            let isYours = station.agent == user.name
            let other = isYours || !isLive ? nil : station.agent
            let status = await parts.engine.stationStatus(of: [station.name]).first
            seats.append(
                Seat(
                    name: station.name, isFree: other == nil, takenBy: other.map { names[$0] ?? $0 }, isYours: isYours,
                    isRemembered: user.station == station.name, trouble: status.flatMap(trouble)))
        }
        return seats
    }

    private static func trouble(_ status: StationStatus) -> String? {
        switch status.state {
        case .unreachable, .lockedOut, .unregistered, .dnd, .busyByHand:
            DeskWords(status, isStopping: false).headline
        default: nil
        }
    }
}

/// The stations.
struct SeatList: Codable, Sendable {
    var stations: [Seat]
}
