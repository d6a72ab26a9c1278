import CampaignStore
import Campaigns
import Dialer
import Eligibility
import Pacing
import Reports

/// What holds a whole campaign back: its state, the engine, the stations, its pacing, and its contacts by what they wait for.
public struct Standstill: Sendable {
    /// One thing in the way.
    public struct Cause: Sendable, Hashable {
        /// A stable word.
        public var code: String
        public var text: String
        /// What mends it on a command line, to follow the text.
        public var command: String?
        /// How many contacts it holds back; nil for what holds the campaign as a whole.
        public var contacts: Int?
    }

    public let campaign: String
    /// What holds the campaign as a whole first, then contacts, the largest number first.
    public let causes: [Cause]
    /// Contacts that may be called now.
    public let dialable: Int
    /// The first instant at which one of its contacts may be called.
    public let earliest: Instant?

    /// Looks at a campaign; it costs an inventory of its contacts.
    ///
    /// - Parameter judged: the engine's now, by which packs can be too old to call by; nil where another time is asked about.
    /// - Throws: `SupervisionError` where a pack is missing; `StoreError`.
    public init(
        of stored: StoredCampaign, in store: CampaignStore, _ share: ShareData, judgedAt judged: Instant? = nil,
        at now: Instant
    ) throws {
        campaign = stored.campaign.name
        let inventory = try CampaignInventory(of: stored, in: store, share, judgedAt: judged, at: now)
        var whole: [Cause] = []
        if stored.state != .started {
            let why = try store.lastPauseReason(of: stored.id).map { ": \($0)" } ?? ""
            whole.append(
                Cause(
                    code: "campaign_\(stored.state.rawValue)",
                    text: "the campaign is \(stored.state.rawValue)\(why)",
                    command: "start it with: offhook campaign start \(stored.campaign.name)"))
        }
        if !EngineLock.isHeld(database: store.path) {
            whole.append(
                Cause(code: "no_engine", text: "no engine is running", command: "start one with: offhook run"))
        } else if let hold = try store.setting(DialerEngine.holdSetting) {
            whole.append(Cause(code: "dialing_held", text: hold))
        }
        whole += try Self.stations(stored.campaign, in: store)
        whole += try Self.pacing(stored, in: store, at: now)
        whole += try Self.stationHolds(stored, in: store, share, at: now)
        let lines = inventory.report.lines
        let waiting = lines.filter { ![.now, .inCall, .finished].contains($0.availability) }
        // That the campaign is not started stands above; as a reason of each contact it would hide what else they wait for.
        causes =
            whole
            + waiting.filter { $0.code != "campaign_not_started" || stored.state == .started }.map {
                Cause(code: $0.code, text: $0.text, contacts: $0.contacts)
            }
        dialable = lines.filter { $0.availability == .now }.reduce(0) { $0 + $1.contacts }
        earliest = lines.compactMap(\.earliest).min()
    }

    /// The stations that serve the campaign, where none of them is ready or in a call.
    private static func stations(_ campaign: Campaign, in store: CampaignStore) throws -> [Cause] {
        let all = try store.devices().flatMap { $0.stations.map(\.name) }
        let serving = all.filter { StationHolds.serves(campaign, $0) }
        guard !serving.isEmpty else {
            return [
                Cause(
                    code: "no_station", text: "no station serves it",
                    command: "look at offhook stations list and at “stations”")
            ]
        }
        let states = try store.lastStationStates().filter { serving.contains($0.station) }
        let busy: Set<StationState> = [.ready, .reserved, .dialing, .inCall, .held, .wrapUp]
        guard !states.contains(where: { busy.contains($0.state) }) else { return [] }
        let counted = Dictionary(grouping: states, by: \.state).map { "\($1.count) \($0.rawValue)" }.sorted()
        let seen = counted.isEmpty ? "none was seen yet" : counted.joined(separator: ", ")
        return [Cause(code: "no_station_ready", text: "no station is ready (\(seen))")]
    }

    /// The pacing rule that holds it, asked as the engine asks it.
    private static func pacing(_ stored: StoredCampaign, in store: CampaignStore, at now: Instant) throws -> [Cause] {
        try hold(stored, in: store, at: now).map { [Cause(code: $0.reason.code, text: $0.reason.text)] } ?? []
    }

    private static func hold(
        _ stored: StoredCampaign, in store: CampaignStore, at now: Instant
    ) throws -> Pacing.Hold? {
        let history = try store.pacingHistory(of: stored.id, startedAt: stored.stateAt, limit: 10_000, at: now)
        let facts = PacingFacts(
            now: now, recentStarts: history.starts, openCalls: try store.openCalls(of: stored.id),
            agentAbsent: history.agentAbsent, failedFast: history.failedFast)
        return Pacing(stored.campaign.pacing, brakes: stored.campaign.brakes).hold(facts)
    }

    /// What holds single stations back: calls that run, full trunks, gaps, and campaigns that go first.
    private static func stationHolds(
        _ stored: StoredCampaign, in store: CampaignStore, _ share: ShareData, at now: Instant
    ) throws -> [Cause] {
        let campaigns = try store.campaigns()
        let names = Dictionary(uniqueKeysWithValues: campaigns.map { ($0.id, $0.campaign.name) })
        let open = Dictionary(try store.openAttempts().map { ($0.station, $0) }) { first, _ in first }
        let ends = try store.lastEnds(since: now - stored.campaign.pacing.stationGap - CallWatch.restartHorizon)
        let states = Dictionary(uniqueKeysWithValues: try store.lastStationStates().map { ($0.station, $0.state) })
        let stations = try store.devices().flatMap { device in
            device.stations.map { station in
                let call = open[station.name]
                return StationHolds.Station(
                    name: station.name, trunk: device.trunk,
                    busyFor: call.map { $0.campaign.flatMap { names[$0] } ?? "no campaign" },
                    isWrappingUp: call?.phase == .wrapUp, lastEnd: ends[station.name])
            }
        }.filter { $0.busyFor != nil || !unable.contains(states[$0.name] ?? .ready) }
        let started = campaigns.filter { $0.state == .started }
        let holds = StationHolds(of: stored.campaign, stations: stations, started: started.map(\.campaign), at: now)
        let rivals = try started.filter { $0.campaign.priority > stored.campaign.priority && $0.id != stored.id }
            .filter { try hold($0, in: store, at: now) == nil }
            .map { rival in
                let lines = try CampaignInventory(of: rival, in: store, share, at: now).report.lines
                return StationHolds.Rival(
                    rival.campaign,
                    contacts: lines.filter { $0.availability == .now }.reduce(0) { $0 + $1.contacts })
            }
        return holds.reasons(rivals: rivals).map { Cause(code: $0.code, text: $0.text) }
    }

    /// States in which a station takes no call of any campaign.
    private static let unable: Set<StationState> = [
        .paused, .busyByHand, .dnd, .unregistered, .unreachable, .lockedOut,
    ]
}
