import CampaignStore
import Campaigns

/// Something that keeps calls from being placed.
public struct DialingHold: Sendable, Hashable {
    /// The campaign that it keeps back; nil where it is all of them.
    public var campaign: String?
    /// What it is, and what to do where somebody can do something.
    public var reason: Reason

    /// A hold from its parts.
    public init(campaign: String? = nil, reason: Reason) {
        self.campaign = campaign
        self.reason = reason
    }
}

extension EngineStatus {
    /// Whether no call of any campaign can be placed now.
    public var isDialingHeld: Bool {
        if holds.contains(where: { $0.campaign == nil }) { return true }
        let kept = Set(holds.compactMap(\.campaign))
        return !startedCampaigns.isEmpty && startedCampaigns.allSatisfy(kept.contains)
    }
}

extension DialerEngine {
    /// All that keeps calls from being placed now.
    ///
    /// - Parameter now: the wall's time.
    func dialingHolds(at now: Instant) -> [DialingHold] {
        let all = { (code: String, text: String) in DialingHold(reason: Reason(code: code, text: text)) }
        guard isRunning else { return [all("not_running", "The engine does not run.")] }
        var holds: [DialingHold] = []
        if heart.isStopping {
            holds.append(all("stopping", "Offhook is stopping; running calls are followed to their end."))
        }
        if let fault = unwritten.fault {
            holds.append(all("database_\(fault.rawValue)", "The database \(fault.sentence)"))
        } else if unwritten.isWaitingForLock {
            holds.append(
                all("database_busy", "Another program is writing to the database; dialing goes on when it is done."))
        }
        if let shortage { holds.append(all("shortage", shortage.sentence)) }
        holds += stationHold.map { [DialingHold(reason: $0)] } ?? []
        if runners.isEmpty { holds.append(all("no_campaign", "No campaign is started.")) }
        for runner in runners.values.sorted(by: { $0.stored.id < $1.stored.id }) {
            guard let problem = runner.problem(at: now) else { continue }
            holds.append(DialingHold(campaign: runner.stored.campaign.name, reason: problem))
        }
        return holds + heart.held.map { DialingHold(campaign: $0.campaign, reason: $0.reason) }
    }

    /// The names of the campaigns that are dialed.
    var startedCampaigns: [String] { runners.values.map(\.stored.campaign.name).sorted() }

    /// Why no station can dial; nil where one can, or may after its call.
    private var stationHold: Reason? {
        let states = heart.stationStatus.map(\.state)
        guard !states.isEmpty else { return Reason(code: "no_phones", text: "There are no phones yet.") }
        guard heart.noStationCanDial else { return nil }
        let counts = Dictionary(grouping: states) { $0 }.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.value.count) \($0.key.rawValue.replacing("_", with: " "))" }
        return Reason(code: "no_station", text: "No station can dial: \(counts.joined(separator: ", ")).")
    }
}
