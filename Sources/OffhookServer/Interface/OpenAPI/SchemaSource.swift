/// The source that ``SchemaReader`` decodes types from.
struct SchemaSource: Decoder {
    let notes: SchemaNotes
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Keyed<Key>(notes: notes))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { Items(notes: notes) }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { Whole(notes: notes) }
}

/// An object: each question for a property is noted.
private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let notes: SchemaNotes
    var codingPath: [any CodingKey] { [] }

    /// Only dictionaries ask for these; one stands for all.
    var allKeys: [Key] { [Key(stringValue: SchemaNotes.anyKey)].compactMap { $0 } }

    /// Only `decodeIfPresent` asks this, before it decodes.
    func contains(_ key: Key) -> Bool {
        notes.noteOptional(key)
        return true
    }

    func decodeNil(forKey key: Key) throws -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let (schema, value) = try SchemaReader.readInside(type, notes)
        notes.note(schema, for: key)
        return value
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        KeyedDecodingContainer(Keyed<Nested>(notes: SchemaNotes(known: notes.known)))
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        Items(notes: SchemaNotes(known: notes.known))
    }

    func superDecoder() throws -> any Decoder { SchemaSource(notes: notes) }
    func superDecoder(forKey key: Key) throws -> any Decoder { SchemaSource(notes: notes) }
}

/// An array: it has one item, whose schema is that of all.
private struct Items: UnkeyedDecodingContainer {
    let notes: SchemaNotes
    var codingPath: [any CodingKey] { [] }
    var count: Int? { 1 }
    var currentIndex = 0
    var isAtEnd: Bool { currentIndex > 0 }

    init(notes: SchemaNotes) {
        self.notes = notes
    }

    mutating func decodeNil() throws -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let (schema, value) = try SchemaReader.readInside(type, notes)
        notes.noteItems(schema)
        currentIndex += 1
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        currentIndex += 1
        return KeyedDecodingContainer(Keyed<Nested>(notes: SchemaNotes(known: notes.known)))
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        currentIndex += 1
        return Items(notes: SchemaNotes(known: notes.known))
    }

    mutating func superDecoder() throws -> any Decoder { SchemaSource(notes: notes) }
}

/// A value that is one text or number.
private struct Whole: SingleValueDecodingContainer {
    let notes: SchemaNotes
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let (schema, value) = try SchemaReader.readInside(type, notes)
        notes.noteWhole(schema)
        return value
    }
}

// The protocols ask for each simple type by itself.
extension Keyed {
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try simple(type, key) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try simple(type, key) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try simple(type, key) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try simple(type, key) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try simple(type, key) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try simple(type, key) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try simple(type, key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try simple(type, key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try simple(type, key) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try simple(type, key) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try simple(type, key) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try simple(type, key) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try simple(type, key) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try simple(type, key) }

    private func simple<Value: Decodable>(_ type: Value.Type, _ key: Key) throws -> Value {
        let (schema, value) = try SchemaReader.readInside(type, notes)
        notes.note(schema, for: key)
        return value
    }
}

extension Items {
    mutating func decode(_ type: Bool.Type) throws -> Bool { try simple(type) }
    mutating func decode(_ type: String.Type) throws -> String { try simple(type) }
    mutating func decode(_ type: Double.Type) throws -> Double { try simple(type) }
    mutating func decode(_ type: Float.Type) throws -> Float { try simple(type) }
    mutating func decode(_ type: Int.Type) throws -> Int { try simple(type) }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try simple(type) }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try simple(type) }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try simple(type) }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try simple(type) }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try simple(type) }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try simple(type) }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try simple(type) }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try simple(type) }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try simple(type) }

    private mutating func simple<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let (schema, value) = try SchemaReader.readInside(type, notes)
        notes.noteItems(schema)
        currentIndex += 1
        return value
    }
}

extension Whole {
    func decode(_ type: Bool.Type) throws -> Bool { try simple(type) }
    func decode(_ type: String.Type) throws -> String { try simple(type) }
    func decode(_ type: Double.Type) throws -> Double { try simple(type) }
    func decode(_ type: Float.Type) throws -> Float { try simple(type) }
    func decode(_ type: Int.Type) throws -> Int { try simple(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try simple(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try simple(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try simple(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try simple(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try simple(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try simple(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try simple(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try simple(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try simple(type) }

    private func simple<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let (schema, value) = try SchemaReader.readInside(type, notes)
        notes.noteWhole(schema)
        return value
    }
}
