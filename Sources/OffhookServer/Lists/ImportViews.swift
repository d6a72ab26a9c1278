import CampaignStore
import Campaigns
import ListImport
import Supervision

/// How an uploaded list is to be imported.
public struct ImportBody: Codable, Sendable, Hashable {
    /// What a column is to be taken for.
    public struct Column: Codable, Sendable, Hashable {
        /// Its header; without a header row, its number from 1.
        public var column: String
        /// `phone`, `name`, `custom:Plan` and so on.
        public var field: String
    }

    public var campaignId: Int64
    public var list: String?
    public var region: String?
    public var delimiter: String?
    public var encoding: String?
    public var hasHeader: Bool?
    public var map: [Column]?
    /// `campaign` or `everywhere`.
    public var duplicates: String?
    /// `skip` or `update`.
    public var onDuplicate: String?
    /// Where the wish of people who want no calls holds: `house` (the default), `campaign`, or `contact`.
    public var doNotCall: String?
    public var dryRun: Bool?

    /// - Throws: ``Problem`` 422 that names the field.
    func plan() throws -> ImportPlan {
        var map: [String: String] = [:]
        for entry in self.map ?? [] {
            guard map.updateValue(entry.field, forKey: entry.column) == nil else {
                throw Problem.invalid(["map": "The column “\(entry.column)” is mapped twice."])
            }
        }
        guard let scope = ImportRequest.DuplicateScope(rawValue: duplicates ?? "campaign") else {
            throw Problem.invalid(["duplicates": "Duplicates are looked for in “campaign” or “everywhere”."])
        }
        guard let action = ImportRequest.DuplicateAction(rawValue: onDuplicate ?? "skip") else {
            throw Problem.invalid(["on_duplicate": "With a duplicate one can “skip” or “update”."])
        }
        guard let wishes = ImportRequest.DoNotCallScope(rawValue: doNotCall ?? "house") else {
            throw Problem.invalid([
                "do_not_call":
                    "Whoever wants no calls goes on the list of the “house”, of the “campaign”, or is a “contact” alone."
            ])
        }
        if let list, list.count > 200 {
            throw Problem.invalid(["list": "A list's name has at most 200 characters."])
        }
        let named = { (text: String?) in text.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 } }
        return ImportPlan(
            reading: ReadingChoices(
                delimiter: named(delimiter), encoding: named(encoding), hasHeader: hasHeader ?? true, map: map),
            list: named(list), region: named(region), duplicates: scope, onDuplicate: action,
            doNotCall: wishes, isDryRun: dryRun ?? false)
    }
}

/// How an uploaded do-not-call file is to be loaded.
public struct SuppressionFileBody: Codable, Sendable, Hashable {
    /// Limits the entries to one campaign; left out for everywhere.
    public var campaignId: Int64?
    /// The name of what the file is of; left out for the file's.
    public var source: String?
    public var region: String?
    public var delimiter: String?
    public var encoding: String?
    public var hasHeader: Bool?
    /// The file takes the place of all that its source held.
    public var replace: Bool?
    /// The file is added and brings its source up to date.
    public var renew: Bool?
    /// Replace even though rows cannot be read.
    public var acceptUnread: Bool?
    /// Means what is in doubt otherwise: a prefix that touches more than 100 contacts, a file that holds far fewer numbers than before.
    public var confirm: Bool?
}

/// How a list is understood.
public struct LookView: Codable, Sendable, Hashable {
    /// A column and what it is taken for.
    public struct Column: Codable, Sendable, Hashable {
        public var header: String
        public var field: String
        /// What the header says of people who want no calls: `flag`, `status`, `permission`, or the channel that it is usually about;
        /// left out where it says nothing.
        public var optOut: String?
    }

    /// A row as understood.
    public struct Row: Codable, Sendable, Hashable {
        public var line: Int
        public var name: String?
        public var numbers: [String]
        public var place: String?
        public var zones: [String]
        public var fields: [String]
    }

