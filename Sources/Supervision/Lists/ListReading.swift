import CampaignStore
import Campaigns
import Foundation
import ListImport
import PhoneNumbers

/// Rows of a list, ready for the store.
public struct ListBatch: Sendable {
    public var rows: PackedRows
    /// What the rows were made of, where the caller asked for it.
    public var read: [ListRow]
    /// The line of each row.
    public var lines: [Int]
    /// What the rows do not quite say of their places.
    public var places: ImportPlaces
    public var rowsBefore: Int
    public var bytesRead: Int64
    public var rowsReadAsWindows1252: Int
    /// What all rows so far say of people who want no calls.
    public var optOuts: OptOutTally
}

/// A list that is being read on a thread of its own.
public struct ListReading: Sendable {
    /// Rows of a batch at most.
    public static let batch = 4000

    public let mapping: ColumnMapping
    public let headers: [String]
    public let headerText: String
    public let encoding: TextEncoding
    public let delimiter: CSVDelimiter
    public let totalBytes: Int64?
    private let file: URL
    private let options: ListOptions
    private let atlas: NumberAtlas

    /// Opens a list and reads its header.
    ///
    /// - Throws: `ListImportError`.
    public init(_ file: URL, _ options: ListOptions, _ share: ShareData) throws {
        self.file = file
        self.options = options
        atlas = try share.atlas()
        let reader = try Self.reader(file, options, atlas)
        mapping = reader.mapping
        headers = reader.headers
        headerText = reader.headerText
        encoding = reader.encoding
        delimiter = reader.delimiter
        totalBytes = reader.totalBytes
    }

    private static func reader(_ file: URL, _ options: ListOptions, _ atlas: NumberAtlas) throws -> ListReader {
        try ListReader(file: file, options: options, numbers: NumberReader(atlas: atlas), atlas: atlas)
    }

    /// Starts reading from the beginning.
    ///
    /// - Parameter keepsRead: whether batches keep what their rows were made of.
    public func start(keepsRead: Bool) -> BatchPipeline<ListBatch> {
        var reader: ListReader?
        let (file, options, atlas) = (file, options, atlas)
        var before = 0
        return BatchPipeline {
            var current = try reader ?? Self.reader(file, options, atlas)
            defer { reader = current }
            guard let read = try current.nextBatch(limit: Self.batch) else { return nil }
            defer { before += read.count }
            var places = ImportPlaces()
            places.add(read)
            return ListBatch(
                rows: PackedRows(read.lazy.map(ImportRow.init)), read: keepsRead ? read : [],
                lines: read.map(\.line), places: places, rowsBefore: before,
                bytesRead: current.bytesRead,
                rowsReadAsWindows1252: current.rowsReadAsWindows1252, optOuts: current.optOuts)
        }
    }
}

extension ImportRow {
    /// A row as the list reader understood it.
    init(_ row: ListRow) {
        switch row {
        case .contact(let candidate): self = .contact(NewContact(candidate))
        case .quarantined(let bad):
            self = .quarantined(
                NewQuarantinedRow(
                    row: bad.row, line: bad.line, raw: bad.raw, reason: bad.reason, doNotCall: bad.doNotCall))
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
            isPlaceStated: candidate.isPlaceStated, isDoNotCall: candidate.isDoNotCall)
        doNotCall = candidate.doNotCall
    }
}
