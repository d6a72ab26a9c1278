import CallingRules
import CampaignStore
import Campaigns
import CivilTime
import Eligibility
import PhoneNumbers
import Supervision

/// A contact as the desk shows it.
struct ContactSheet: Codable, Sendable, Hashable {
    /// A field of the contact's list.
    struct Field: Codable, Sendable, Hashable {
        var name: String
        var value: String
    }

    var contactId: Int64
    var campaignId: Int64
    var campaign: String
    var name: String?
    var externalId: String?
    var number: String?
    /// The IANA zone of the contact's clock; nil where none is known.
    var timeZone: String?
    /// What the contact's clock shows from the earliest call that is shown to two years ahead; empty where no zone is known.
    var clock: [ClockStep]
    /// Other zones that are possible as well.
    var otherZones: [String]
    /// Such as `US-NY`; the region where no more is known.
    var place: String?
    var fields: [Field]
    /// What to say, with the fields filled in; nil where the campaign has no script.
    var script: String?
    /// Earlier calls, the latest first; the one that is open left out.
    var history: [PastCallView]

    /// How many earlier calls are shown.
    static let mostCalls = 20

    /// Reads a contact.
    ///
    /// - Parameters:
    ///   - number: that is called; nil for the one that is next.
    ///   - open: the attempt that is under way, which is no history yet.
    init(
        _ card: ContactCard, number: PhoneNumber?, open: Int64? = nil, _ shelf: CampaignShelf, _ parts: ServerParts
    ) throws {
        let entry = try shelf.campaign(card.campaign, parts)
        let campaignName = entry?.stored.campaign.name ?? "campaign \(card.campaign.value)"
        contactId = card.contact.value
        campaignId = card.campaign.value
        campaign = campaignName
        name = card.name
        externalId = card.externalID
        self.number = (number ?? card.number)?.e164
        fields = card.fields.pairs.map { Field(name: $0.name, value: $0.value) }
        let area = try parts.store.facts(of: card.contact, number: number, at: parts.now())?.area
        let clock = area.flatMap { area in
            entry?.rules?.clock(of: area) ?? area.zones.lazy.compactMap { parts.share.clocks.clock($0) }.first
        }
        timeZone = clock?.name ?? area?.zones.first
        let main = timeZone
        otherZones = area?.zones.filter { $0 != main } ?? []
        place = area?.jurisdiction ?? area?.region
        script = entry?.stored.script.map { text in
            // A script that cannot be read is shown as it is: better than none in the middle of a call.
            guard let script = try? CallScript(text, file: "script") else { return text }
            return script.filled(script.values(of: card, campaign: campaignName, number: number))
        }
        let dispositions = entry?.stored.campaign.dispositions ?? []
        history = try parts.store.attempts(of: card.contact, limit: Self.mostCalls + 1)
            .filter { $0.attempt != open }.prefix(Self.mostCalls).map { PastCallView($0, dispositions) }
        let now = parts.now()
        let earliest = history.last.flatMap { Instant(iso8601: $0.at) }.map { min($0, now) } ?? now
        self.clock = clock.map { ClockStep.all(of: $0, from: earliest, now: now) } ?? []
    }
}

/// A call that was made earlier.
struct PastCallView: Codable, Sendable, Hashable {
    var attemptId: Int64
    var at: String
    var number: String?
    var agent: String?
    var outcome: String?
    /// What was said of it, in the campaign's words.
    var disposition: String?
    var note: String?
    var talkSeconds: Int64?

    init(_ row: AttemptRow, _ dispositions: [Disposition]) {
        attemptId = row.attempt
        at = row.intendedAt.iso8601
        number = row.number?.e164
        agent = row.agent
        outcome = row.outcome.map { $0.replacing("_", with: " ") }
        disposition = row.disposition.map { code in dispositions.first { $0.code == code }?.label ?? code }
        note = row.note
        talkSeconds = row.talkMilliseconds.map { $0 / 1000 }
    }
}
