import CampaignStore
import Campaigns
import Crypto
import Eligibility
import Foundation
import ListImport

/// A list's file on its way into the store.
public final class ListFile {
    /// As a person named it.
    public let name: String
    public let url: URL
    /// The name of a list that nobody named.
    public let listName: String
    private let isTemporary: Bool

    /// A file.
    ///
    /// - Parameters:
    ///   - name: as a person named it; by default its path.
    ///   - isTemporary: whether it goes with this value.
    /// - Throws: `SupervisionError` where it cannot be read.
    public init(_ path: String, name: String? = nil, listName: String? = nil, isTemporary: Bool = false) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw SupervisionError("There is no file \(path); check the path.")
        }
        guard !isFolder.boolValue, FileManager.default.isReadableFile(atPath: path) else {
            throw SupervisionError("\(path) cannot be read as a file; check that it is one, and its permissions.")
        }
        url = URL(fileURLWithPath: path)
        self.name = name ?? path
        var bare = URL(fileURLWithPath: name ?? path)
        // An archive is called after the list in it: leads.csv.gz is leads.
        if ["gz", "zip"].contains(bare.pathExtension.lowercased()) { bare.deletePathExtension() }
        self.listName = listName ?? bare.deletingPathExtension().lastPathComponent
        self.isTemporary = isTemporary
    }

    deinit {
        if isTemporary { try? FileManager.default.removeItem(at: url) }
    }

    /// Reads, and calls the file in errors as its person did.
    func naming<Result>(_ read: () throws -> Result) throws -> Result {
        do {
            return try read()
        } catch let error as ListImportError {
            throw error.naming(name)
        }
    }

    /// The SHA-256 of the file in hex, read in pieces.
    public func sha256() throws -> String { try Self.sha256(of: url) }

    private static func hashing(_ url: URL) -> BatchPipeline<String> {
        var isHashed = false
        return BatchPipeline(limit: 1) {
            defer { isHashed = true }
            return isHashed ? nil : try sha256(of: url)
        }
    }

    private static func sha256(of url: URL) throws -> String {
        let handle = try FileHandle(forReadingFrom: url)
        defer { try? handle.close() }
        var hash = SHA256()
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
        return hash.finalize().map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }

    /// Reads every row and stores it; all rows appear at the end, or none.
    ///
    /// - Parameters:
    ///   - progress: is told how far it is, after each batch; what it throws ends the import, and nothing is stored.
    ///   - rules: of the campaign, to tell which rows they never let be called; nil to tell none.
    ///   - observe: is shown each batch as it was read, for previews and files of bad rows.
    public func load(
        _ reading: ListReading, into store: CampaignStore, request: ImportRequest, under rules: EligibilityRules? = nil,
        at now: Instant, progress: (FileProgress) throws -> Void, observe: ((ListBatch) throws -> Void)? = nil
    ) throws -> ImportResult {
        // The file is hashed while it is read; both find it in memory.
        let hash = Self.hashing(url)
        var duplicates = DuplicateKinds()
        var optOuts = OptOutTally()
        var places = ImportPlaces()
        let shut = rules.map { ShutAreas($0, at: now) }
        let (id, counts) = try store.importList(request, at: now) { importer in
            let pipeline = reading.start(keepsRead: observe != nil)
            defer { pipeline.cancel() }
            while let batch = try naming(pipeline.next) {
                try importer.add(batch.rows)
                optOuts = batch.optOuts
                importer.noteWishes(
                    optOuts.flagged, unclear: optOuts.unclear, unread: optOuts.withoutNumber,
                    letThrough: optOuts.peopleLetThrough)
                try observe?(batch)
                places.add(batch.places)
                if let shut { places.add(batch.rows, lines: batch.lines, under: shut.problem) }
                try progress(
                    FileProgress(
                        rows: batch.rowsBefore + batch.rows.count, bytes: batch.bytesRead, total: reading.totalBytes,
                        problems: importer.counts.quarantined))
                pipeline.giveBack(batch)
            }
            importer.sha256 = try hash.next() ?? ""
            duplicates = importer.duplicateKinds
        }
        return ImportResult(id: id, counts: counts, duplicates: duplicates, optOuts: optOuts, places: places)
    }
}

/// How far a file was read.
public struct FileProgress: Sendable, Hashable {
    public var rows: Int
    public var bytes: Int64
    /// The file's bytes; nil where nobody knows.
    public var total: Int64?
    /// Rows that are none of what was looked for.
    public var problems: Int

    /// Progress from its parts.
    public init(rows: Int = 0, bytes: Int64 = 0, total: Int64? = nil, problems: Int = 0) {
        self.rows = rows
        self.bytes = bytes
        self.total = total
        self.problems = problems
    }
}

/// What became of a list.
public struct ImportResult: Sendable, Hashable {
    /// The import's number.
    public let id: Int64
    public let counts: ImportCounts
    /// What the duplicates of a rehearsal duplicate.
    public let duplicates: DuplicateKinds
    /// What its rows say of people who want no calls.
    public let optOuts: OptOutTally
    /// What its rows tell of where people are.
    public let places: ImportPlaces
}
