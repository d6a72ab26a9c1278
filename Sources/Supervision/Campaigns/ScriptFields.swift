import CampaignStore
import Campaigns
import ListImport
import PhoneNumbers

/// How a script's fields are found among those of contacts and lists.
public enum ScriptFields {
    /// The fields of a script that none of some names stands for: the names differ in more than ``FieldKey`` allows, and are not
    /// two headers for the same part of a name, such as `first name` and `Vorname`.
    public static func missing(_ wanted: [String], among names: some Sequence<String>) -> [String] {
        var keys: Set<FieldKey> = []
        var parts: Set<ListField> = []
        for name in names {
            keys.insert(FieldKey(name))
            if let part = ListField.partOfName(header: name) { parts.insert(part) }
        }
        return wanted.filter { name in
            !keys.contains(FieldKey(name)) && ListField.partOfName(header: name).map { !parts.contains($0) } ?? true
        }
    }
}

extension CallScript {
    /// What to fill in for a contact: its values, and first and last name under the words that the script has for them.
    ///
    /// - Parameters:
    ///   - campaign: the campaign's name.
    ///   - number: the number that is being called; the card's where nil.
    public func values(
        of card: ContactCard, campaign: String, number: PhoneNumber? = nil
    ) -> [(name: String, value: String)] {
        let own = card.fields.pairs.filter { !$0.value.isEmpty }
        let parts = fields.compactMap { name -> (name: String, value: String)? in
            guard let part = ListField.partOfName(header: name) else { return nil }
            return own.first { ListField.partOfName(header: $0.name) == part }.map { (name, $0.value) }
        }
        return card.scriptValues(campaign: campaign, number: number) + parts
    }
}
