import Foundation
import Hummingbird

/// The fields of a form, in the order in which they came.
public struct FormFields: Sendable, Hashable {
    private var fields: [(name: String, value: String)] = []

    /// No fields.
    public init() {}

    /// Fields as a browser encodes them.
    public init(urlEncoded text: String) {
        fields = text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decoded(parts[0]), parts.count > 1 ? Self.decoded(parts[1]) : "")
        }
    }

    /// The first value of a field; nil where it did not come.
    public subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// All values of a field.
    public func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// The value without white space around it; nil where nothing is left.
    public func text(_ name: String) -> String? {
        self[name].map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func decoded(_ text: Substring) -> String {
        let spaced = text.replacing("+", with: " ")
        return spaced.removingPercentEncoding ?? String(spaced)
    }

    public static func == (left: FormFields, right: FormFields) -> Bool {
        left.fields.map(\.name) == right.fields.map(\.name) && left.fields.map(\.value) == right.fields.map(\.value)
    }

    public func hash(into hasher: inout Hasher) {
        for field in fields {
            hasher.combine(field.name)
            hasher.combine(field.value)
        }
    }
}

extension Request {
    /// The fields of a form that was sent by its address, where a plus stands for a space.
    public var search: FormFields { FormFields(urlEncoded: uri.query ?? "") }
}

extension String {
    /// Without white space around it.
    var trimmed: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
