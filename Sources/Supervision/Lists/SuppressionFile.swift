import CampaignStore
import Campaigns
import Foundation
import ListImport
import PhoneNumbers

/// How a file of do-not-call entries is to be loaded.
public struct SuppressionPlan: Sendable, Hashable {
    public var reading: ReadingChoices
    /// In which national numbers are read.
    public var region: String
    /// The name of what the file is of; nil for the file's.
    public var source: String?
    /// Limits the entries to one campaign; nil for everywhere.
    public var campaign: CampaignID?
    /// The file takes the place of all that its source held.
    public var replaces: Bool
    /// The file is added and brings its source up to date.
    public var renews: Bool
    /// Replaces even though rows of the file cannot be read.
    public var acceptsUnread: Bool
    /// A person means what is in doubt otherwise, see `SuppressionDoubt`.
    public var isConfirmed: Bool

    /// A plan from its parts.
    public init(
        reading: ReadingChoices = ReadingChoices(), region: String, source: String? = nil, campaign: CampaignID? = nil,
        replaces: Bool = false, renews: Bool = false, acceptsUnread: Bool = false, isConfirmed: Bool = false
    ) {
        self.reading = reading
        self.region = region
        self.source = source
        self.campaign = campaign
        self.replaces = replaces
        self.renews = renews
        self.acceptsUnread = acceptsUnread
        self.isConfirmed = isConfirmed
    }
}

/// What became of a file of do-not-call entries.
public struct SuppressionFileResult: Sendable {
    /// What was loaded; nil where rows cannot be read, or a person has to mean it first, and the source stays as it was.
    public var load: SuppressionLoad?
    /// What a person has to mean first; nil where nothing is in doubt.
    public var doubt: SuppressionDoubt?
    public var source: String
    public var rows: Int
    public var unread: Int
    /// Rows that are not meant: their column of flags says no.
    public var unflagged = 0
    /// Rows whose flag says neither yes nor no, which counts as yes.
    public var unclear = 0
    /// Columns that say which rows are meant; empty where all are.
    public var flagColumns: [String] = []
    /// The column that tells additions from removals; nil where the file is no list of changes.
    public var changeColumn: String?
    /// The first rows that cannot be read.
    public var problems: [QuarantinedRow]

    /// What people are told of a file whose rows are not all taken for entries, a sentence each.
    public var notes: [String] {
        var notes: [String] = []
        if !flagColumns.isEmpty {
            let names = flagColumns.map { "“\($0)”" }.joined(separator: ", ")
            notes.append(
                "\(names) \(flagColumns.count == 1 ? "says" : "say") which rows are meant: \(rows - unflagged) of \(rows) are, and only these were taken. To take all of them, choose the column of numbers yourself (on the command line: --map 'COLUMN=phone')."
            )
        }
        if unclear > 0 {
            notes.append("\(unclear) of them say neither yes nor no there; that counts as do not call.")
        }
        if let changeColumn {
            notes.append("“\(changeColumn)” tells additions from removals: the file is a list of changes.")
        }
        return notes
    }
}

extension ListFile {
    /// Problems that are kept; the rest is counted.
    private static let keptProblems = 1000

    /// Rows cannot be read, and the file must not replace the source's.
    private struct Unread: Error {}

    /// Loads the file's numbers and prefixes onto the do-not-call list.
    ///
    /// - Parameter progress: is told how far it is, after each batch; what it throws ends the loading.
    /// - Throws: `SupervisionError`, `ListImportError`, `StoreError`.
    public func loadSuppressions(
        _ plan: SuppressionPlan, into store: CampaignStore, _ share: ShareData, at now: Instant,
        progress: (FileProgress) throws -> Void
    ) throws -> SuppressionFileResult {
        let options = try plan.reading.options(region: plan.region)
        let numbers = try share.numberReader()
        let url = url
        let opened = try naming { try NumberListReader(file: url, options: options, numbers: numbers) }
        let total = opened.totalBytes
        var reader: NumberListReader?
        let pipeline = BatchPipeline {
            var current = try reader ?? NumberListReader(file: url, options: options, numbers: numbers)
            defer { reader = current }
            return try current.nextBatch()
        }
        defer { pipeline.cancel() }
        var result = SuppressionFileResult(source: plan.source ?? listName, rows: 0, unread: 0, problems: [])
        result.flagColumns = opened.flagColumns
        result.changeColumn = opened.changeColumn
        do {
            result.load = try store.loadSuppressions(
                source: result.source, campaign: plan.campaign, replace: plan.replaces, renews: plan.renews,
                isConfirmed: plan.isConfirmed, file: name, sha256: sha256(), at: now
            ) { loader in
                while let batch = try naming(pipeline.next) {
                    result.rows += batch.rows
                    try loader.add(batch.numbers)
                    loader.remove(batch.removed)
                    result.unflagged += batch.unflagged
                    result.unclear += batch.unclear
                    result.unread += batch.problems.count
                    result.problems += batch.problems.prefix(Self.keptProblems - result.problems.count)
                    for prefix in batch.prefixes { loader.add(prefix: prefix.digits) }
                    try progress(
                        FileProgress(
                            rows: result.rows, bytes: batch.bytesRead, total: total, problems: result.unread))
                }
                if plan.replaces, result.unread > 0, !plan.acceptsUnread { throw Unread() }
            }
            result.doubt = result.load?.doubt
        } catch let doubt as SuppressionDoubt {
            result.doubt = doubt
        } catch is Unread {}
        return result
    }
}
