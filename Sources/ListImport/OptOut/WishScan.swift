/// A quick look at a text: whether words in it, one after the other, spell a wish not to be called.
///
/// Columns of notes hold a sentence a row, and hardly one of them is a wish; reading each in full would take ten times as long as all
/// the rest of an import. What passes here is read in full.
struct WishScan {
    /// A tree of letters: for each node its 26 children, 0 for none, and whether a phrase ends there.
    private var children: [Int32] = Array(repeating: 0, count: 26)
    private var isEnd: [Bool] = [false]

    /// - Parameter phrases: without accents; of what is no letter only what stands before it counts.
    init(_ phrases: some Sequence<String>) {
        for phrase in phrases {
            var node = 0
            for byte in phrase.utf8 where byte != 0x20 {
                guard let letter = Self.letter(byte) else { break }
                let slot = node * 26 + letter
                if children[slot] == 0 {
                    children[slot] = Int32(isEnd.count)
                    children += Array(repeating: 0, count: 26)
                    isEnd.append(false)
                }
                node = Int(children[slot])
            }
            isEnd[node] = true
        }
    }

    /// From 0 for a to 25 for z, in capitals too; nil for everything else.
    private static func letter(_ byte: UInt8) -> Int? {
        let lower = byte | 0x20
        return (0x61...0x7A).contains(lower) ? Int(lower) - 0x61 : nil
    }

    /// `don't` is one word.
    private static func isApostrophe(_ byte: UInt8) -> Bool { byte == 0x27 || byte == 0x60 }

    /// Whether a word begins with a letter, after what stands before it: `doNotCall` has three.
    private static func begins(_ byte: UInt8, after last: UInt8) -> Bool {
        letter(last) == nil || last & 0x20 != 0 && byte & 0x20 == 0
    }

    /// False where no words spell a phrase. A letter beyond ASCII may be any letter, so a text with one is never passed over.
    func mayBeIn(_ text: String) -> Bool {
        if isEnd[0] { return true }
        var text = text
        return text.withUTF8 { bytes in
            var last: UInt8 = 0
            for index in bytes.indices {
                let byte = bytes[index]
                if byte >= 0x80 { return true }
                if Self.isApostrophe(byte) { continue }
                if Self.letter(byte) != nil, Self.begins(byte, after: last), spells(bytes[index...]) { return true }
                last = byte
            }
            return false
        }
    }

    /// Whether a phrase is spelled from here on, and ends where a word does.
    private func spells(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var node = 0
        var last: UInt8 = 0
        for byte in bytes where !Self.isApostrophe(byte) {
            if byte >= 0x80 { return true }
            let letter = Self.letter(byte)
            if isEnd[node], node != 0, letter == nil || Self.begins(byte, after: last) { return true }
            last = byte
            guard let letter else { continue }
            node = Int(children[node * 26 + letter])
            if node == 0 { return false }
        }
        return isEnd[node]
    }
}
