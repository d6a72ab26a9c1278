import Campaigns
import GRDB

/// Contacts that are to be looked at again, since what decides about them changed: piece by piece, so that the dialer never waits.
///
/// No call hangs on it: every intent asks the rules and the do-not-call list itself. It brings back into the selection who may be
/// called again, and takes out of it who may not.
struct ContactReview: Sendable, Hashable {
    /// Whom it is about.
    enum Kind: Sendable, Hashable {
        /// Whoever holds a number that begins so.
        case covered(prefix: Int64)
        /// Whoever a rule parked until something changes.
        case parked
        /// Whoever has a number that is in no range known to be in use.
        case possible
    }

    /// So many are looked at in the transaction that makes the change; a review is for more.
    static let few = 500
    /// Contacts that are sought at once, without the write lock.
    private static let chunk = 20_000

    var id: Int64
    var kind: Kind
    /// 0 for every campaign.
    var campaign: Int64
    var after: Int64
    var done: Int

    private var words: (kind: String, subject: Int64) {
        switch kind {
        case .covered(let prefix): ("covered", prefix)
        case .parked: ("parked", 0)
        case .possible: ("possible", 0)
        }
    }

    /// Notes that contacts are to be looked at again, in a transaction of the caller's.
    static func add(_ kind: Kind, campaign: Int64, _ database: Database) throws {
        let words = ContactReview(id: 0, kind: kind, campaign: campaign, after: 0, done: 0).words
        try database.execute(
            sql: "INSERT INTO contact_reviews (kind, campaign_id, subject) VALUES (?, ?, ?)",
            arguments: [words.kind, campaign, words.subject])
    }

    /// The oldest that is not done.
    static func next(_ database: Database) throws -> ContactReview? {
        try Row.fetchOne(database.cachedStatement(sql: "SELECT * FROM contact_reviews ORDER BY id LIMIT 1")).map {
            row in
            let kind: Kind =
                switch row["kind"] as String {
                case "covered": .covered(prefix: row["subject"])
                case "parked": .parked
                default: .possible
                }
            return ContactReview(
                id: row["id"], kind: kind, campaign: row["campaign_id"], after: row["after"], done: row["done"])
        }
    }

    /// The contacts that come next, each with its place in the order of the review; empty when it is done.
    func upcoming(_ database: Database) throws -> [(place: Int64, contact: Int64)] {
        switch kind {
        case .covered(let prefix):
            var found: [(place: Int64, contact: Int64)] = []
            // Ranges are by length, so a longer number may be in a range that comes later: they follow each other upwards.
            for range in ContactNumbers.ranges(of: prefix) where found.count < Self.chunk && range.upperBound > after {
                found += try Row.fetchAll(
                    database,
                    sql: """
                        SELECT number, contact_id FROM numbers WHERE number BETWEEN ?1 AND ?2 AND (?3 = 0 OR campaign_id = ?3)
                        ORDER BY number LIMIT ?4
                        """,
                    arguments: [max(range.lowerBound, after + 1), range.upperBound, campaign, Self.chunk]
                ).map { ($0["number"], $0["contact_id"]) }
            }
            return found
        case .parked:
            return try Int64.fetchAll(
                database,
                sql: """
                    SELECT id FROM contacts WHERE (?1 = 0 OR campaign_id = ?1) AND due_at = \(Parking.never)
                        AND state IN ('ready', 'waiting_retry', 'callback') AND id > ?2 ORDER BY id LIMIT ?3
                    """, arguments: [campaign, after, Self.chunk]
            ).map { ($0, $0) }
        case .possible:
            return try Int64.fetchAll(
                database,
                sql: """
                    SELECT contact_id FROM numbers WHERE id >= (?2 + 1) * 16 AND (?1 = 0 OR campaign_id = ?1)
                        AND validity = 'possible' ORDER BY id LIMIT ?3
                    """, arguments: [campaign, after, Self.chunk]
            ).map { ($0, $0) }
        }
    }

    /// Looks at some of them, and notes how far it is.
    func take(_ contacts: ArraySlice<(place: Int64, contact: Int64)>, at now: Int64, _ database: Database) throws {
        switch kind {
        case .parked: for (_, contact) in contacts { try Parking.unpark(contact: contact, database) }
        case .covered, .possible:
            try ContactNumbers.refresh(contacts: contacts.map(\.contact), database, at: now)
        }
        try database.execute(
            sql: "UPDATE contact_reviews SET after = ?, done = done + ? WHERE id = ?",
            arguments: [contacts.last?.place ?? after, contacts.count, id])
    }

    /// All were looked at; the event wakes the dialer.
    func end(at now: Int64, _ database: Database) throws {
        try database.execute(sql: "DELETE FROM contact_reviews WHERE id = ?", arguments: [id])
        guard database.changesCount > 0, done > 0 else { return }
        try database.journal(
            "contacts_reviewed", at: Instant(milliseconds: now),
            JournalSubject(campaign: campaign == 0 ? nil : campaign), detail: "\(words.kind): \(done)")
    }
}

extension CampaignStore {
    /// Looks again at every contact that waits for it, in pieces; whoever changed what decides about them calls it afterwards.
    func reviewContacts(at now: Instant) throws {
        while try reviewChunk(at: now, pieces: .max) {}
    }

    /// One piece of what a program that died left to be looked at; a running engine calls it now and then.
    ///
    /// - Returns: whether there was anything.
    @discardableResult
    public func reviewSomeContacts(at now: Instant) throws -> Bool { try reviewChunk(at: now, pieces: 1) }

    private func reviewChunk(at now: Instant, pieces: Int) throws -> Bool {
        guard let review = try read(ContactReview.next) else { return false }
        var upcoming = try read(review.upcoming)[...]
        guard !upcoming.isEmpty else {
            try write { try review.end(at: now.milliseconds, $0) }
            return true
        }
        var left = pieces
        try LockTurns(database: path).inPieces { rows in
            guard left > 0, !upcoming.isEmpty else { return 0 }
            left -= 1
            // Of a number that several contacts hold, all belong to one piece: the next begins behind it.
            var end = min(upcoming.startIndex + (pieces == 1 ? PieceSize.least : rows), upcoming.endIndex)
            while end < upcoming.endIndex, upcoming[end].place == upcoming[end - 1].place { end += 1 }
            let piece = upcoming[..<end]
            try write { try review.take(piece, at: now.milliseconds, $0) }
            upcoming = upcoming[end...]
            return piece.count
        }
        return true
    }
}
