import Yams

/// How much a file that a person wrote may hold. What is read takes time and memory that grow with the file, never faster, within
/// these bounds; a file beyond one of them is refused with a sentence that names it.
public enum FileBounds {
    /// Bytes of a file of YAML.
    public static let bytes = 1 << 20
    /// Values, lists and mappings of a file, each counted as often as it appears with its aliases written out.
    public static let nodes = 50_000
    /// Lists and mappings within one another.
    public static let depth = 32
    /// Aliases (`*name`), which may stand for much: so few cannot come to more than some thousand values.
    public static let aliases = 20
    /// Mistakes that are told one by one.
    public static let mistakes = 100
    /// Characters of a word for which the nearest known one is looked for.
    static let guessedWord = 64

    /// Why a text of YAML is not even read, as a sentence; nil where it is.
    static func problem(ofText text: String) -> String? {
        guard text.utf8.count <= bytes else {
            return "the file has more than the \(bytes >> 20) MB that are read; take out what is not needed"
        }
        let count = aliases(in: text)
        guard count <= aliases else {
            return
                "the file has \(count) words with a star before them, which YAML reads as aliases, and at most \(aliases) are "
                + "read; write out what they stand for, or quote a text with stars"
        }
        return nil
    }

    /// Why what was read is not taken, as a sentence; nil where it is.
    static func problem(of node: Node) -> String? {
        var left = nodes
        return problem(of: node, depth: 1, left: &left)
    }

    private static func problem(of node: Node, depth level: Int, left: inout Int) -> String? {
        left -= 1
        guard left >= 0 else { return "the file holds more than the \(nodes) values that are read; split it" }
        guard level <= depth else {
            return "the file has over \(depth) lists and mappings within one another; write it flatter"
        }
        switch node {
        case .mapping(let pairs):
            for (key, value) in pairs {
                if let problem = problem(of: key, depth: level + 1, left: &left) { return problem }
                if let problem = problem(of: value, depth: level + 1, left: &left) { return problem }
            }
        case .sequence(let list):
            for value in list {
                if let problem = problem(of: value, depth: level + 1, left: &left) { return problem }
            }
        default: break
        }
        return nil
    }

    /// Words that may be aliases: a star where a value can begin, with a name behind it. Text in quotes counts as well, since to tell
    /// them apart takes reading the file.
    static func aliases(in text: String) -> Int {
        var count = 0
        var beginsValue = true
        var isStar = false
        for byte in text.utf8 {
            if isStar, byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || isAlphanumeric(byte) { count += 1 }
            isStar = beginsValue && byte == UInt8(ascii: "*")
            beginsValue = " \t\r\n[{,:?".utf8.contains(byte)
        }
        return count
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: byte >= 0x80
        }
    }
}
