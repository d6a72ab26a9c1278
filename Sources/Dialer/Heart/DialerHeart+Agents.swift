import CampaignStore
import Campaigns
import Pacing

/// What agents ask for: contacts that they preview, calls of their choice, and what came of a call.
extension DialerHeart {
    /// The contact that a station's agent sees in preview mode, and until when it waits for an answer.
    public func offer(to name: String) -> (reservation: Reservation, until: Instant)? { stations[name]?.offer }

    mutating func offered(_ name: String, _ reservation: Reservation, at now: Instant) -> [DialerEffect] {
        guard let desk = desks[reservation.campaign], stations[name] != nil, !isStopping else {
            placementEnded(name)
            return [.withdrawOffer(station: name, reservation, notBefore: now, Self.reason("The station is gone."))]
        }
        placementEnded(name)
        stations[name]?.campaign = nil
        let until = now + desk.setup.pacing.previewLimit
        stations[name]?.offer = (reservation, until)
        return [.offerShown(station: name, reservation.contact, until: until)]
    }

    mutating func takeOffer(_ name: String, at now: Instant) {
        guard let offer = stations[name]?.offer else { return }
        stations[name]?.offer = nil
        stations[name]?.wanted = .offered(offer.reservation, until: now + WantedCall.patience)
        if stations[name]?.isPolling == false { stations[name]?.askNow(at: now) }
    }

    mutating func withdrawOffer(_ name: String, _ why: String, at now: Instant) -> [DialerEffect] {
        guard let offer = stations[name]?.offer else { return [] }
        stations[name]?.offer = nil
        let rest = isStopping ? .zero : desks[offer.reservation.campaign]?.setup.pacing.skipRest ?? .zero
        return [.withdrawOffer(station: name, offer.reservation, notBefore: now + rest, Self.reason(why))]
    }

    /// Withdraws contacts that nobody took within the limit, and gives up calls that could not be placed.
    mutating func endOffers(_ names: [String], at now: Instant) -> [DialerEffect] {
        var effects: [DialerEffect] = []
        for name in names {
            if let offer = stations[name]?.offer, now >= offer.until {
                effects += withdrawOffer(name, "Nobody took it in time.", at: now)
            }
            guard let wanted = stations[name]?.wanted, now >= wanted.until else { continue }
            effects += giveUp(name, wanted, "The station could not dial in time.", at: now)
        }
        return effects
    }

    /// An agent picked a contact: it is dialled if the station could dial now; every calling rule is asked in the intent.
    mutating func manualCall(
        _ name: String, _ campaign: CampaignID, _ contact: WantedContact, at now: Instant
    ) -> [DialerEffect] {
        guard let station = stations[name], let desk = desks[campaign], !isStopping else {
            return [
                .manualRefused(station: name, Self.reason("The campaign is not started, or there is no such station."))
            ]
        }
        let state = StationLifeCycle.state(of: station.inputs)
        guard state == .ready, desk.serves(name) else {
            return [
                .manualRefused(
                    station: name, Self.reason("The station is “\(state.rawValue)”, or does not serve the campaign."))
            ]
        }
        if let hold = desk.pacingByHand.hold(pacingFacts(campaign, desk, on: name, at: now)) {
            return [.manualRefused(station: name, hold.reason)]
        }
        stations[name]?.wanted = .manual(campaign, contact, until: now + WantedCall.patience)
        if !station.isPolling { stations[name]?.askNow(at: now) }
        return []
    }

    /// A call that an agent asked for could not be placed for a moment; it counts from now on as if it was asked for anew.
    mutating func wantedAgain(_ name: String, _ wanted: WantedCall, at now: Instant) -> [DialerEffect] {
        let again: WantedCall =
            switch wanted {
            case .offered(let reservation, _): .offered(reservation, until: now + WantedCall.patience)
            case .manual(let campaign, let contact, _): .manual(campaign, contact, until: now + WantedCall.patience)
            }
        guard let station = stations[name], station.wanted == nil, !isStopping else {
            return giveUp(name, again, "The station has another call, or the program ends.", at: now)
        }
        stations[name]?.wanted = again
        if !station.isPolling { stations[name]?.askNow(at: now) }
        return []
    }

    /// Places the calls that agents asked for once their lines were seen idle within 500 ms and pacing says now.
    mutating func placeWanted(_ names: [String], at now: Instant) -> [DialerEffect] {
        var effects: [DialerEffect] = []
        for name in names {
            guard var station = stations[name], let wanted = station.wanted, !isStopping else { continue }
            station.wanted = nil
            let state = StationLifeCycle.state(of: station.inputs)
            guard state == .ready else {
                effects += giveUp(name, wanted, "The station is “\(state.rawValue)”.", at: now)
                continue
            }
            guard let desk = desks[wanted.campaign] else {
                effects += giveUp(name, wanted, "The campaign is not started.", at: now)
                continue
            }
            guard station.isFresh(at: now) else {
                if !station.isPolling { stations[name]?.askNow(at: now) }
                continue
            }
            guard desk.pacingByHand.hold(pacingFacts(wanted.campaign, desk, on: name, at: now)) == nil else { continue }
            station.isAsking = true
            station.isOffering = false
            station.campaign = wanted.campaign
            stations[name] = station
            switch wanted {
            case .offered(let reservation, _): effects.append(.placeOffered(station: name, reservation))
            case .manual(let campaign, let contact, _):
                effects.append(.placeManual(station: name, campaign: campaign, contact: contact))
            }
        }
        return effects
    }

    private mutating func giveUp(
        _ name: String, _ wanted: WantedCall, _ why: String, at now: Instant
    ) -> [DialerEffect] {
        if stations[name]?.wanted == wanted { stations[name]?.wanted = nil }
        switch wanted {
        case .offered(let reservation, _):
            return [.withdrawOffer(station: name, reservation, notBefore: now, Self.reason(why))]
        case .manual: return [.manualRefused(station: name, Self.reason(why))]
        }
    }

    /// The open or wrapping-up attempt of a station; nil where it has none.
    public func attempt(at name: String) -> AttemptID? {
        stations[name].flatMap { $0.watch?.attempt ?? $0.wrapUp?.attempt }
    }

    /// The campaign that a station's call, or the search for one, belongs to.
    public func campaign(at name: String) -> CampaignID? { stations[name]?.campaign }

    private static func reason(_ text: String) -> Reason { Reason(code: "agent", text: text) }
}
