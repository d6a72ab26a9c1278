import Foundation

/// The log beside a database in WAL mode, as https://www.sqlite.org/fileformat2.html#the_write_ahead_log describes it.
///
/// SQLite reads such a log up to its first frame that does not fit and takes that for its end: where the log is damaged in its
/// middle, everything behind is missing without a word.
enum LostLog {
    private static let headerSize = 32
    private static let frameHeaderSize = 24

    /// Whether a log breaks off before its end: a commit of the same generation stands behind the first frame that does not fit.
    ///
    /// Frames without a commit may stand there in a sound log as well, of a transaction that was given up.
    static func breaksOff(_ path: String) throws -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        guard let header = try file.read(upToCount: headerSize), !header.isEmpty else { return false }
        guard header.count == headerSize else { return false }
        let words = header.bigEndianWords
        guard words[0] & 0xFFFF_FFFE == 0x377F_0682 else { return true }
        let isBigEndian = words[0] & 1 == 1
        let pageSize = words[2] == 1 ? 65_536 : Int(words[2])
        guard (512...65_536).contains(pageSize) else { return true }
        var sums = Checksum(isBigEndian: isBigEndian)
        sums.add(header.prefix(24))
        guard sums.first == words[6], sums.second == words[7] else { return true }
        var isBroken = false
        while let frame = try file.read(upToCount: frameHeaderSize + pageSize),
            frame.count == frameHeaderSize + pageSize
        {
            let head = frame.prefix(frameHeaderSize).bigEndianWords
            let isOfGeneration = head[2] == words[4] && head[3] == words[5]
            if isBroken {
                if isOfGeneration, head[1] != 0 { return true }
                continue
            }
            guard isOfGeneration else {
                isBroken = true
                continue
            }
            sums.add(frame.prefix(8))
            sums.add(frame.dropFirst(frameHeaderSize))
            // A commit that does not fit is the last write before a power cut where nothing of its generation follows.
            isBroken = sums.first != head[4] || sums.second != head[5]
        }
        return false
    }

    /// The running checksum of a log.
    private struct Checksum {
        let isBigEndian: Bool
        var first: UInt32 = 0
        var second: UInt32 = 0

        init(isBigEndian: Bool) {
            self.isBigEndian = isBigEndian
        }

        /// - Parameter data: a multiple of eight bytes.
        mutating func add(_ data: Data) {
            data.withUnsafeBytes { bytes in
                for offset in stride(from: 0, to: bytes.count - 7, by: 8) {
                    first &+= word(bytes, offset) &+ second
                    second &+= word(bytes, offset + 4) &+ first
                }
            }
        }

        private func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
            let raw = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
            return isBigEndian ? UInt32(bigEndian: raw) : UInt32(littleEndian: raw)
        }
    }
}

extension Data {
    /// Its bytes as big-endian words of 32 bits.
    fileprivate var bigEndianWords: [UInt32] {
        withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count - 3, by: 4).map {
                UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self))
            }
        }
    }
}
