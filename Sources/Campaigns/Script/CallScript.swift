/// What an agent says in a call, with the contact's fields in it: `Good day {{name}}, your plan {{Plan | of last year}} ends.`
///
/// A field is named by its header in the list, capitals and blanks around it ignored. Behind `|` stands what is said where
/// the contact has no such field, or an empty one. The rest is text and stays as it is. List headers hold blanks, dots and
/// signs of every kind, which is why no template language with names of its own is used.
public struct CallScript: Sendable, Hashable {
    /// A stretch of the script.
    public enum Part: Sendable, Hashable {
        case text(String)
        case field(name: String, otherwise: String?)
    }

    /// The script, in order.
    public let parts: [Part]

    /// The fields of every contact, whatever its list holds.
    public static let commonFields = ["name", "number", "external_id", "campaign"]

    /// Reads a script.
    ///
    /// - Parameter file: its name, for the messages.
    /// - Throws: `FileProblems`, if a field is not closed or has no name.
    public init(_ text: String, file: String) throws(FileProblems) {
        var parts: [Part] = []
        var problems: [FileProblem] = []
        var rest = text[...]
        while let start = rest.firstRange(of: "{{") {
            let line = text[..<start.lowerBound].utf8.count { $0 == UInt8(ascii: "\n") } + 1
            if start.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<start.lowerBound]))) }
            rest = rest[start.upperBound...]
            guard let end = rest.firstRange(of: "}}"), !rest[..<end.lowerBound].contains("\n") else {
                problems.append(
                    FileProblem(file: file, line: line, message: "a field begins with {{ and does not end with }}"))
                continue
            }
            let inside = rest[..<end.lowerBound].split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
            let name = Self.trimmed(inside[0])
            if name.isEmpty {
                problems.append(
                    FileProblem(
                        file: file, line: line, message: "{{ }} names no field; write the header, such as {{name}}"))
            }
            parts.append(.field(name: name, otherwise: inside.count > 1 ? Self.trimmed(inside[1]) : nil))
            rest = rest[end.upperBound...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        guard problems.isEmpty else { throw FileProblems(problems) }
        self.parts = parts
    }

    /// The fields that it names, once each, in order; those that every contact has left out.
    public var fields: [String] {
        var seen = Set(Self.commonFields)
        return parts.compactMap { part in
            guard case .field(let name, _) = part, seen.insert(name.lowercased()).inserted else { return nil }
            return name
        }
    }

    /// The script with fields filled in; a field that is nowhere is shown as `[name?]`, so that the agent sees what lacks.
    ///
    /// - Parameter values: texts by field; of names that differ in capitals alone, the first holds.
    public func filled(_ values: [(name: String, value: String)]) -> String {
        let known = Dictionary(
            values.map { (Self.trimmed($0.name[...]).lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
        return parts.map { part in
            switch part {
            case .text(let text): return text
            case .field(let name, let otherwise):
                if let value = known[name.lowercased()], !value.isEmpty { return value }
                return otherwise ?? "[\(name)?]"
            }
        }.joined()
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
