/// Bytes that were read to look at them, and the rest of their source behind them.
struct JoinedBytes: ByteSource {
    private var ahead: ArraySlice<UInt8>
    private var base: any ByteSource

    var name: String { base.name }
    var totalBytes: Int64? { base.totalBytes }

    init(_ ahead: [UInt8], then base: any ByteSource) {
        self.ahead = ahead[...]
        self.base = base
    }

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ListImportError) -> Int {
        guard !ahead.isEmpty else { return try base.read(into: buffer) }
        let piece = ahead.prefix(buffer.count)
        buffer.copyBytes(from: piece)
        ahead = ahead.dropFirst(piece.count)
        return piece.count
    }
}
