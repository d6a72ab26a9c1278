/// A do-not-call registry's XML (Canada's and the United States'), rewritten as lines of area code, number and, in a list of changes, A
/// or D: `<ac val='416'><ph val='5550143'/></ac>` becomes `416,5550143,`.
///
/// The registries' files are no well-formed XML (their first element is closed twice), so that its tags are read one by one.
struct RegistryXML: ByteSource {
    private var base: any ByteSource
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    private var filled = 0
    private var place = 0
    private var tag: [UInt8] = []
    private var isInTag = false
    private var area: [UInt8] = []
    /// What the elements around a number say: A or D.
    private var change: UInt8?
    private var lines: [UInt8] = []
    private var given = 0

    var name: String { base.name }
    var totalBytes: Int64? { base.totalBytes }

    /// Longer tags are none of a registry's.
    private static let longestTag = 4096

    init(_ base: any ByteSource) { self.base = base }

    /// Whether a file begins as a registry's XML does.
    static func isOne(_ sample: UnsafeRawBufferPointer) -> Bool {
        let start = sample.prefix(2000)
        guard let first = start.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }), first == UInt8(ascii: "<")
        else {
            return false
        }
        let text = String(decoding: start, as: UTF8.self).lowercased()
        return ["<ac ", "<ph "].contains(where: text.contains) && text.contains("val")
    }

    mutating func read(into target: UnsafeMutableRawBufferPointer) throws(ListImportError) -> Int {
        while given == lines.count {
            lines.removeAll(keepingCapacity: true)
            given = 0
            if place == filled {
                filled = try fill()
                place = 0
                if filled == 0 { return 0 }
            }
            while place < filled, lines.count < 1 << 15 {
                take(buffer[place])
                place += 1
            }
        }
        let count = min(target.count, lines.count - given)
        lines.withUnsafeBytes {
            target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[given..<(given + count)]))
        }
        given += count
        return count
    }

    private mutating func fill() throws(ListImportError) -> Int {
        var problem: ListImportError?
        var count = 0
        buffer.withUnsafeMutableBytes { bytes in
            do throws(ListImportError) {
                count = try base.read(into: bytes)
            } catch {
                problem = error
            }
        }
        if let problem { throw problem }
        return count
    }

    private mutating func take(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "<"):
            isInTag = true
            tag.removeAll(keepingCapacity: true)
        case UInt8(ascii: ">"):
            if isInTag { endTag() }
            isInTag = false
        default:
            guard isInTag else { return }
            if tag.count < Self.longestTag { tag.append(byte) } else { isInTag = false }
        }
    }

    private mutating func endTag() {
        let nameEnd = tag.firstIndex { !isNameByte($0) && $0 != UInt8(ascii: "/") } ?? tag.count
        let name = String(decoding: tag[..<nameEnd], as: UTF8.self).lowercased()
        switch name {
        case "ac", "areacode": area = value(of: ["val", "value", "code"]) ?? []
        case "/ac", "/areacode": area = []
        case "add", "added", "adds", "addition", "additions": change = UInt8(ascii: "A")
        case "delete", "deleted", "deletes", "remove", "removed", "deletion", "deletions": change = UInt8(ascii: "D")
        case "/add", "/added", "/adds", "/addition", "/additions", "/delete", "/deleted", "/deletes", "/remove",
            "/removed",
            "/deletion", "/deletions":
            change = nil
        case "ph", "phone", "number": addLine()
        default: break
        }
    }

    private mutating func addLine() {
        guard let number = value(of: ["val", "value", "number"]), !number.isEmpty else { return }
        lines += area
        lines.append(UInt8(ascii: ","))
        lines += number
        lines.append(UInt8(ascii: ","))
        let words = attributes.filter { !["val", "value", "number", "date", "at"].contains($0.key) }.values
        let changes = words.compactMap { ChangeWord.isRemoval(String(decoding: $0, as: UTF8.self)) }
        if let isRemoval = changes.first {
            lines.append(isRemoval ? UInt8(ascii: "D") : UInt8(ascii: "A"))
        } else if let change {
            lines.append(change)
        }
        lines.append(UInt8(ascii: "\n"))
    }

    /// The text of the first of some attributes that the tag has, its delimiters and signs left out.
    private func value(of names: [String]) -> [UInt8]? {
        let found = attributes
        return names.lazy.compactMap { found[$0] }.first
    }

    private var attributes: [String: [UInt8]] {
        var index = 0
        var found: [String: [UInt8]] = [:]
        while index < tag.count {
            guard isNameByte(tag[index]) else {
                index += 1
                continue
            }
            let start = index
            while index < tag.count, isNameByte(tag[index]) { index += 1 }
            let name = String(decoding: tag[start..<index], as: UTF8.self).lowercased()
            while index < tag.count, tag[index] == 0x20 { index += 1 }
            guard index < tag.count, tag[index] == UInt8(ascii: "=") else { continue }
            index += 1
            while index < tag.count, tag[index] == 0x20 { index += 1 }
            guard index < tag.count, tag[index] == UInt8(ascii: "'") || tag[index] == UInt8(ascii: "\"") else {
                continue
            }
            let quote = tag[index]
            index += 1
            let from = index
            while index < tag.count, tag[index] != quote { index += 1 }
            found[name] = tag[from..<min(index, tag.count)].filter {
                $0 > 0x20 && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"")
            }
            index += 1
        }
        return found
    }

    private func isNameByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }
}
