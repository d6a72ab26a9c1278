import Campaigns
import GRDB
import PhoneNumbers

/// One event of the append-only, numbered record.
public struct JournalEntry: Sendable, Hashable {
    /// Its number; later events have higher ones.
    public var seq: Int64
    public var at: Instant
    /// A stable word, such as `attempt_intended`.
    public var event: String
    public var campaign: CampaignID?
    public var contact: ContactID?
    public var attempt: AttemptID?
    public var number: PhoneNumber?
    public var station: String?
    public var agent: String?
    public var detail: String?

    init(_ row: Row) {
        seq = row["seq"]
        at = Instant(milliseconds: row["at"])
        event = row["event"]
        campaign = (row["campaign_id"] as Int64?).map(CampaignID.init)
        contact = (row["contact_id"] as Int64?).map(ContactID.init)
        attempt = (row["attempt_id"] as Int64?).map(AttemptID.init)
        number = (row["number"] as Int64?).flatMap(PhoneNumber.init(digits:))
        station = row["station"]
        agent = row["agent"]
        detail = row["detail"]
    }
}

/// What an event is about; names and custom fields never belong here.
struct JournalSubject {
    var campaign: Int64?
    var contact: Int64?
    var attempt: Int64?
    var number: Int64?
    var station: String?
    var agent: String?
}

extension Database {
    func journal(_ event: String, at: Instant, _ subject: JournalSubject, detail: String? = nil) throws {
        let statement = try cachedStatement(
            sql: """
                INSERT INTO journal (at, event, campaign_id, contact_id, attempt_id, number, station, agent, detail)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            at.milliseconds, event, subject.campaign, subject.contact, subject.attempt, subject.number,
            subject.station, subject.agent, detail,
        ])
    }
}

extension CampaignStore {
    /// Events after a number, oldest first.
    public func journal(after seq: Int64 = 0, limit: Int = 1000) throws -> [JournalEntry] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT ?", arguments: [seq, limit]
            ).map(JournalEntry.init)
        }
    }

    /// Appends an event of the program itself, such as a pause in dialling; ids and numbers only.
    public func recordEvent(_ event: String, detail: String, at: Instant) throws {
        try write { try $0.journal(event, at: at, JournalSubject(), detail: detail) }
    }

    /// Appends an event that no other verb records, such as a station's change of state, with its agent and campaign.
    public func record(
        _ event: String, station: String, agent: String? = nil, campaign: CampaignID? = nil, detail: String,
        at: Instant
    ) throws {
        let subject = JournalSubject(campaign: campaign?.value, station: station, agent: agent)
        try write { try $0.journal(event, at: at, subject, detail: detail) }
    }
}

extension CampaignStore {
    /// Events of people and other programs that change what a running engine may call.
    public static let controlEvents: Set<String> = campaignEvents.union([
        "list_imported", "import_undone", "contacts_reviewed", "list_changed", "agent_signed_in", "agent_signed_out",
        "contact_reopened",
        "contact_edited", "callback_scheduled",
        "disposition_changed", "suppression_added", "suppression_removed",
        "suppression_ended", "suppressions_loaded", phonesEvent,
    ])

    /// The event after which a running engine takes its phones anew.
    public static let phonesEvent = "phones_applied"

    /// Events after which campaigns are read anew; an import can bring new areas.
    public static let campaignEvents: Set<String> = [
        "campaign_applied", "campaign_started", "campaign_paused", "campaign_archived", "list_imported",
        "suppressions_loaded", "place_closed", "place_opened",
    ]

    /// The number of the newest event; 0 where there is none.
    public func lastJournalNumber() throws -> Int64 {
        try read { try Int64.fetchOne($0, sql: "SELECT max(seq) FROM journal") ?? 0 }
    }

    /// The kinds of control events after a number, and the number of the newest event of any kind.
    public func changes(after seq: Int64) throws -> (events: Set<String>, last: Int64) {
        try read { database in
            let names = Self.controlEvents.map { "'\($0)'" }.joined(separator: ", ")
            let rows = try Row.fetchAll(
                database, sql: "SELECT event FROM journal WHERE seq > ? AND event IN (\(names)) ORDER BY seq",
                arguments: [seq])
            let newest = try Int64.fetchOne(database, sql: "SELECT max(seq) FROM journal") ?? seq
            return (Set(rows.map { $0["event"] as String }), newest)
        }
    }
}
