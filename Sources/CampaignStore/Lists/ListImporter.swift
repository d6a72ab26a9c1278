import Campaigns
import Foundation
import GRDB
import PhoneNumbers

/// One import on its way: takes rows and writes them in pieces, each a transaction of its own, under a list that nothing
/// is selected from. `finish()` makes them appear; an importer that goes without it leaves pieces that the next import,
/// or the next run, takes away.
public final class ListImporter {
    /// What was done so far.
    public private(set) var counts = ImportCounts()
    /// What the duplicates of a rehearsal duplicate.
    public var duplicateKinds: DuplicateKinds {
        var all = pastDuplicates
        if let writer { all += writer.duplicateKinds }
        return all
    }

    private var pastDuplicates = DuplicateKinds()
    /// The SHA-256 of the file in hex, if it is known by the end only.
    public var sha256: String?
    /// The import's number.
    public let id: Int64

    private let store: CampaignStore
    private let connection: BulkConnection
    private let request: ImportRequest
    private let now: Instant
    private let hiddenList: Int64
    private let dialsPossible: Bool
    /// The piece that is open, and how many rows it has.
    private var writer: ContactWriter?
    private var rowsInPiece = 0
    private var firstContact: Int64?

    init(_ request: ImportRequest, store: CampaignStore, connection: BulkConnection, at now: Instant) throws {
        self.request = request
        self.store = store
        self.connection = connection
        self.now = now
        (id, hiddenList, dialsPossible) = try connection.write { database in
            try database.execute(
                sql: """
                    INSERT INTO lists (campaign_id, name, state, created_at) VALUES (?, 'import ' || hex(randomblob(8)), 'loading', ?)
                    """, arguments: [request.campaign.value, now.milliseconds])
            let list = database.lastInsertedRowID
            try database.execute(
                sql: """
                    INSERT INTO imports (campaign_id, list_id, list_name, file, sha256, options, columns, at, do_not_call_scope,
                        duplicates_in)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    request.campaign.value, list, request.list, request.file, request.sha256, request.options,
                    try Self.json(request.columns), now.milliseconds, request.doNotCall.rawValue,
                    request.duplicates.rawValue,
                ])
            let importID = database.lastInsertedRowID
            if request.mayState {
                // The list takes its name when all is there, or its contacts join the one that has it.
                try database.execute(
                    sql: "UPDATE lists SET may_state = 1 WHERE id = ?1 OR (campaign_id = ?2 AND name = ?3)",
                    arguments: [list, request.campaign.value, request.list])
            }
            let dialsPossible = try Bool.fetchOne(
                database, sql: "SELECT dials_possible FROM campaigns WHERE id = ?", arguments: [request.campaign.value])
            return (importID, list, dialsPossible ?? true)
        }
    }

    private static func json(_ names: [String]) throws -> String {
        String(decoding: try JSONEncoder().encode(names), as: UTF8.self)
    }

    /// Takes rows in the file's order.
    public func add(_ rows: PackedRows) throws {
        var left = 0..<rows.count
        while !left.isEmpty {
            let some = left.prefix(connection.rowsALook)
            try connection.goOn { database in
                let writer = try open(database)
                try writer.add(rows, some, counting: &counts)
            }
            left = some.endIndex..<left.endIndex
            rowsInPiece += some.count
            if connection.isPieceDue(rows: rowsInPiece) { try flush() }
        }
    }

    private func open(_ database: Database) throws -> ContactWriter {
        if let writer { return writer }
        let opened = try ContactWriter(
            database, request: request, importID: id, list: hiddenList, importFirst: firstContact,
            dialsPossible: dialsPossible, at: now.milliseconds)
        firstContact = opened.importFirst
        writer = opened
        return opened
    }

    /// Takes what was seen of people who want no calls, in all rows so far.
    ///
    /// - Parameters:
    ///   - rows: that say so.
    ///   - unclear: of them that say neither yes nor no.
    ///   - unread: of them without a number that can be read.
    ///   - letThrough: contacts that say so in a column that is taken for something else.
    public func noteWishes(_ rows: Int, unclear: Int, unread: Int, letThrough: Int) {
        counts.doNotCall = rows
        counts.doNotCallUnclear = unclear
        counts.doNotCallUnread = unread
        counts.letThrough = letThrough
    }

    /// Takes a contact.
    public func add(_ contact: NewContact) throws { try add(PackedRows(CollectionOfOne(.contact(contact)))) }

    /// Takes a row that is no contact.
    public func quarantine(_ row: NewQuarantinedRow) throws { try add(PackedRows(CollectionOfOne(.quarantined(row)))) }

    private func flush() throws {
        guard let writer else { return }
        try connection.goOn { _ in try writer.finish(counts) }
        pastDuplicates += writer.duplicateKinds
        self.writer = nil
        rowsInPiece = 0
        try connection.commit()
    }

    /// Gives up the piece that is open.
    func abandon() {
        writer = nil
        connection.rollback()
    }

    /// Writes the last rows; nothing of the import appears yet.
    func finishLoading() throws { try flush() }

    /// Writes the last rows and makes the whole import appear: its list takes its name, or its contacts join the list
    /// that has it.
    func finish() throws {
        try finishLoading()
        if request.isDryRun { return try ImportRelease.erase(id, over: connection, at: now) }
        try connection.beDurable()
        if let sha256 {
            try connection.write {
                try $0.execute(sql: "UPDATE imports SET sha256 = ? WHERE id = ?", arguments: [sha256, id])
            }
        }
        try ImportRelease.release(id, over: connection, at: now)
        counts.doNotCallEntries = try connection.read {
            try Int.fetchOne($0, sql: "SELECT do_not_call_entries FROM imports WHERE id = ?", arguments: [id]) ?? 0
        }
    }
}

extension CampaignStore {
    /// Imports a list: all of its rows appear at the end, or none.
    ///
    /// - Parameter body: hands the rows to the importer; if it throws, nothing is left of the import but its record.
    /// - Returns: what was done.
    /// - Throws: `StoreError.refused` while another import runs.
    public func importList(
        _ request: ImportRequest, at now: Instant, _ body: (ListImporter) throws -> Void
    ) throws -> (id: Int64, counts: ImportCounts) {
        let connection = try BulkConnection(path: path)
        defer { connection.close() }
        try ImportRelease.clearInterrupted(over: connection, at: now)
        let importer = try ListImporter(request, store: self, connection: connection, at: now)
        do {
            try body(importer)
            try importer.finish()
        } catch {
            importer.abandon()
            try? ImportRelease.discard(importer.id, over: connection, as: "failed", at: now)
            throw error
        }
        return (importer.id, importer.counts)
    }

    /// Imports a list with the usual options; see ``importList(_:at:_:)``.
    public func importList(
        campaign: CampaignID, list name: String, file: String, sha256: String, options: String, at now: Instant,
        _ body: (ListImporter) throws -> Void
    ) throws -> ImportCounts {
        try importList(
            ImportRequest(campaign: campaign, list: name, file: file, sha256: sha256, options: options), at: now, body
        ).counts
    }

    /// Ends what an import or a do-not-call file left behind when its program died: what was complete appears, the rest is
    /// taken away. Nothing is done while another import runs.
    public func finishInterruptedImports(at now: Instant) throws {
        let open = try read { database in
            try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM imports WHERE state IN ('loading', 'releasing') OR undo_list_id IS NOT NULL)
                        OR EXISTS (SELECT 1 FROM suppression_sources WHERE contacts_due = 1 OR state <> 'current')
                    """) ?? false
        }
        guard open, let connection = try? BulkConnection(path: path) else { return }
        defer { connection.close() }
        try ImportRelease.clearInterrupted(over: connection, at: now)
        try SuppressionRelease.clearInterrupted(over: connection, at: now)
        try reviewContacts(at: now)
    }
}
