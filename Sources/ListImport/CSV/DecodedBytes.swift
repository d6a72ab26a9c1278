/// A source whose bytes are UTF-8 whatever they were before, without a byte-order mark.
final class DecodedBytes: ByteSource {
    /// How the file is written.
    let encoding: TextEncoding
    /// Whether nobody said so and the file's beginning told it.
    let isDetected: Bool
    /// Whether it is the XML of a do-not-call registry.
    let isRegistryXML: Bool
    /// Bytes of the byte-order mark.
    let markLength: Int64
    /// The bytes of the file that were taken so far.
    private(set) var bytesTaken: Int64 = 0

    private var base: any ByteSource
    /// Bytes of the file that are read and not yet handed out.
    private var pending: [UInt8] = []
    private var pendingStart = 0
    private var isAtEnd = false
    /// Enough to tell an encoding by.
    private static let sampleSize = 256 * 1024

    init(_ base: any ByteSource, encoding: TextEncoding?) throws(ListImportError) {
        self.base = try PackedBytes.opened(base)
        isDetected = encoding == nil
        var sample: [UInt8] = []
        while sample.count < Self.sampleSize {
            let piece = try Self.read(&self.base, upTo: Self.sampleSize - sample.count)
            if piece.isEmpty { break }
            sample += piece
        }
        if let kind = FileKind.withoutText(sample) { throw .noText(path: base.name, kind: kind) }
        isRegistryXML = sample.withUnsafeBytes(RegistryXML.isOne)
        let found = sample.withUnsafeBytes(TextEncoding.detect)
        // A byte-order mark is the file's own word, and beats what somebody remembers of it.
        self.encoding = found.markLength > 0 ? found.encoding : encoding ?? found.encoding
        pending = sample
        pendingStart = found.markLength
        markLength = Int64(pendingStart)
        bytesTaken = markLength
    }

    var name: String { base.name }

    /// Unknown behind a change of encoding, except that the window should ask for plenty.
    var totalBytes: Int64? { encoding == .utf8 ? base.totalBytes : nil }

    /// The size of the file.
    var fileBytes: Int64? { base.totalBytes }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ListImportError) -> Int {
        switch encoding {
        case .utf8: try readPlain(into: buffer)
        case .windows1252: try readWindows1252(into: buffer)
        case .utf16LittleEndian, .utf16BigEndian: try readUTF16(into: buffer)
        }
    }

    private func readPlain(into buffer: UnsafeMutableRawBufferPointer) throws(ListImportError) -> Int {
        if pendingStart < pending.count {
            let count = min(buffer.count, pending.count - pendingStart)
            pending.withUnsafeBytes {
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[pendingStart..<(pendingStart + count)]))
            }
            pendingStart += count
            if pendingStart == pending.count {
                pending = []
                pendingStart = 0
            }
            bytesTaken += Int64(count)
            return count
        }
        let count = try base.read(into: buffer)
        bytesTaken += Int64(count)
        return count
    }

    private func refill() throws(ListImportError) {
        pending.removeFirst(pendingStart)
        pendingStart = 0
        let piece = try Self.read(&base, upTo: 64 * 1024)
        isAtEnd = piece.isEmpty
        pending += piece
    }

    private func readWindows1252(into buffer: UnsafeMutableRawBufferPointer) throws(ListImportError) -> Int {
        if pendingStart == pending.count { try refill() }
        var count = 0
        while pendingStart < pending.count {
            let bytes = Windows1252.utf8[Int(pending[pendingStart])]
            guard count + bytes.count <= buffer.count else { break }
            for byte in bytes {
                buffer[count] = byte
                count += 1
            }
            pendingStart += 1
            bytesTaken += 1
        }
        return count
    }

    private func readUTF16(into buffer: UnsafeMutableRawBufferPointer) throws(ListImportError) -> Int {
        // A character may need four bytes, and its second half with them.
        if pending.count - pendingStart < 4, !isAtEnd { try refill() }
        var count = 0
        while pendingStart < pending.count, count + 4 <= buffer.count {
            guard let (value, length) = scalar() else {
                if isAtEnd { break }
                try refill()
                continue
            }
            for byte in String(Character(value)).utf8 {
                buffer[count] = byte
                count += 1
            }
            pendingStart += length
            bytesTaken += Int64(length)
        }
        return count
    }

    /// The next character and how many bytes it has; nil if its bytes are not all there. Half a pair shows as U+FFFD.
    private func scalar() -> (Unicode.Scalar, Int)? {
        let left = pending.count - pendingStart
        guard left >= 2 else { return isAtEnd ? ("\u{FFFD}", left) : nil }
        let first = unit(at: pendingStart)
        guard (0xD800..<0xE000).contains(first) else { return (Unicode.Scalar(first) ?? "\u{FFFD}", 2) }
        guard first < 0xDC00 else { return ("\u{FFFD}", 2) }
        guard left >= 4 else { return isAtEnd ? ("\u{FFFD}", 2) : nil }
        let second = unit(at: pendingStart + 2)
        guard (0xDC00..<0xE000).contains(second) else { return ("\u{FFFD}", 2) }
        return (Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}", 4)
    }

    private func unit(at index: Int) -> UInt32 {
        let (a, b) = (UInt32(pending[index]), UInt32(pending[index + 1]))
        return encoding == .utf16LittleEndian ? b << 8 | a : a << 8 | b
    }

    private static func read(_ source: inout any ByteSource, upTo count: Int) throws(ListImportError) -> [UInt8] {
        var problem: ListImportError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
            do throws(ListImportError) {
                length = try source.read(into: UnsafeMutableRawBufferPointer(buffer))
            } catch {
                problem = error
                length = 0
            }
        }
        if let problem { throw problem }
        return bytes
    }
}
