import TestSupport

/// Spoils bytes the way lines, disks and people do, the same for the same seed.
public struct Mutator {
    private var random: SeededGenerator

    /// A mutator; equal seeds spoil alike.
    public init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    /// One of several.
    public mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[Int(random.next() % UInt64(choices.count))]
    }

    /// A number below a bound.
    public mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(max(1, bound))) }

    /// A copy with one to eight changes; `dictionary` holds words worth putting in.
    public mutating func spoil(_ seed: [UInt8], others: [[UInt8]], dictionary: [[UInt8]]) -> [UInt8] {
        var bytes = seed
        for _ in 0...below(8) { change(&bytes, others, dictionary) }
        return bytes.count > 65_536 ? Array(bytes.prefix(65_536)) : bytes
    }

    private mutating func change(_ bytes: inout [UInt8], _ others: [[UInt8]], _ dictionary: [[UInt8]]) {
        let at = below(bytes.count + 1)
        switch below(10) {
        case 0 where !bytes.isEmpty: bytes[below(bytes.count)] ^= 1 << UInt8(below(8))
        case 1 where !bytes.isEmpty: bytes[below(bytes.count)] = UInt8(below(256))
        case 2: bytes.insert(UInt8(below(256)), at: at)
        case 3 where !bytes.isEmpty: bytes.removeSubrange(span(bytes.count, longest: 16))
        case 4: bytes.removeSubrange(at...)
        case 5 where !bytes.isEmpty:
            let piece = Array(bytes[span(bytes.count, longest: 64)])
            for _ in 0...below(16) { bytes.insert(contentsOf: piece, at: at) }
        case 6, 7: bytes.insert(contentsOf: pick(dictionary), at: at)
        case 8:
            let other = pick(others)
            bytes = Array(bytes.prefix(at)) + other.suffix(below(other.count + 1))
        default: bytes.insert(contentsOf: repeatElement(pick(dictionary), count: below(400)).joined(), at: at)
        }
    }

    private mutating func span(_ count: Int, longest: Int) -> Range<Int> {
        let start = below(count)
        return start..<min(count, start + 1 + below(longest))
    }
}
