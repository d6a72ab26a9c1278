import Campaigns
import GRDB

/// Where a campaign stands.
public enum CampaignState: String, Sendable, Codable, CaseIterable, Hashable {
    case new
    case started
    case paused
    case archived
}

/// A campaign as stored: its file, read again, and its state.
public struct StoredCampaign: Sendable, Hashable {
    public var id: CampaignID
    public var campaign: Campaign
    public var state: CampaignState
    public var file: String
    /// The text of its file.
    public var yaml: String
    public var script: String?
    public var appliedAt: Instant
    /// Since when it is in its state.
    public var stateAt: Instant
    /// Until when it goes on although its file leaves out what it has to say, since it was running when its database was upgraded;
    /// nil for no such time.
    public var graceUntil: Instant?

    /// Grows with each change of file or script, for edits that must not overwrite another's.
    public var version: Int64 { appliedAt.milliseconds }
}

/// What a campaign's file must find where it is stored.
public enum CampaignExpectation: Sendable, Hashable {
    /// Whatever is there.
    case anything
    /// No campaign of its name.
    case nothing
    /// The campaign as it was read, by ``StoredCampaign/version``.
    case version(Int64)
}

extension CampaignStore {
    /// Stores a campaign's file, new or changed; its state stays as it is.
    ///
    /// Contacts that a rule had parked for good are looked at again, since the rules may have changed.
    /// - Returns: its identifier and whether it is new.
    /// - Throws: `StoreError.refused` where the campaign is archived, or must be new and is not; `.changedMeanwhile`.
    public func applyCampaign(
        _ campaign: Campaign, yaml: String, file: String, script: String?, expecting: CampaignExpectation = .anything,
        at now: Instant
    ) throws -> (id: CampaignID, isNew: Bool) {
        let applied = try write { database -> (id: CampaignID, isNew: Bool) in
            let known = try Row.fetchOne(
                database, sql: "SELECT id, state, applied_at FROM campaigns WHERE name = ?", arguments: [campaign.name])
            switch expecting {
            case .anything: break
            case .nothing:
                guard known == nil else {
                    throw StoreError.refused(
                        "There is a campaign “\(campaign.name)” already; edit it, or choose another name.")
                }
            case .version(let version):
                guard known?["applied_at"] == version else {
                    throw StoreError.changedMeanwhile(what: "campaign", name: campaign.name)
                }
            }
            // Each version is another, whatever the clock says.
            let appliedAt = max(now.milliseconds, ((known?["applied_at"] as Int64?) ?? 0) + 1)
            if let known, known["state"] == CampaignState.archived.rawValue {
                throw StoreError.refused("The campaign “\(campaign.name)” is archived; give the file another name.")
            }
            try database.execute(
                sql: """
                    INSERT INTO campaigns (name, state, file, yaml, script, applied_at, state_at) VALUES (?1, 'new', ?2, ?3, ?4, ?5, ?6)
                    ON CONFLICT (name) DO UPDATE SET file = ?2, yaml = ?3, script = ?4, applied_at = ?5
                    """, arguments: [campaign.name, file, yaml, script, appliedAt, now.milliseconds])
            let id: Int64 =
                try Int64.fetchOne(database, sql: "SELECT id FROM campaigns WHERE name = ?", arguments: [campaign.name])
                ?? 0
            if known != nil { try ContactReview.add(.parked, campaign: id, database) }
            try Self.setDialsPossible(campaign.dialsPossibleNumbers(at: now), campaign: id, database)
            try database.journal("campaign_applied", at: now, JournalSubject(campaign: id))
            return (CampaignID(id), known == nil)
        }
        try reviewContacts(at: now)
        return applied
    }

    /// Notes whether numbers of no known range are dialed; the contacts that have such numbers are looked at again.
    private static func setDialsPossible(_ dials: Bool, campaign: Int64, _ database: Database) throws {
        let before = try Bool.fetchOne(
            database, sql: "SELECT dials_possible FROM campaigns WHERE id = ?", arguments: [campaign])
        try database.execute(
            sql: "UPDATE campaigns SET dials_possible = ? WHERE id = ?", arguments: [dials, campaign])
        guard before != dials || !dials else { return }
        try ContactReview.add(.possible, campaign: campaign, database)
    }

