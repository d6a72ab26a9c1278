import CampaignStore
import Campaigns
import Dialer
import PhoneNumbers

/// Reads what a desk page shows.
struct DeskReader: Sendable {
    let parts: ServerParts
    let shelf: CampaignShelf

    /// The whole desk of a seat.
    func sheet(_ seat: DeskSeat) async throws -> DeskSheet {
        let status = await Self.status(of: seat.station, parts)
        let view = DeskView(
            status, family: await parts.engine.family(of: seat.station), for: seat.identity,
            isStopping: await parts.engine.isStopping, at: parts.now())
        let served = try shelf.served(by: seat.station, seat.identity, parts)
        let callCampaign = try seat.desk.open?.attempt.campaign.flatMap { try shelf.campaign(named: $0, parts) }
        let offered = seat.desk.offer == nil ? nil : status.campaign
        let first = try callCampaign ?? offered.flatMap { try shelf.campaign($0, parts) }
        return DeskSheet(
            state: view, contact: try contact(seat, status), call: try openCall(seat, callCampaign, status),
            caller: try await caller(seat, status), lastCall: try lastCall(seat),
            pauseReasons: Self.pauseReasons(([first].compactMap { $0 } + served).map(\.stored.campaign)),
            campaigns: served.map(\.stored.campaign.name))
    }

    /// How a station stands; where the engine does not drive it, what the database says.
    static func status(of station: String, _ parts: ServerParts) async -> StationStatus {
        if let status = await parts.engine.stationStatus(of: [station]).first { return status }
        return StationStatus(
            name: station, state: .unknown, detail: "the engine does not drive it", isStaffed: false)
    }

    /// The reasons of these campaigns, each once, in order; the usual ones where there is no campaign.
    static func pauseReasons(_ campaigns: [Campaign]) -> [String] {
        let named = campaigns.flatMap(\.pauseReasons)
        return (named.isEmpty ? Campaign(name: "none", region: "US").pauseReasons : named)
            .reduce(into: []) { known, reason in if !known.contains(reason) { known.append(reason) } }
    }

    private func contact(_ seat: DeskSeat, _ status: StationStatus) throws -> ContactSheet? {
        if let open = seat.desk.open {
            guard let card = open.card, seat.identity.maySee(card.campaign) else { return nil }
            return try ContactSheet(
                card, number: open.attempt.number, open: open.attempt.attempt, shelf, parts)
        }
        if let offer = seat.desk.offer, seat.identity.maySee(offer.card.campaign) {
            return try ContactSheet(offer.card, number: status.number, shelf, parts)
        }
        return nil
    }

    private func openCall(
        _ seat: DeskSeat, _ entry: CampaignShelf.Entry?, _ status: StationStatus
    ) throws -> SayableCall? {
        guard let open = seat.desk.open, let entry, seat.identity.maySee(entry.stored.id) else { return nil }
        return SayableCall(
            open.attempt, campaign: entry.stored.campaign, name: open.card?.name,
            saidCode: status.attempt?.value == open.attempt.attempt ? status.saidCode : nil)
    }

    private func lastCall(_ seat: DeskSeat) throws -> SayableCall? {
        guard let last = try seat.lastCall(parts),
            let entry = try last.campaign.flatMap({ try shelf.campaign(named: $0, parts) }),
            seat.identity.maySee(entry.stored.id)
        else { return nil }
        let name = last.contact.flatMap { try? parts.store.card(of: ContactID($0)) }?.name
        return SayableCall(last, campaign: entry.stored.campaign, name: name, saidCode: nil)
    }

    private func caller(_ seat: DeskSeat, _ status: StationStatus) async throws -> CallerSheet? {
        guard let call = status.incoming ?? status.otherCall else { return nil }
        var sheet = CallerSheet(
            line: call.line, shown: call.number, number: nil, isRinging: status.incoming != nil, contacts: [])
        guard let shown = call.number, let number = await parts.engine.caller(shown, at: seat.station) else {
            return sheet
        }
        sheet.number = number.e164
        sheet.contacts = try parts.store.cards(holding: number).filter { seat.identity.maySee($0.campaign) }
            .prefix(CallerSheet.mostContacts).map { try ContactSheet($0, number: number, shelf, parts) }
        return sheet
    }
}
