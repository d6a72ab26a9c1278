import CampaignStore
import Hummingbird
import PhoneNumbers

/// Which events of the journal a stream hands out; what is empty is not asked for.
struct EventFilter: Sendable {
    private var campaign: CampaignID?
    private var events: Set<String>
    private var station: String?
    private var agent: String?
    private var contact: Int64?
    private var number: PhoneNumber?

    static let parameters: [Operation.Parameter] = [
        .init("campaign", "events of this campaign alone, by its name"),
        .init("event", "events of this kind alone, such as attempt_settled; may stand several times"),
        .init("station", "events of this station alone"), .init("agent", "events of this agent alone"),
        .init("contact", "events of this contact alone", type: "integer", details: ["format": "int64"]),
        .init("number", "events of this phone number alone; a plus is written %2B"),
    ]

    /// Reads the filter of an address.
    ///
    /// - Throws: ``Problem`` 404 where the campaign may not be seen, 422 where something cannot be taken.
    init(_ query: QueryFields, _ context: ServeContext, _ store: CampaignStore) throws {
        campaign = try query.campaign("campaign", context, store)?.id
        events = Set(query.all("event"))
        station = query.text("station")
        agent = query.text("agent")
        contact = try query.integer("contact", in: 1...Int64.max)
        number = try query.number("number")
    }

    /// Whether an event is wanted, and may be seen.
    func wants(_ entry: JournalEntry, of identity: Identity) -> Bool {
        identity.maySee(entry.campaign) && (campaign == nil || campaign == entry.campaign)
            && (events.isEmpty || events.contains(entry.event)) && (station == nil || station == entry.station)
            && (agent == nil || agent == entry.agent) && (contact == nil || contact == entry.contact?.value)
            && (number == nil || number == entry.number)
    }
}