    /// Rows of one kind.
    public struct Kind: Codable, Sendable, Hashable {
        public var name: String
        public var rows: Int
        public var firstLine: Int
        public var example: String
    }

    public var encoding: String
    public var delimiter: String
    public var hasHeader: Bool
    public var columns: [Column]
    public var rows: [Row]
    public var problems: [Kind]
    public var remarks: [Kind]
    public var notes: [String]
    /// By column: rows that ask not to be called there, though it is taken for something else.
    public var optOutRows: [Int]
    /// Rows that were looked at, and whether these are all.
    public var rowsRead: Int
    public var isWhole: Bool

    init(_ reading: ListReading, _ preview: ImportPreview, notes: [String], rowsRead: Int, isWhole: Bool) {
        encoding = reading.encoding.displayName
        delimiter = reading.delimiter.displayName
        hasHeader = !reading.headerText.isEmpty
        columns = zip(reading.headers, reading.mapping.columns).map {
            Column(header: $0, field: $1.field.description, optOut: $1.optOut.map(Self.word))
        }
        rows = preview.first.map {
            Row(
                line: $0.line, name: $0.name, numbers: $0.numbers, place: $0.place, zones: $0.zones, fields: $0.fields)
        }
        let kind = { (kind: ImportPreview.Kind) in
            Kind(name: kind.name, rows: kind.rows, firstLine: kind.firstLine, example: kind.example)
        }
        problems = preview.problems.map(kind)
        remarks = preview.remarks.map(kind)
        optOutRows = reading.mapping.columns.indices.map { preview.optOuts.letThrough[$0] ?? 0 }
        self.notes = notes
        self.rowsRead = rowsRead
        self.isWhole = isWhole
    }
}

extension LookView {
    fileprivate static func word(_ kind: OptOutKind) -> String {
        switch kind {
        case .flag: "flag"
        case .status: "status"
        case .otherChannel(let channel): channel
        case .permission: "permission"
        }
    }
}

/// An uploaded file and what is being done with it.
public struct UploadView: Codable, Sendable, Hashable {
    public var id: String
    public var name: String
    public var bytes: Int64
    /// `resting`, `waiting`, `running`, `done` or `failed`.
    public var state: String
    /// How far it is.
    public var rows: Int?
    public var bytesRead: Int64?
    public var problems: Int?
    /// Why it failed.
    public var failure: String?
    public var counts: ImportCountsView?
    /// The import's number; nil after a dry run.
    public var importId: Int64?
    public var look: LookView?
    /// Whether its quarantined rows can be fetched.
    public var hasQuarantine: Bool?
    public var suppressions: SuppressionLoadView?

    init(_ upload: Upload) {
        id = upload.id
        name = upload.name
        bytes = upload.bytes
        switch upload.state {
        case .resting: state = "resting"
        case .waiting: state = "waiting"
        case .running(let progress):
            state = "running"
            (rows, bytesRead, problems) = (progress.rows, progress.bytes, progress.problems)
        case .failed(let sentence):
            state = "failed"
            failure = sentence
        case .done(.list(let done, _, let id, let look)):
            state = "done"
            counts = ImportCountsView(done)
            importId = id
            self.look = look
            hasQuarantine = done.quarantined > 0
        case .done(.suppressions(let result)):
            state = "done"
            suppressions = SuppressionLoadView(result)
        }
    }
}

/// What an import did. read = imported + updated + duplicates + quarantined; suppressed is a part of imported.
public struct ImportCountsView: Codable, Sendable, Hashable {
    public var read: Int
    public var imported: Int
    public var updated: Int
    public var duplicates: Int
    public var quarantined: Int
    public var suppressed: Int
    /// Rows that ask not to be called, whatever became of them.
    public var doNotCall: Int
    /// Those of them that say neither yes nor no, which counts as yes.
    public var doNotCallUnclear: Int
    /// Those of them without a number that can be read.
    public var doNotCallUnread: Int
    /// Do-not-call entries that are new by the import.
    public var doNotCallEntries: Int
    /// Contacts that ask so in a column that is taken for something else: they are called.
    public var letThrough: Int

