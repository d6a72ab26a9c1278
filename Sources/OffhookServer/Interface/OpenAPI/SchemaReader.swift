import Foundation

/// Reads a type's JSON Schema off its own decoding: what a body may hold is what the type asks for, and nothing is written twice.
///
/// The type is decoded from a source that notes each question and answers it with a stand-in. A property that is asked for by
/// `decodeIfPresent` is not required.
enum SchemaReader {
    /// The schema of a type.
    ///
    /// - Parameter known: types that have a schema of their own, by whose name they are referred to inside others.
    static func schema(of type: any Decodable.Type, known: [ObjectIdentifier: String]) -> JSONValue {
        Self.read(type, SchemaNotes(known: known)).schema
    }

    /// The schema of a type and a stand-in for its value; nil where none could be made.
    static func read<Value: Decodable>(_ type: Value.Type, _ notes: SchemaNotes) -> (schema: JSONValue, value: Value?) {
        if let simple = simple(type) { return (simple.schema, simple.value as? Value) }
        if let choice = type as? any CaseIterable.Type, let found = choices(choice) {
            return (["type": "string", "enum": .array(found.words.map(JSONValue.string))], found.first as? Value)
        }
        let own = SchemaNotes(known: notes.known)
        let value = try? Value(from: SchemaSource(notes: own))
        return (own.schema, value)
    }

    /// The same where it stands inside another: a type with a name of its own is referred to.
    static func readInside<Value: Decodable>(_ type: Value.Type, _ notes: SchemaNotes) throws -> (JSONValue, Value) {
        let (schema, value) = read(type, notes)
        guard let value else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no stand-in for \(type)"))
        }
        guard let name = notes.known[ObjectIdentifier(type)] else { return (schema, value) }
        return (["$ref": .string("#/components/schemas/\(name)")], value)
    }

    private static func simple(_ type: any Decodable.Type) -> (schema: JSONValue, value: any Decodable)? {
        switch type {
        case is String.Type: (["type": "string"], "")
        case is Bool.Type: (["type": "boolean"], false)
        case is Int.Type: (["type": "integer"], 0)
        case is Int64.Type: (["type": "integer", "format": "int64"], Int64(0))
        case is Int32.Type: (["type": "integer", "format": "int32"], Int32(0))
        case is UInt16.Type: (["type": "integer", "minimum": 0, "maximum": 65_535], UInt16(0))
        case is Int8.Type: (["type": "integer"], Int8(0))
        case is Int16.Type: (["type": "integer"], Int16(0))
        case is UInt.Type: (["type": "integer", "minimum": 0], UInt(0))
        case is UInt8.Type: (["type": "integer", "minimum": 0, "maximum": 255], UInt8(0))
        case is UInt32.Type: (["type": "integer", "minimum": 0], UInt32(0))
        case is UInt64.Type: (["type": "integer", "minimum": 0], UInt64(0))
        case is Double.Type: (["type": "number"], 0.0)
        case is Float.Type: (["type": "number"], Float(0))
        case is JSONValue.Type: ([:], JSONValue.null)
        default: nil
        }
    }

    private static func choices<Choice: CaseIterable>(_ type: Choice.Type) -> (words: [String], first: Any)? {
        let words = type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        guard let first = type.allCases.first, words.count == type.allCases.count else { return nil }
        return (words, first)
    }
}

/// What was asked for while a type was decoded.
final class SchemaNotes {
    let known: [ObjectIdentifier: String]
    private var properties: [String: JSONValue] = [:]
    private var optional: Set<String> = []
    private var whole: JSONValue?

    init(known: [ObjectIdentifier: String]) {
        self.known = known
    }

    /// The name of the stand-in key of a dictionary.
    static let anyKey = "*"

    func note(_ schema: JSONValue, for key: any CodingKey) {
        if key.stringValue == Self.anyKey {
            whole = ["type": "object", "additionalProperties": schema]
        } else {
            properties[Self.wireName(key.stringValue)] = schema
        }
    }

    func noteOptional(_ key: any CodingKey) { optional.insert(Self.wireName(key.stringValue)) }
    func noteItems(_ schema: JSONValue) { whole = ["type": "array", "items": schema] }
    func noteWhole(_ schema: JSONValue) { whole = schema }

    var schema: JSONValue {
        if let whole { return whole }
        let required = properties.keys.filter { !optional.contains($0) }.sorted()
        var schema: [String: JSONValue] = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { schema["required"] = .array(required.map(JSONValue.string)) }
        return .object(schema)
    }

    /// A name as ``WireJSON`` writes it: `retryAt` is `retry_at`.
    static func wireName(_ name: String) -> String {
        var result = ""
        var wasLower = false
        for character in name {
            if character.isUppercase, wasLower { result += "_" }
            wasLower = !character.isUppercase
            result += character.lowercased()
        }
        return result
    }
}
