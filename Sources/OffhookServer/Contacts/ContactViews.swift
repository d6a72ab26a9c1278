import CampaignStore
import Campaigns
import Eligibility
import PhoneNumbers
import Reports

/// A contact as a search shows it.
public struct FoundContactView: Codable, Sendable, Hashable {
    public var id: Int64
    public var campaignId: Int64
    public var campaign: String
    public var list: String
    public var name: String?
    public var number: String?
    public var state: String

    init(_ found: FoundContact) {
        id = found.id.value
        campaignId = found.campaign.value
        campaign = found.campaignName
        list = found.list
        name = found.name
        number = found.number?.e164
        state = found.state.rawValue
    }
}

/// What a search found.
public struct ContactSearchView: Codable, Sendable, Hashable {
    public var contacts: [FoundContactView]
    /// Whether there may be more.
    public var isCut: Bool
    /// Where the search goes on; nil where it looked at all contacts.
    public var before: Int64?
    /// What was not looked at, as a sentence.
    public var note: String?

    init(_ result: ContactSearchResult) {
        contacts = result.contacts.map(FoundContactView.init)
        isCut = result.isCut
        before = result.before?.value
        if result.before != nil, !result.isCut {
            note =
                "Names and fields were looked for in \(CampaignStore.searchedContacts) contacts, the newest first; go on for older ones, or search by number."
        } else if result.isCut {
            note = "Only the first \(result.contacts.count) are shown; go on, or search for more of the name."
        }
    }
}

/// A custom field.
public struct ContactFieldView: Codable, Sendable, Hashable {
    public var name: String
    public var value: String
}

/// A contact, whole.
public struct ContactView: Codable, Sendable, Hashable {
    /// One of its numbers.
    public struct Number: Codable, Sendable, Hashable {
        public var number: String
        public var `extension`: String?
        public var kind: String
        public var isValid: Bool
        public var isDead: Bool
        public var isNext: Bool
        public var zones: [String]
        public var jurisdiction: String?
    }

    public var id: Int64
    public var campaignId: Int64
    public var campaign: String
    public var list: String
    public var name: String?
    public var externalId: String?
    public var fields: [ContactFieldView]
    public var state: String
    public var reason: String?
    /// Whose callback it is.
    public var agent: String?
    public var dueAt: String?
    public var numbers: [Number]
    public var createdAt: String
    public var version: Int64

    init(_ contact: StoredContact) {
        id = contact.id.value
        campaignId = contact.campaign.value
        campaign = contact.campaignName
        list = contact.list
        name = contact.name
        externalId = contact.externalID
        fields = contact.fields.pairs.map { ContactFieldView(name: $0.name, value: $0.value) }
        state = contact.state.rawValue
        reason = contact.reason
        agent = contact.agent
        dueAt = contact.dueAt?.iso8601
        numbers = contact.numbers.map {
            Number(
                number: $0.number.e164, extension: $0.fileExtension, kind: $0.kind, isValid: $0.isValid,
                isDead: $0.isDead, isNext: $0.isNext, zones: $0.area.zones, jurisdiction: $0.area.jurisdiction)
        }
        createdAt = contact.createdAt.iso8601
        version = contact.version
    }
}

/// A change of a contact; what is not named stays. Null takes away what is named, and so does an empty name or external ID.
public struct ContactBody: Decodable, Sendable, Hashable {
    /// A custom field and its new text.
    public struct Field: Decodable, Sendable, Hashable {
        public var name: String
        /// Nil where the field is taken away.
        public var value: String?
    }

    public var name: ContactChange.Text
    public var externalId: ContactChange.Text
    /// The custom fields to change; those that are not named stay.
    public var fields: [Field]?

    private enum CodingKeys: String, CodingKey { case name, externalId, fields }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let text = { (key: CodingKeys) throws -> ContactChange.Text in
            guard container.contains(key) else { return .kept }
            return ContactChange.Text(try container.decodeIfPresent(String.self, forKey: key))
        }
        name = try text(.name)
        externalId = try text(.externalId)
        fields = try container.decodeIfPresent([Field].self, forKey: .fields)
    }
}

/// When a contact is to be called.
public struct CallbackBody: Codable, Sendable, Hashable {
    /// `2026-11-25 15:30` on the contact's clock, or an instant of ISO 8601.
    public var at: String
    /// Whose callback it is; left out for anyone's.
    public var agent: String?
    /// The IANA zone on whose clock it was agreed, where the contact may be in several.
    public var timeZone: String?
}

/// When a contact will be called.
public struct CallbackView: Codable, Sendable, Hashable {
    public var dueAt: String
    /// The first instant from then on at which the calling hours are open; nil where they never are.
    public var hoursOpenAt: String?
}

/// Everything that a person did or the program saw with a contact.
public struct ContactStoryView: Codable, Sendable, Hashable {
    /// One attempt.
    public struct Attempt: Codable, Sendable, Hashable {
        public var id: Int64
        public var at: String
        public var number: String?
        public var station: String
        public var agent: String?
        public var outcome: String?
        public var disposition: String?
        public var note: String?
        public var evidence: String?
        public var talkMilliseconds: Int64?
        public var followUp: String?

        init(_ row: AttemptRow) {
            id = row.attempt
            at = row.intendedAt.iso8601
            number = row.number?.e164
            station = row.station
            agent = row.agent
            outcome = row.outcome
            disposition = row.disposition
            note = row.note
            evidence = row.evidence.map(AttemptReport.sentence)
            talkMilliseconds = row.talkMilliseconds
            followUp = row.followUp
        }
    }

    /// Oldest first.
    public var attempts: [Attempt]
    /// Events of the journal, newest first.
    public var events: [EventView]
}

/// What stands between a contact's number and its next call.
public struct ContactWhyView: Codable, Sendable, Hashable {
    /// One rule with its answer and the facts it used.
    public struct Rule: Codable, Sendable, Hashable {
        public var rule: String
        public var isAllowed: Bool
        public var until: String?
        public var reasons: [String]
        public var remedies: [String]
        public var facts: String
    }

    /// One number.
    public struct Answer: Codable, Sendable, Hashable {
        public var number: String
        /// Whether it is called next.
        public var isNext: Bool
        public var isAllowed: Bool
        public var earliest: String?
        public var rules: [Rule]
    }

    public var contactId: Int64
    public var at: String
    public var numbers: [Answer]
}

extension ContactWhyView.Answer {
    init(_ explanation: ContactExplanation) {
        number = explanation.history.facts.number.e164
        isNext = explanation.history.isNextNumber
        isAllowed = explanation.verdict.verdict.isAllowed
        earliest = explanation.earliest?.iso8601
        rules = explanation.verdict.findings.map { finding in
            var rule = ContactWhyView.Rule(
                rule: finding.rule, isAllowed: finding.verdict.isAllowed, reasons: [], remedies: [],
                facts: finding.facts)
            if case .denied(let until, let reasons) = finding.verdict {
                rule.until = until?.iso8601
                rule.reasons = reasons.map(\.text)
                rule.remedies = reasons.compactMap { Remedy.sentence($0.code) }
            }
            return rule
        }
    }
}