    init(_ counts: ImportCounts) {
        read = counts.read
        imported = counts.imported
        updated = counts.updated
        duplicates = counts.duplicates
        quarantined = counts.quarantined
        suppressed = counts.suppressed
        doNotCall = counts.doNotCall
        doNotCallUnclear = counts.doNotCallUnclear
        doNotCallUnread = counts.doNotCallUnread
        doNotCallEntries = counts.doNotCallEntries
        letThrough = counts.letThrough
    }
}

/// What was loaded of a do-not-call file.
public struct SuppressionLoadView: Codable, Sendable, Hashable {
    /// A row that cannot be read.
    public struct Row: Codable, Sendable, Hashable {
        public var line: Int
        public var reason: String
    }

    public var source: String
    /// Whether anything was loaded; where not, rows cannot be read or `doubt` says why, and the source stays as it was.
    public var isLoaded: Bool
    /// What has to be meant first, a sentence: load the file again with `confirm` where it is.
    public var doubt: String?
    public var rows: Int
    public var added: Int
    public var known: Int
    public var replaced: Int
    /// Entries that a list of changes took off.
    public var removed: Int
    public var unread: Int
    /// Rows that are not meant: their column of flags says no.
    public var unflagged: Int
    /// What is to be known of rows that were not taken, a sentence each.
    public var notes: [String]
    /// The first rows that cannot be read.
    public var problems: [Row]

    init(_ result: SuppressionFileResult) {
        source = result.source
        isLoaded = result.load != nil
        doubt = result.doubt?.description
        rows = result.rows
        added = result.load?.added ?? 0
        known = result.load?.known ?? 0
        replaced = result.load?.replaced ?? 0
        removed = result.load?.removed ?? 0
        unread = result.unread
        unflagged = result.unflagged
        notes = result.notes
        problems = result.problems.prefix(100).map { Row(line: $0.line, reason: $0.reason) }
    }
}

/// A recorded import.
public struct ImportView: Codable, Sendable, Hashable {
    public var id: Int64
    public var campaignId: Int64
    public var campaign: String
    public var list: String
    public var state: String
    public var at: String
    public var file: String
    public var sha256: String
    public var options: String
    public var counts: ImportCountsView

    init(_ stored: StoredImport) {
        id = stored.id
        campaignId = stored.campaignID.value
        campaign = stored.campaign
        list = stored.list
        state = stored.state
        at = stored.at.iso8601
        file = stored.file
        sha256 = stored.sha256
        options = stored.options
        counts = ImportCountsView(stored.counts)
    }
}

/// Recorded imports.
public struct ImportListView: Codable, Sendable, Hashable {
    public var imports: [ImportView]
}

/// What an undo did.
public struct UndoneView: Codable, Sendable, Hashable {
    /// Contacts that went.
    public var contacts: Int
    /// Do-not-call entries that went.
    public var doNotCall: Int
}

/// A list of a campaign.
public struct ListView: Codable, Sendable, Hashable {
    public var id: Int64
    public var campaignId: Int64
    public var campaign: String
    public var name: String
    public var isPaused: Bool
    public var priority: Int
    public var contacts: Int
    public var remaining: Int
    public var createdAt: String
    /// Of what can be changed of it, for `If-Match`; it stays the same while the list is called.
    public var etag: String

    init(_ list: StoredList) {
        id = list.id
        campaignId = list.campaignID.value
        campaign = list.campaign
        name = list.name
        isPaused = list.state == "paused"
        priority = list.priority
        contacts = list.contacts
        remaining = list.remaining
        createdAt = list.createdAt.iso8601
        etag = EntityTag.of(ListBody(isPaused: list.state == "paused", priority: list.priority))
    }
}

/// Lists in the order in which they are called.
public struct ListsView: Codable, Sendable, Hashable {
    public var lists: [ListView]
}

/// A change of a list; what is left out stays.
public struct ListBody: Codable, Sendable, Hashable {
    public var isPaused: Bool?
    /// -1000 to 1000.
    public var priority: Int?
}
