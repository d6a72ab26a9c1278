import Foundation

@testable import OffhookServer

/// Holds JSON against a JSON Schema, as far as the interface's document uses them: types, properties, items, words, bounds, references.
struct SchemaValidator {
    let document: JSONValue

    /// What is wrong with a value, each with its place; nothing where it fits.
    func problems(_ value: JSONValue, _ schema: JSONValue, at place: String = "$") -> [String] {
        if case .string(let reference)? = schema["$ref"] {
            guard let target = resolve(reference) else { return ["\(place): \(reference) leads nowhere"] }
            return problems(value, target, at: place)
        }
        var found: [String] = []
        if case .string(let type)? = schema["type"], !Self.isOf(value, type) {
            return ["\(place): is no \(type): \(value)"]
        }
        if case .array(let words)? = schema["enum"], !words.contains(value) {
            found.append("\(place): is none of \(words)")
        }
        if case .object(let values) = value { found += objectProblems(values, schema, at: place) }
        if case .array(let values) = value, let items = schema["items"] {
            found += values.enumerated().flatMap { problems($1, items, at: "\(place)[\($0)]") }
        }
        if case .string(let text) = value {
            if case .string("date-time")? = schema["format"],
                text.wholeMatch(of: #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/#) == nil
            {
                found.append("\(place): is no time: \(text)")
            }
            if case .integer(let most)? = schema["maxLength"], text.count > most {
                found.append("\(place): is too long")
            }
        }
        if case .integer(let number) = value {
            if case .integer(let least)? = schema["minimum"], number < least { found.append("\(place): is too small") }
            if case .integer(let most)? = schema["maximum"], number > most { found.append("\(place): is too large") }
        }
        return found
    }

    private func objectProblems(_ values: [String: JSONValue], _ schema: JSONValue, at place: String) -> [String] {
        var found: [String] = []
        if case .array(let required)? = schema["required"] {
            for case .string(let name) in required where values[name] == nil { found.append("\(place): lacks \(name)") }
        }
        for (name, value) in values {
            if let property = schema["properties"]?[name] {
                found += problems(value, property, at: "\(place).\(name)")
            } else if let more = schema["additionalProperties"] {
                found += problems(value, more, at: "\(place).\(name)")
            } else if schema["properties"] != nil {
                found.append("\(place): has \(name), which the schema does not know")
            }
        }
        return found
    }

    private func resolve(_ reference: String) -> JSONValue? {
        var value: JSONValue? = document
        for part in reference.split(separator: "/").dropFirst() { value = value?[String(part)] }
        return value
    }

    private static func isOf(_ value: JSONValue, _ type: String) -> Bool {
        switch (value, type) {
        case (.object, "object"), (.array, "array"), (.string, "string"), (.bool, "boolean"), (.null, "null"),
            (.integer, "integer"), (.integer, "number"), (.number, "number"):
            true
        default: false
        }
    }
}
