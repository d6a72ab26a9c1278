import Campaigns
import Foundation

/// Finds members of a body that nobody reads: one that is ignored is a wish that is lost without a word, such as an agreed time
/// under a name of its own.
///
/// What a body may hold is read off the type that it is decoded to, as for the description of the interface.
enum UnknownMembers {
    /// - Throws: ``Problem`` 422 that names each member, with the one that may be meant.
    static func refuse(in body: Data, for type: any Decodable.Type) throws {
        guard let value = try? JSONSerialization.jsonObject(with: body) else { return }
        var found: [String: String] = [:]
        collect(value, SchemaReader.schema(of: type, known: [:]), under: "", &found)
        guard found.isEmpty else { throw Problem.invalid(found) }
    }

    private static func collect(
        _ value: Any, _ schema: JSONValue, under path: String, _ found: inout [String: String]
    ) {
        switch (value, schema["properties"]) {
        case (let members as [String: Any], .object(let properties)?):
            for (name, member) in members {
                let place = path + name
                if let known = properties[name] ?? camelCase(name, among: properties) {
                    collect(member, known, under: "\(place).", &found)
                } else {
                    found[place] = sentence(place, name, properties.keys.sorted())
                }
            }
        case (let members as [String: Any], _):
            guard let each = schema["additionalProperties"] else { return }
            for (name, member) in members { collect(member, each, under: "\(path)\(name).", &found) }
        case (let items as [Any], _):
            guard let each = schema["items"] else { return }
            for item in items { collect(item, each, under: path, &found) }
        default: return
        }
    }

    /// The member that a name in camelCase is decoded as: `retryAt` for `retry_at`. The decoder matches keys letter by letter, so
    /// `RetryAt` and `RETRYAT` are nobody's.
    private static func camelCase(_ name: String, among properties: [String: JSONValue]) -> JSONValue? {
        guard name.first?.isLowercase == true, !name.contains("_") else { return nil }
        return properties.first { decodedKey($0.key) == name }?.value
    }

    /// The key that `convertFromSnakeCase` makes of a member's name in the description.
    private static func decodedKey(_ wireName: String) -> String {
        let words = wireName.split(separator: "_")
        return words.prefix(1).joined() + words.dropFirst().map { String($0).capitalized }.joined()
    }

    private static func sentence(_ place: String, _ name: String, _ known: [String]) -> String {
        let hint = NearestName.hint(name, among: known)
        let all = known.isEmpty ? "it has none" : "known are \(known.joined(separator: ", "))"
        return "There is no member “\(place.prefix(100))” in this body\(hint.isEmpty ? "; \(all)." : hint)"
    }
}
