import Campaigns
import GRDB

/// Keeps the times that were agreed with contacts, and what became of them.
enum AgreedCallbacks {
    /// A time is agreed; one that was agreed before is moved.
    static func agree(
        contact: Int64, campaign: Int64, agent: String?, by person: String?, due: Int64, at now: Int64,
        _ database: Database
    ) throws {
        try end("moved", contact: contact, attempt: nil, at: now, database)
        try database.execute(
            sql: """
                INSERT INTO agreed_callbacks (campaign_id, contact_id, agent, agreed_by, agreed_at, due_at)
                VALUES (?, ?, ?, ?, ?, ?)
                """, arguments: [campaign, contact, agent, person, now, due])
    }

    /// A call that counts was placed to the contact: whatever was agreed is kept.
    static func called(contact: Int64?, attempt: Int64, at placed: Int64, _ database: Database) throws {
        try end("called", contact: contact, attempt: attempt, at: placed, database)
    }

    /// Nobody waits for the call any more.
    static func withdraw(contact: Int64?, at now: Int64, _ database: Database) throws {
        try end("withdrawn", contact: contact, attempt: nil, at: now, database)
    }

    private static func end(
        _ ending: String, contact: Int64?, attempt: Int64?, at: Int64, _ database: Database
    ) throws {
        try database.cachedStatement(
            sql: """
                UPDATE agreed_callbacks SET ending = ?, ended_at = ?, attempt_id = ?
                WHERE contact_id = ? AND ending IS NULL
                """
        ).execute(arguments: [ending, at, attempt, contact])
    }
}
