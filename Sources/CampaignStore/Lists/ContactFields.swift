import Foundation

/// A contact's custom fields: names and texts in the list's order, as one JSON array of pairs.
public struct ContactFields: Sendable, Hashable {
    /// `[["Plan","Gold"],["City","Ely"]]`
    public private(set) var json: String

    /// No fields.
    public init() {
        json = "[]"
    }

    /// Fields as they are stored.
    public init(json: String) {
        self.json = json
    }

    /// Fields in order.
    public init(_ pairs: some Collection<(name: String, value: String)>) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(pairs.reduce(2) { $0 + $1.name.utf8.count + $1.value.utf8.count + 8 })
        bytes.append(UInt8(ascii: "["))
        for pair in pairs {
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(UInt8(ascii: "["))
            Self.write(pair.name, to: &bytes)
            bytes.append(UInt8(ascii: ","))
            Self.write(pair.value, to: &bytes)
            bytes.append(UInt8(ascii: "]"))
        }
        bytes.append(UInt8(ascii: "]"))
        json = String(decoding: bytes, as: UTF8.self)
    }

    /// Fields in order, each a name and a text; what is no pair is left out.
    public init(_ pairs: [[String]]) {
        self.init(pairs.compactMap { $0.count == 2 ? (name: $0[0], value: $0[1]) : nil })
    }

    /// The fields again, in order.
    public var pairs: [(name: String, value: String)] {
        let read = try? JSONDecoder().decode([[String]].self, from: Data(json.utf8))
        return (read ?? []).compactMap { $0.count == 2 ? ($0[0], $0[1]) : nil }
    }

    /// These fields, with newer texts in place of those of the same name and new names at the end.
    public func updated(with newer: ContactFields) -> ContactFields {
        var merged = pairs
        for pair in newer.pairs {
            if let index = merged.firstIndex(where: { $0.name == pair.name }) {
                merged[index].value = pair.value
            } else {
                merged.append(pair)
            }
        }
        return ContactFields(merged)
    }

    /// A JSON string (RFC 8259): quotes, backslashes and control characters are escaped, the rest stays UTF-8.
    private static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(hex[Int(byte >> 4)])
                bytes.append(hex[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static let hex = Array("0123456789abcdef".utf8)
}
