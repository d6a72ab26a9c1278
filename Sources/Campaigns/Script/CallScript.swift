/// What an agent says in a call, with the contact's fields in it: `Good day {{name}}, your plan {{Plan | of last year}} ends.`
///
/// A field is named by its header in the list; see ``FieldKey`` for what does not count in it. Behind `|` stands what is said where
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

    /// Most bytes of a script: what an agent says in a call is a page or two.
    public static let longest = 256 << 10
    /// Most fields of a script, each counted as often as it appears.
    public static let mostFields = 1000

    /// Reads a script, in time that grows with its length and no faster.
    ///
    /// - Parameter file: its name, for the messages.
    /// - Throws: `FileProblems`, if a field is not closed or has no name, or the script is longer than ``longest`` or has more than
    ///   ``mostFields`` fields.
    public init(_ text: String, file: String) throws(FileProblems) {
        var reader = CallScriptReader(text, file: file)
        parts = try reader.read()
    }

    /// The fields that it names, once each, in order; those that every contact has left out.
    public var fields: [String] {
        var seen = Set(Self.commonFields.map(FieldKey.init))
        return parts.compactMap { part in
            guard case .field(let name, _) = part, seen.insert(FieldKey(name)).inserted else { return nil }
            return name
        }
    }

    /// The script with fields filled in; a field that is nowhere is shown as `[name?]`, so that the agent sees what lacks.
    ///
    /// - Parameter values: texts by field. A name that differs from the script's in capitals alone holds before one of the same key;
    ///   of several, the first.
    public func filled(_ values: [(name: String, value: String)]) -> String {
        let known = Dictionary(
            values.map { (Self.trimmed($0.name[...]).lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
        let alike = Dictionary(
            values.filter { !$0.value.isEmpty }.map { (FieldKey($0.name), $0.value) },
            uniquingKeysWith: { first, _ in first })
        return parts.map { part in
            switch part {
            case .text(let text): return text
            case .field(let name, let otherwise):
                if let value = known[name.lowercased()], !value.isEmpty { return value }
                if let value = alike[FieldKey(name)] { return value }
                return otherwise ?? "[\(name)?]"
            }
        }.joined()
    }

    static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
