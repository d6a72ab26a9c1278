/// Bytes that are in memory already, handed out in chunks of a chosen size.
struct MemoryBytes: ByteSource {
    private var rest: ArraySlice<UInt8>
    private let chunkSize: Int
    let totalBytes: Int64?
    let name = "the text"

    init(_ bytes: [UInt8], chunkSize: Int = .max) {
        rest = bytes[...]
        totalBytes = Int64(bytes.count)
        self.chunkSize = max(1, chunkSize)
    }

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let chunk = rest.prefix(min(chunkSize, buffer.count))
        buffer.copyBytes(from: chunk)
        rest = rest.dropFirst(chunk.count)
        return chunk.count
    }
}
