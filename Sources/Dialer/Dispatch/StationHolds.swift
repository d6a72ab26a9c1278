import Campaigns
import Pacing

/// What keeps a campaign's calls off its stations at one moment: what the dispatcher would answer for each, counted.
///
/// It asks the dispatcher's own pacing rules, from values that a database can give, so that a program that runs no engine
/// can say why nothing is dialled.
public struct StationHolds: Sendable {
    /// A station as it stands.
    public struct Station: Sendable, Hashable {
        public var name: String
        public var trunk: String?
        /// The campaign of its open call or wrap-up, by name; nil where it has none.
        public var busyFor: String?
        /// Whether the call is over and only wraps up: it holds no place on the trunk then.
        public var isWrappingUp: Bool
        /// When its last call ended, wrap-up included.
        public var lastEnd: Instant?

        /// A station from its parts; by default one that is free and has no past.
        public init(
            name: String, trunk: String? = nil, busyFor: String? = nil, isWrappingUp: Bool = false,
            lastEnd: Instant? = nil
        ) {
            self.name = name
            self.trunk = trunk
            self.busyFor = busyFor
            self.isWrappingUp = isWrappingUp
            self.lastEnd = lastEnd
        }
    }

    /// A started campaign that its own pacing lets dial, with the contacts that it may call now.
    public struct Rival: Sendable {
        public var campaign: Campaign
        public var contacts: Int

        /// A rival from its parts.
        public init(_ campaign: Campaign, contacts: Int) {
            self.campaign = campaign
            self.contacts = contacts
        }
    }

    private let campaign: Campaign
    private let stations: [Station]
    private let trunkLimits: [String: Int]
    private let now: Instant

    /// The holds of a campaign at an instant.
    ///
    /// - Parameters:
    ///   - stations: all stations that are able to dial, of every campaign; the trunks are counted over them.
    ///   - started: every started campaign: the least limit of them holds on a trunk.
    public init(of campaign: Campaign, stations: [Station], started: [Campaign], at now: Instant) {
        self.campaign = campaign
        self.stations = stations
        self.now = now
        trunkLimits = started.reduce(into: campaign.trunks) { limits, other in
            limits.merge(other.trunks) { min($0, $1) }
        }
    }

    /// Whether a campaign's calls may be placed on a station.
    public static func serves(_ campaign: Campaign, _ station: String) -> Bool {
        campaign.stations.isEmpty || campaign.stations.contains { Glob.matches(station, $0) }
    }

    private var serving: [Station] { stations.filter { Self.serves(campaign, $0.name) } }
    private var free: [Station] { serving.filter { $0.busyFor == nil } }

    /// One reason a kind of hold, with how many stations it is of: calls that run, full trunks, gaps between calls, campaigns
    /// that go first.
    ///
    /// - Parameter rivals: the campaigns that may take stations away; of them only those of a higher priority do.
    public func reasons(rivals: [Rival]) -> [Reason] { running + pacing + rivals.compactMap(reason) }

    private var running: [Reason] {
        let busy = serving.filter { $0.busyFor != nil }
        return Dictionary(grouping: busy) { $0.busyFor ?? "" }.sorted { $0.key < $1.key }.map { name, stations in
            Reason(
                code: "stations_in_calls",
                text: "\(Counted.text(stations.count, "station")) of \(serving.count) in a call or wrap-up of “\(name)”"
            )
        }
    }

    private var pacing: [Reason] {
        let all = Pacing(campaign.pacing, brakes: campaign.brakes)
        let rules = Pacing(rules: all.rules.filter { $0.scope == .station })
        let holds = free.compactMap { station in rules.hold(facts(station)) }
        // A gap has a sentence for each station; what it comes to is how many rest, and until when the first one does.
        let gaps = holds.filter { $0.reason.code == "station_gap" }
        let others = Dictionary(grouping: holds.filter { $0.reason.code != "station_gap" }, by: \.reason)
        var found = others.sorted { $0.key.text < $1.key.text }.map { reason, holds in
            Reason(code: reason.code, text: "\(Counted.text(holds.count, "station")) held back: \(reason.text)")
        }
        if let first = gaps.compactMap(\.until).min() {
            let gap = DurationText.spoken(campaign.pacing.stationGap)
            found.append(
                Reason(
                    code: "station_gap",
                    text:
                        "\(Counted.text(gaps.count, "station")) resting \(gap) between calls, the first until \(first)")
            )
        }
        return found
    }

    private func facts(_ station: Station) -> PacingFacts {
        let open = stations.count { $0.trunk == station.trunk && $0.busyFor != nil && !$0.isWrappingUp }
        return PacingFacts(
            now: now, recentStarts: [], openCalls: 0,
            station: PacingFacts.Station(
                name: station.name, trunk: station.trunk, openOnTrunk: open,
                trunkLimit: station.trunk.flatMap { trunkLimits[$0] }, lastEnd: station.lastEnd))
    }

    private func reason(_ rival: Rival) -> Reason? {
        let taken = free.count { Self.serves(rival.campaign, $0.name) }
        guard rival.campaign.priority > campaign.priority, rival.contacts > 0, taken > 0 else { return nil }
        return Reason(
            code: "higher_priority",
            text:
                "“\(rival.campaign.name)” comes first on \(Counted.text(taken, "station")) of \(free.count) free ones: it has priority "
                + "\(rival.campaign.priority) over \(campaign.priority), and \(Counted.text(rival.contacts, "contact")) to call now"
        )
    }
}
