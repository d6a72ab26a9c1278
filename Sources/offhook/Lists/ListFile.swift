import CampaignStore
import Campaigns
import Crypto
import Foundation
import ListImport
import PhoneNumbers

/// A list's file on its way into the store.
final class ListFile {
    /// As it was named; `-` is standard input.
    let path: String
    let url: URL
    /// Where standard input was put, to be read twice.
    private let spooled: URL?

    init(_ path: String) throws {
        self.path = path
        if path == "-" {
            let file = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
            try Self.spool(to: file)
            spooled = file
            url = file
            return
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw CommandFailure("There is no file \(path); check the path.")
        }
        guard !isFolder.boolValue, FileManager.default.isReadableFile(atPath: path) else {
            throw CommandFailure("\(path) cannot be read as a file; check that it is one, and its permissions.")
        }
        spooled = nil
        url = URL(fileURLWithPath: path)
    }

    deinit {
        if let spooled { try? FileManager.default.removeItem(at: spooled) }
    }

    /// The name of a list that nobody named.
    var listName: String { path == "-" ? "standard input" : url.deletingPathExtension().lastPathComponent }

    private static func spool(to file: URL) throws {
        guard FileManager.default.createFile(atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw CommandFailure("Standard input cannot be kept in \(file.path); is the disk full?") }
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        while let piece = try FileHandle.standardInput.read(upToCount: 1 << 20), !piece.isEmpty {
            try handle.write(contentsOf: piece)
        }
    }

    /// The SHA-256 of the file, read in pieces.
    func sha256() throws -> String { try Self.sha256(of: url) }

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
    /// - Parameter observe: is shown each batch as it was read, for previews and files of bad rows.
    func load(
        into store: CampaignStore, request: ImportRequest, options: ListOptions, at now: Instant,
        progress: ImportProgress, observe: ((ListBatch) throws -> Void)? = nil
    ) throws -> ImportResult {
        let reading = try ListReading(url, options)
        // The file is hashed while it is read; both find it in memory.
        let hash = Self.hashing(url)
        defer { progress.clear() }
        var duplicates = DuplicateKinds()
        let (id, counts) = try store.importList(request, at: now) { importer in
            let pipeline = reading.start(keepsRead: observe != nil)
            defer { pipeline.cancel() }
            while let batch = try pipeline.next() {
                try importer.add(batch.rows)
                try observe?(batch)
                let problems = importer.counts.quarantined
                progress.show(
                    rows: batch.rowsBefore + batch.rows.count, bytes: batch.bytesRead, of: reading.totalBytes,
                    problems: problems)
                pipeline.giveBack(batch)
            }
            importer.sha256 = try hash.next() ?? ""
            duplicates = importer.duplicateKinds
        }
        return ImportResult(id: id, counts: counts, duplicates: duplicates)
    }
}

/// What became of a list.
struct ImportResult {
    /// The import's number.
    let id: Int64
    let counts: ImportCounts
    /// What the duplicates of a rehearsal duplicate.
    let duplicates: DuplicateKinds
}

/// Rows of a list, ready for the store.
struct ListBatch: Sendable {
    var rows: PackedRows
    /// What the rows were made of, where the caller asked for it.
    var read: [ListRow]
    var rowsBefore: Int
    var bytesRead: Int64
    var rowsReadAsWindows1252: Int
}

/// A list that is being read on a thread of its own.
struct ListReading {
    let mapping: ColumnMapping
    let headers: [String]
    let headerText: String
    let encoding: TextEncoding
    let delimiter: CSVDelimiter
    let totalBytes: Int64?
    private let file: URL
    private let options: ListOptions

    init(_ file: URL, _ options: ListOptions) throws {
        self.file = file
        self.options = options
        let reader = try Self.reader(file, options)
        mapping = reader.mapping
        headers = reader.headers
        headerText = reader.headerText
        encoding = reader.encoding
        delimiter = reader.delimiter
        totalBytes = reader.totalBytes
    }

    private static func reader(_ file: URL, _ options: ListOptions) throws -> ListReader {
        let atlas = try ShareDirectory.atlas()
        return try ListReader(file: file, options: options, numbers: NumberReader(atlas: atlas), atlas: atlas)
    }

    func start(keepsRead: Bool) -> BatchPipeline<ListBatch> {
        var reader: ListReader?
        let (file, options) = (file, options)
        var before = 0
        return BatchPipeline {
            var current = try reader ?? Self.reader(file, options)
            defer { reader = current }
            guard let read = try current.nextBatch(limit: 4000) else { return nil }
            defer { before += read.count }
            return ListBatch(
                rows: PackedRows(read.lazy.map(ImportRow.init)), read: keepsRead ? read : [], rowsBefore: before,
                bytesRead: current.bytesRead,
                rowsReadAsWindows1252: current.rowsReadAsWindows1252)
        }
    }
}

extension ImportRow {
    /// A row as the list reader understood it.
    init(_ row: ListRow) {
        switch row {
        case .contact(let candidate): self = .contact(NewContact(candidate))
        case .quarantined(let bad):
            self = .quarantined(NewQuarantinedRow(row: bad.row, line: bad.line, raw: bad.raw, reason: bad.reason))
        }
    }
}

extension NewContact {
    /// A contact as the list reader understood it.
    init(_ candidate: ContactCandidate) {
        self.init(
            name: candidate.name, externalID: candidate.externalID, priority: candidate.priority,
            numbers: candidate.numbers.map { entry in
                NewContact.Number(
                    number: entry.reading.number, fileExtension: entry.reading.extension, kind: entry.reading.kind,
                    validity: entry.reading.validity,
                    area: Area(
                        zones: entry.location.zones, region: entry.location.region,
                        jurisdiction: entry.location.jurisdiction))
            }, fields: ContactFields(candidate.fields.map { (name: $0.name, value: $0.value) }),
            isPlaceStated: candidate.isPlaceStated)
    }
}
