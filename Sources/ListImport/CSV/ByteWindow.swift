/// The part of a source that is being looked at: the bytes from a mark on, as far as they have been read. Only what
/// stands before the mark is let go, so memory depends on the longest row, not on the file.
struct ByteWindow {
    /// How much is asked of the source at a time, if it has that much.
    static let chunkSize = 256 * 1024

    private var source: any ByteSource
    private let readSize: Int
    private var storage: [UInt8] = []
    /// Where the window begins in `storage`.
    private var start = 0
    private var end = 0
    /// Bytes before the window.
    private(set) var bytesPassed: Int64 = 0
    private var isAtEnd = false

    init(_ source: any ByteSource) {
        self.source = source
        // One byte more than there are, so that the end is met without another buffer.
        readSize = source.totalBytes.map { Int(clamping: min($0 + 1, Int64(Self.chunkSize))) } ?? Self.chunkSize
    }

    var totalBytes: Int64? { source.totalBytes }

    /// Bytes in the window.
    var count: Int { end - start }

    /// Lets the first bytes go.
    mutating func advance(_ bytes: Int) {
        start += bytes
        bytesPassed += Int64(bytes)
    }

    /// Reads one more chunk. False at the end of the source.
    mutating func extend() throws(ListImportError) -> Bool {
        if isAtEnd { return false }
        if start > 0 {
            let kept = start..<end
            storage.withUnsafeMutableBytes { bytes in
                UnsafeMutableRawBufferPointer(rebasing: bytes[..<kept.count])
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[kept]))
            }
            end -= start
            start = 0
        }
        if storage.count < end + readSize { grow() }
        let length = try fill()
        end += length
        isAtEnd = length == 0
        return !isAtEnd
    }

    /// Gives access to the bytes of the window; the pointer is good only inside.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        storage.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<end])) }
    }

    /// Lets a scanner go on over the bytes of the window.
    func scan(with scanner: inout CSVScanner) -> CSVScanner.Progress {
        withBytes { scanner.scan($0) }
    }

    /// The first line break at or behind an offset: where its line ends, and where the next one begins. A CR that ends the
    /// window is taken for a whole break; an LF may still belong to it.
    func lineBreak(from offset: Int) -> Range<Int>? {
        withBytes { bytes in
            guard
                let start = bytes[min(offset, bytes.count)...].firstIndex(where: {
                    $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
                })
            else { return nil }
            let isPair =
                bytes[start] == UInt8(ascii: "\r") && start + 1 < bytes.count && bytes[start + 1] == UInt8(ascii: "\n")
            return start..<(start + (isPair ? 2 : 1))
        }
    }

    /// Doubling keeps the cost of moving long rows in proportion to their length.
    private mutating func grow() {
        var larger = [UInt8](repeating: 0, count: max(2 * storage.count, end + readSize))
        larger.withUnsafeMutableBytes { new in
            storage.withUnsafeBytes { old in new.copyMemory(from: UnsafeRawBufferPointer(rebasing: old[..<end])) }
        }
        storage = larger
    }

    private mutating func fill() throws(ListImportError) -> Int {
        let room = end..<(end + readSize)
        var outcome: Result<Int, ListImportError> = .success(0)
        storage.withUnsafeMutableBytes { bytes in
            do throws(ListImportError) {
                outcome = .success(try source.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[room])))
            } catch {
                outcome = .failure(error)
            }
        }
        return try outcome.get()
    }
}
