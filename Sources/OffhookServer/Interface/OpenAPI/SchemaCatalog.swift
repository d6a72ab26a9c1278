import Foundation

/// The schemas of the bodies and answers of the interface, by their names.
public struct SchemaCatalog: Sendable {
    private struct Entry: Sendable {
        let type: (any (Decodable & Sendable).Type)?
        let written: JSONValue
        let details: [String: JSONValue]
        let example: JSONValue?
    }

    private var entries: [String: Entry] = [:]

    /// An empty catalog.
    public init() {}

    /// Adds the schema of a type, as it is decoded and encoded.
    ///
    /// - Parameters:
    ///   - name: its name in the document; nil for the type's own.
    ///   - details: what is to be said of single properties beside their types, by their names on the wire: a description, a
    ///     format, the words that are possible.
    public mutating func add<Value: Decodable & Sendable>(
        _ type: Value.Type, named name: String? = nil, details: [String: JSONValue] = [:], example: JSONValue? = nil
    ) {
        entries[name ?? String(describing: type)] = Entry(
            type: type, written: .null, details: details, example: example)
    }

    /// Adds a schema as it stands.
    public mutating func add(_ schema: JSONValue, named name: String) {
        entries[name] = Entry(type: nil, written: schema, details: [:], example: nil)
    }

    /// All names.
    public var names: Set<String> { Set(entries.keys) }

    /// The schemas for the document's components.
    func schemas() -> [String: JSONValue] {
        let known = Dictionary(
            entries.compactMap { name, entry in entry.type.map { (ObjectIdentifier($0), name) } },
            uniquingKeysWith: { first, _ in first })
        return entries.mapValues { entry in
            guard let type = entry.type else { return entry.written }
            var schema = SchemaReader.schema(of: type, known: known)
            if case .object(let properties)? = schema["properties"] {
                schema = schema.merging([
                    "properties": .object(Self.detailed(properties, by: entry.details))
                ])
            }
            return entry.example.map { schema.merging(["examples": .array([$0])]) } ?? schema
        }
    }

    /// Properties with what is said of them; a name such as `ended_at` is a time by itself.
    private static func detailed(
        _ properties: [String: JSONValue], by details: [String: JSONValue]
    ) -> [String: JSONValue] {
        Dictionary(
            uniqueKeysWithValues: properties.map { name, schema in
                var schema = schema
                if name == "at" || name.hasSuffix("_at"), schema["type"] == "string" {
                    schema = schema.merging(["format": "date-time"])
                }
                if case .object(let more)? = details[name] { schema = schema.merging(more) }
                return (name, schema)
            })
    }
}
