import CArchive
import Foundation

/// The one file in a zip or gzip archive, unpacked as it is read.
final class PackedBytes: ByteSource {
    let name: String
    /// As the archive says; nil where it does not.
    let totalBytes: Int64?

    private let archive: OpaquePointer
    private let feed: Feed
    private var unpacked: Int64 = 0
    private var isAtEnd = false

    /// No list packs better; what does is made to fill a disk or a day.
    private static let bestRatio: Int64 = 200
    /// Smaller files may pack as well as they like.
    private static let small: Int64 = 64 << 20

    /// Hands the packed bytes to the library, and keeps what went wrong on the way.
    private final class Feed {
        var source: any ByteSource
        var problem: ListImportError?
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)

        init(_ source: any ByteSource) { self.source = source }

        deinit { buffer.deallocate() }
    }

    /// Whether bytes begin a zip or gzip archive.
    static func isPacked(_ start: [UInt8]) -> Bool {
        start.starts(with: [0x1F, 0x8B]) || start.starts(with: Array("PK\u{3}\u{4}".utf8))
            || start.starts(with: Array("PK\u{5}\u{6}".utf8))
    }

    /// Opens an archive and goes to its file.
    ///
    /// - Throws: ``ListImportError/archive(path:problem:)``, `.noText` for a workbook.
    init(_ source: any ByteSource) throws(ListImportError) {
        name = source.name
        feed = Feed(source)
        guard let archive = archive_read_new() else {
            throw .archive(path: name, problem: "cannot be unpacked: memory is short")
        }
        self.archive = archive
        archive_read_support_filter_gzip(archive)
        archive_read_support_format_zip(archive)
        archive_read_support_format_raw(archive)
        let opened = archive_read_open(
            archive, Unmanaged.passUnretained(feed).toOpaque(), nil,
            { _, data, place in
                guard let data, let place else { return -1 }
                let feed = Unmanaged<Feed>.fromOpaque(data).takeUnretainedValue()
                place.pointee = UnsafeRawPointer(feed.buffer.baseAddress)
                do throws(ListImportError) {
                    return try feed.source.read(into: feed.buffer)
                } catch {
                    feed.problem = error
                    return -1
                }
            }, nil)
        guard opened == ARCHIVE_OK else {
            let problem = feed.problem ?? .archive(path: name, problem: "is a damaged archive")
            archive_read_free(archive)
            throw problem
        }
        do throws(ListImportError) {
            guard let size = try Self.nextFile(in: archive, name) else {
                throw .archive(path: name, problem: "is an archive without a file in it")
            }
            totalBytes = size < 0 ? nil : size
        } catch {
            archive_read_free(archive)
            throw feed.problem ?? error
        }
    }

    deinit { archive_read_free(archive) }

    /// Goes to the next file, past folders and what systems add of their own.
    ///
    /// - Returns: its size, -1 where the archive does not say; nil at the end.
    private static func nextFile(in archive: OpaquePointer, _ name: String) throws(ListImportError) -> Int64? {
        while true {
            var entry: OpaquePointer?
            let status = archive_read_next_header(archive, &entry)
            if status == ARCHIVE_EOF { return nil }
            guard status >= ARCHIVE_WARN, let entry else { throw .archive(path: name, problem: "is a damaged archive") }
            let path = archive_entry_pathname(entry).map { String(cString: $0) } ?? ""
            if path == "[Content_Types].xml" || path == "mimetype" || path.hasPrefix("_rels/") || path.hasPrefix("xl/")
            {
                throw .noText(path: name, kind: "an Excel or OpenDocument workbook")
            }
            let isFolder = path.hasSuffix("/")
            let isOfSystem = path.hasPrefix("__MACOSX/") || path.hasSuffix(".DS_Store")
            if isFolder || isOfSystem { continue }
            guard archive_entry_is_encrypted(entry) == 0 else {
                throw .archive(path: name, problem: "is locked with a password")
            }
            return archive_entry_size_is_set(entry) != 0 ? archive_entry_size(entry) : -1
        }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ListImportError) -> Int {
        guard !isAtEnd, buffer.count > 0 else { return 0 }
        let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
        if count < 0 {
            throw feed.problem ?? .archive(path: name, problem: "is a damaged archive, or locked with a password")
        }
        unpacked += Int64(count)
        let packed = max(1, archive_filter_bytes(archive, -1))
        if unpacked > Self.small, unpacked / packed > Self.bestRatio {
            throw .archive(
                path: name, problem: "unpacks to more than \(Self.bestRatio) times its size, as no list does")
        }
        if count == 0 {
            isAtEnd = true
            guard try Self.nextFile(in: archive, name) == nil else {
                throw .archive(path: name, problem: "is an archive with several files in it")
            }
        }
        return count
    }
}

extension PackedBytes {
    /// A source as it is, or what is in it where it is an archive.
    ///
    /// - Throws: what reading throws; for a file on disk that holds several files, before the first byte of them is read.
    static func opened(_ base: any ByteSource) throws(ListImportError) -> any ByteSource {
        var base = base
        var start: [UInt8] = []
        while start.count < 4 {
            let wanted = 4 - start.count
            var problem: ListImportError?
            let piece = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
                do throws(ListImportError) {
                    count = try base.read(
                        into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<wanted]))
                } catch {
                    problem = error
                    count = 0
                }
            }
            if let problem { throw problem }
            if piece.isEmpty { break }
            start += piece
        }
        let whole = JoinedBytes(start, then: base)
        guard isPacked(start) else { return whole }
        if base.totalBytes != nil, base is FileBytes {
            // A look at the whole archive first: what is added to a source holds from its first piece on.
            try refuseSeveral(at: base.name)
        }
        return try PackedBytes(whole)
    }

    private static func refuseSeveral(at path: String) throws(ListImportError) {
        guard let archive = archive_read_new() else { return }
        defer { archive_read_free(archive) }
        archive_read_support_filter_gzip(archive)
        archive_read_support_format_zip(archive)
        archive_read_support_format_raw(archive)
        guard archive_read_open_filename(archive, path, 1 << 16) == ARCHIVE_OK else {
            throw .archive(path: path, problem: "is a damaged archive")
        }
        // A gzip file is one file; only a zip has a table of contents to look through.
        guard try nextFile(in: archive, path) != nil,
            archive_format(archive) & ARCHIVE_FORMAT_ZIP == ARCHIVE_FORMAT_ZIP,
            archive_filter_count(archive) <= 1
        else { return }
        guard try nextFile(in: archive, path) == nil else {
            throw .archive(path: path, problem: "is an archive with several files in it")
        }
    }
}
