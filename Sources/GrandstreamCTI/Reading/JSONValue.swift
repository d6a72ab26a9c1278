import Foundation

/// Any JSON value, with lenient ways to read it: phones differ in case, in number or string, and in 0/1 or boolean.
enum JSONValue: Sendable, Hashable, Decodable {
    case null
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// Reads JSON text. Control characters, which a far end's name may smuggle in, count as spaces, and a byte order
    /// mark is skipped.
    init?(text: String) {
        let readable = text.unicodeScalars.drop { $0 == "\u{FEFF}" }.map { $0.value < 0x20 ? " " : $0 }
        let bytes = Data(String(String.UnicodeScalarView(readable)).utf8)
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: bytes) else { return nil }
        self = value
    }

    /// A member of an object, its name in any case; nil where there is none or it is null.
    subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        let lowercased = name.lowercased()
        let value = members[name] ?? members.first { $0.key.lowercased() == lowercased }?.value
        return value == .null ? nil : value
    }

    /// A string, or a number as text.
    var text: String? {
        switch self {
        case .string(let value): value
        case .integer(let value): String(value)
        case .number(let value): String(value)
        case .null, .boolean, .array, .object: nil
        }
    }

    /// A whole number, or one as text.
    var integer: Int? {
        switch self {
        case .integer(let value): value
        case .string(let value): Int(value)
        case .null, .boolean, .number, .array, .object: nil
        }
    }

    /// A boolean, or a whole number that is not 0, or either as text.
    var flag: Bool? {
        switch self {
        case .boolean(let value): value
        case .string("true"): true
        case .string("false"): false
        case .integer, .string: integer.map { $0 != 0 }
        case .null, .number, .array, .object: nil
        }
    }
}
