import CampaignStore
import Campaigns
import Pacing

extension DialerHeart {
    /// Gives ready stations to campaigns that may dial now: the station that has waited longest first.
    mutating func dispatch(at now: Instant) -> [DialerEffect] {
        guard !isStopping else { return [] }
        let waiting = order.filter { name in
            guard let station = stations[name], station.watch == nil, station.wrapUp == nil, !station.isAsking else {
                return false
            }
            return StationLifeCycle.state(of: station.inputs) == .ready
        }
        guard !waiting.isEmpty else { return [] }
        let byWait = waiting.sorted { left, right in
            (stations[left]?.readySince ?? now) < (stations[right]?.readySince ?? now)
        }
        var effects: [DialerEffect] = []
        for name in byWait {
            guard let campaign = campaignToServe(at: now) else { break }
            guard let station = stations[name] else { continue }
            guard station.isFresh(at: now) else {
                // It could dial; what it needs first is a look at its lines.
                if !station.isPolling { stations[name]?.nextPoll = now }
                continue
            }
            stations[name]?.isAsking = true
            stations[name]?.campaign = campaign
            effects.append(.placeCall(station: name, campaign: campaign))
        }
        return effects
    }

    /// The campaign with the fewest calls among those that have work and whose pacing says now.
    private mutating func campaignToServe(at now: Instant) -> CampaignID? {
        var best: (id: CampaignID, calls: Int)?
        for id in campaignOrder {
            guard let desk = desks[id], desk.isWorthAsking(at: now) else { continue }
            let calls = openCalls(of: id)
            let facts = PacingFacts(now: now, recentStarts: desk.recentStarts, openCalls: calls)
            switch desk.pacing.verdict(facts) {
            case .wait(let until, let reason):
                desks[id]?.heldBy = reason
                if let until { desks[id]?.askAgainAt = until }
            case .now:
                desks[id]?.heldBy = nil
                if best.map({ calls < $0.calls }) ?? true { best = (id, calls) }
            }
        }
        return best?.id
    }

    /// Calls of a campaign that are being placed or are open; wrap-up does not count.
    private func openCalls(of campaign: CampaignID) -> Int {
        stations.values.count { $0.campaign == campaign && ($0.watch != nil || $0.isAsking) }
    }
}
