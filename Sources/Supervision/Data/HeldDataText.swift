import CampaignStore
import Campaigns
import Foundation
import PhoneNumbers

/// What is held of a person as one JSON document; times in ISO 8601, documents within as JSON.
public enum HeldDataText {
    /// The document of a number.
    public static func json(_ sections: [HeldSection], number: PhoneNumber) -> String {
        var document: [String: Any] = ["number": number.e164]
        for section in sections {
            document[section.name] = section.rows.map { row in
                Dictionary(uniqueKeysWithValues: row.map { ($0.key, value($0.value, column: $0.key)) })
            }
        }
        let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // Strings, whole numbers and null, in arrays and dictionaries: JSON has a form for each.
        guard let data = try? JSONSerialization.data(withJSONObject: document, options: options) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }

    private static func value(_ value: HeldValue, column: String) -> Any {
        switch value {
        case .none: return NSNull()
        case .real(let real): return real
        case .integer(let integer):
            let isTime =
                (column == "at" || column.hasSuffix("_at") || column.hasSuffix("_until")) && integer > 1_000_000
            return isTime ? Instant(milliseconds: integer).iso8601 : integer
        case .text(let text):
            guard text.hasPrefix("[") || text.hasPrefix("{"),
                let nested = try? JSONSerialization.jsonObject(with: Data(text.utf8))
            else { return text }
            return nested
        }
    }
}
