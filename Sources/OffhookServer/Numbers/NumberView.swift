import CampaignStore
import Campaigns
import PhoneNumbers
import Reports

/// All that is known of a number.
struct NumberView: Codable, Sendable {
    var number: String
    var region: String?
    var kind: String
    var validity: String
    var `extension`: String?
    var jurisdiction: String?
    var zones: [String]
    var dialling: [Dialling]
    var suppressions: [Suppression]
    var contacts: [Contact]

    /// How a station would dial it.
    struct Dialling: Codable, Sendable {
        var station: String
        var dialled: String?
        var refusal: String?
    }

    /// A do-not-call entry that covers it.
    struct Suppression: Codable, Sendable {
        /// The number, or a prefix such as `+1201*`.
        var entry: String
        /// The campaign it is limited to; missing for everywhere.
        var campaign: String?
        var source: String
        var addedAt: String
        var endsAt: String?
    }

    /// A contact that holds it.
    struct Contact: Codable, Sendable {
        var contactId: Int64
        var campaign: String
        var list: String
        var state: String
    }

    init(_ facts: NumberFacts, suppressions visible: [SuppressionEntry], contacts held: [ContactHistory]) {
        number = facts.reading.number.e164
        region = facts.reading.region
        kind = facts.reading.kind.rawValue
        validity = facts.reading.validity.rawValue
        self.extension = facts.reading.extension
        jurisdiction = facts.place.jurisdiction
        zones = facts.place.zones
        dialling = facts.dialling.map { Dialling(station: $0.station, dialled: $0.dialled, refusal: $0.refusal) }
        suppressions = visible.map { entry in
            Suppression(
                entry: entry.subject.description, campaign: entry.campaign, source: entry.source,
                addedAt: entry.addedAt.iso8601, endsAt: entry.endsAt?.iso8601)
        }
        contacts = held.map {
            Contact(contactId: $0.contact.value, campaign: $0.campaign, list: $0.list, state: $0.state.rawValue)
        }
    }
}
