import CampaignStore
import Campaigns
import Pacing

extension DialerHeart {
    /// Calls that are being placed at once, from the search for a contact to the phone's answer: each takes its turn at the
    /// database, and one whose command comes too late is not sent.
    static let placementsAtOnce = 32

    /// Gives ready stations to campaigns that may dial now: the station that has waited longest first.
    mutating func dispatch(_ names: [String], at now: Instant) -> [DialerEffect] {
        guard !isStopping else { return [] }
        let waiting = names.filter { name in
            guard let station = stations[name], station.watch == nil, station.wrapUp == nil, !station.isAsking else {
                return false
            }
            return StationLifeCycle.state(of: station.inputs) == .ready
        }
        let byWait = waiting.sorted { left, right in
            (stations[left]?.readySince ?? now) < (stations[right]?.readySince ?? now)
        }
        var effects: [DialerEffect] = []
        guard !byWait.isEmpty else { return [] }
        var counts = FloorCounts(stations.values)
        isThrottled = false
        for name in byWait {
            guard counts.placements < Self.placementsAtOnce else {
                isThrottled = true
                break
            }
            let (campaign, brakes) = campaignToServe(name, counts, at: now)
            effects += brakes
            guard let campaign, let station = stations[name] else { continue }
            guard station.isFresh(at: now) else {
                // It could dial; what it needs first is a look at its lines.
                if !station.isPolling { stations[name]?.askNow(at: now) }
                continue
            }
            let isOffering = desks[campaign]?.setup.pacing.mode == .preview
            stations[name]?.isAsking = true
            stations[name]?.isOffering = isOffering
            stations[name]?.campaign = campaign
            counts.note(campaign, trunk: station.setup.trunk, isOffering: isOffering)
            effects.append(
                isOffering
                    ? .offerContact(station: name, campaign: campaign) : .placeCall(station: name, campaign: campaign))
        }
        return effects
    }

    /// The campaign that gets a station: one that serves it, has work, and whose pacing says now; by priority, then by weight.
    private mutating func campaignToServe(
        _ name: String, _ counts: FloorCounts, at now: Instant
    ) -> (CampaignID?, [DialerEffect]) {
        var effects: [DialerEffect] = []
        var able: [CampaignID] = []
        var heldUntil: Instant?
        for id in campaignOrder {
            guard let desk = desks[id], desk.serves(name), desk.isWorthAsking(at: now),
                stations[name]?.nothingUntil[id].map({ now >= $0 }) ?? true
            else { continue }
            guard let hold = desk.pacing.hold(pacingFacts(id, desk, on: name, counts, at: now)) else {
                desks[id]?.heldBy = nil
                able.append(id)
                continue
            }
            desks[id]?.heldBy = hold.reason
            switch hold.scope {
            case .campaign: if let until = hold.until { desks[id]?.askAgainAt = until }
            case .station: heldUntil = [heldUntil, hold.until].compactMap { $0 }.min()
            case .brake:
                desks[id]?.isBraked = true
                effects.append(.pauseCampaign(id, hold.reason))
            }
        }
        stations[name]?.heldUntil = able.isEmpty ? heldUntil : nil
        let candidates = able.compactMap { id in
            desks[id].map { desk in
                FairShare.Candidate(
                    priority: desk.setup.priority, weight: desk.setup.weight, pass: desk.pass,
                    asking: counts.asking[id] ?? 0)
            }
        }
        return (FairShare.next(candidates).map { able[$0] }, effects)
    }

    /// What the pacing rules of a campaign look at when a station would dial for it.
    ///
    /// - Parameter counts: of the whole floor; counted here where nobody did for a round of stations.
    func pacingFacts(
        _ id: CampaignID, _ desk: CampaignDesk, on name: String, _ counts: FloorCounts? = nil, at now: Instant
    ) -> PacingFacts {
        let station = stations[name]
        let trunk = station?.setup.trunk
        let counts = counts ?? FloorCounts(stations.values)
        return PacingFacts(
            now: now, recentStarts: desk.history.starts, starting: counts.starting[id] ?? 0,
            openCalls: counts.open[id] ?? 0,
            station: PacingFacts.Station(
                name: name, trunk: trunk, openOnTrunk: trunk.flatMap { counts.openOnTrunk[$0] } ?? 0,
                trunkLimit: trunk.flatMap { trunk in desks.values.compactMap { $0.setup.trunks[trunk] }.min() },
                lastEnd: station?.lastEnd), agentAbsent: desk.history.agentAbsent, failedFast: desk.history.failedFast)
    }

    /// Counts a start, and keeps campaigns that have nothing to dial from saving up a claim on the stations.
    mutating func noteStart(_ campaign: CampaignID, at now: Instant) {
        desks[campaign]?.noteStart(at: now)
        guard let pass = desks[campaign]?.pass else { return }
        for (id, desk) in desks where id != campaign && !desk.isWorthAsking(at: now) {
            desks[id]?.pass = max(desk.pass, pass)
        }
    }
}

extension Station {
    /// A call that is being placed or is open; wrap-up does not count.
    var hasCall: Bool { watch != nil || isAsking }
}