    /// All campaigns by name.
    public func campaigns() throws -> [StoredCampaign] {
        try read { try Row.fetchAll($0, sql: "SELECT * FROM campaigns ORDER BY name").map(Self.campaign) }
    }

    /// One campaign by name.
    ///
    /// - Throws: `StoreError.notFound`, with the nearest name.
    public func campaign(named name: String) throws -> StoredCampaign {
        try read { database in
            guard let row = try Row.fetchOne(database, sql: "SELECT * FROM campaigns WHERE name = ?", arguments: [name])
            else {
                let names = try String.fetchAll(database, sql: "SELECT name FROM campaigns ORDER BY name")
                let hint = NearestName.hint(name, among: names)
                throw StoreError.notFound(
                    what: "campaign", name: name,
                    hint: hint.isEmpty ? "apply its file first with offhook campaign apply" : hint)
            }
            return try Self.campaign(row)
        }
    }

    /// One campaign.
    ///
    /// - Throws: `StoreError.notFound`.
    public func campaign(_ id: CampaignID) throws -> StoredCampaign {
        let row = try read { try Row.fetchOne($0, sql: "SELECT * FROM campaigns WHERE id = ?", arguments: [id.value]) }
        guard let row else { throw StoreError.notFound(what: "campaign", name: "\(id.value)", hint: "") }
        return try Self.campaign(row)
    }

    /// Starts, pauses or archives a campaign. An archived campaign stays archived.
    ///
    /// None is started in a database that was restored from a back-up and does not know the calls since.
    /// - Parameter reason: why, where the program itself does it; it stands in the journal.
    /// - Throws: `StoreError.notFound`, `.refused`.
    public func setState(
        _ state: CampaignState, of name: String, because reason: String? = nil, at now: Instant
    ) throws {
        let stored = try campaign(named: name)
        guard stored.state != .archived || state == .archived else {
            throw StoreError.refused("The campaign “\(name)” is archived and cannot be \(state.rawValue).")
        }
        if state == .started { try read { try BackupMark.requireKnownCalls($0, path: path) } }
        guard stored.state != state else { return }
        try write { database in
            if state == .started { try BackupMark.requireKnownCalls(database, path: path) }
            try database.execute(
                sql: "UPDATE campaigns SET state = ?, state_at = ? WHERE id = ?",
                arguments: [state.rawValue, now.milliseconds, stored.id.value])
            try database.journal(
                "campaign_\(state.rawValue)", at: now, JournalSubject(campaign: stored.id.value), detail: reason)
        }
    }

    private static func campaign(_ row: Row) throws -> StoredCampaign {
        let campaign = try CampaignFile.read(row["yaml"], file: row["file"])
        return StoredCampaign(
            id: CampaignID(row["id"]), campaign: campaign, state: CampaignState(rawValue: row["state"]) ?? .paused,
            file: row["file"], yaml: row["yaml"], script: row["script"],
            appliedAt: Instant(milliseconds: row["applied_at"]),
            stateAt: Instant(milliseconds: row["state_at"]),
            graceUntil: (row["grace_until"] as Int64?).map(Instant.init(milliseconds:)))
    }
}

/// Contacts that only a person or a file can make callable: they leave the selection by a due time that never comes.
enum Parking {
    /// The due time of a parked contact.
    static let never: Int64 = 9_000_000_000_000_000

    /// What is said where a contact was parked without a reason.
    static let noReason = "no reason was noted."

    /// Brings a parked contact back into the selection, unless its numbers keep it out.
    static func unpark(contact: Int64, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                UPDATE contacts SET due_at = iif(class = 'fresh', 0, 1), reason = NULL
                WHERE id = ? AND due_at = ? AND state IN ('ready', 'waiting_retry', 'callback')
                    AND reason IS NOT ?
                    AND EXISTS (SELECT 1 FROM numbers n
                        WHERE n.id BETWEEN contacts.id * 16 AND contacts.id * 16 + 15 AND n.state = 'live')
                """
        ).execute(arguments: [contact, never, ContactNumbers.outOfRange])
    }
}
