import CampaignStore
import Campaigns
import Dialer
import PhoneNumbers

/// All that a desk page shows; a page that loads again shows the same.
struct DeskSheet: Codable, Sendable {
    var state: DeskView
    /// The contact that is called or shown; nil where there is none, or where it may not be seen.
    var contact: ContactSheet?
    /// The call that something can be said of; nil where none is open.
    var call: SayableCall?
    /// Who rings or is on the line without our having called.
    var caller: CallerSheet?
    /// The agent's last call, of which they may think again.
    var lastCall: SayableCall?
    var pauseReasons: [String]
    /// Campaigns under whose rules a number can be called by hand.
    var campaigns: [String]
}

/// A call that its agent can say something of.
struct SayableCall: Codable, Sendable, Hashable {
    /// Something that can be said.
    struct Choice: Codable, Sendable, Hashable {
        var code: String
        var label: String
        /// The class of the disposition, such as `callback_agent`.
        var kind: String
        /// The key that says it: 1 to 9, and x for the first that is a wish not to be called; nil where none is left.
        var key: String?
        /// Whether a time can be agreed with it.
        var isCallback: Bool
    }

    var attemptId: Int64
    var campaign: String
    var number: String?
    var name: String?
    var at: String
    var outcome: String?
    /// The code of what was said; nil where nothing was.
    var saidCode: String?
    var saidLabel: String?
    var note: String?
    var choices: [Choice]

    init(_ row: AttemptRow, campaign: Campaign, name: String?, saidCode: String?) {
        attemptId = row.attempt
        self.campaign = campaign.name
        number = row.number?.e164
        self.name = name
        at = row.intendedAt.iso8601
        outcome = row.outcome.map { $0.replacing("_", with: " ") }
        let said = saidCode ?? row.disposition
        self.saidCode = said
        saidLabel = said.map { code in
            campaign.dispositions.first { $0.code == code }?.label
                ?? (code == Disposition.noneGiven.code ? Disposition.noneGiven.label : code)
        }
        note = row.note
        choices = Self.choices(campaign.dispositions)
    }

    private static func choices(_ dispositions: [Disposition]) -> [Choice] {
        var digits = (1...9).map(String.init).makeIterator()
        var wish: String? = "x"
        return dispositions.map { disposition in
            let isWish = disposition.dispositionClass == .doNotCall && wish != nil
            let key = isWish ? wish : digits.next()
            if isWish { wish = nil }
            return Choice(
                code: disposition.code, label: disposition.label, kind: disposition.dispositionClass.rawValue, key: key,
                isCallback: disposition.isCallback)
        }
    }
}

extension Disposition {
    /// Whether a time can be agreed with it.
    var isCallback: Bool { [.callbackAgent, .callbackAny].contains(dispositionClass) }
}

/// Somebody who calls the station, looked up in all contacts.
struct CallerSheet: Codable, Sendable {
    var line: Int
    /// As the phone shows it; nil where it shows none.
    var shown: String?
    var number: String?
    var isRinging: Bool
    /// The contacts who hold the number, in any campaign that may be seen.
    var contacts: [ContactSheet]

    /// Most contacts that are shown of one number.
    static let mostContacts = 5
}

/// Reads what a desk page shows.
struct DeskReader: Sendable {
    let parts: ServerParts
    let shelf: CampaignShelf

    /// The whole desk of a seat.
    func sheet(_ seat: DeskSeat) async throws -> DeskSheet {
        let status = await status(of: seat.station)
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
    func status(of station: String) async -> StationStatus {
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
