/// Where the bytes of a list come from.
protocol ByteSource {
    /// What people call it: a file's path.
    var name: String { get }

    /// The bytes in all, if that can be told beforehand.
    var totalBytes: Int64? { get }

    /// Fills the front of the buffer. Returns the count of bytes read, 0 at the end.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ListImportError) -> Int
}
