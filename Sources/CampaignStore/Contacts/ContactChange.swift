import Foundation

/// What a person changes of a contact; what it does not name stays as it is.
public struct ContactChange: Sendable, Hashable {
    /// What becomes of one text.
    public enum Text: Sendable, Hashable {
        /// It stays.
        case kept
        /// It becomes this; nil where it is taken away.
        case set(String?)

        /// A text that is named: null, and what holds nothing but blanks, take it away.
        public init(_ text: String?) {
            let trimmed = text.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) } ?? ""
            self = .set(trimmed.isEmpty ? nil : trimmed)
        }

        /// What there is afterwards.
        public func applied(to former: String?) -> String? {
            switch self {
            case .kept: former
            case .set(let text): text
            }
        }
    }

    public var name: Text
    public var externalID: Text
    /// Custom fields and their new texts; nil takes one away.
    public var fields: [(name: String, value: String?)]

    /// A change from its parts.
    public init(name: Text = .kept, externalID: Text = .kept, fields: [(name: String, value: String?)] = []) {
        self.name = name
        self.externalID = externalID
        self.fields = fields
    }

    func applied(to contact: StoredContact) -> ContactEdit {
        let gone = Set(fields.filter { $0.value == nil }.map(\.name))
        let set = fields.compactMap { field in field.value.map { (name: field.name, value: $0) } }
        let kept = ContactFields(contact.fields.pairs.filter { !gone.contains($0.name) })
        return ContactEdit(
            name: name.applied(to: contact.name), externalID: externalID.applied(to: contact.externalID),
            fields: kept.updated(with: ContactFields(set)))
    }

    public static func == (left: ContactChange, right: ContactChange) -> Bool {
        left.name == right.name && left.externalID == right.externalID
            && left.fields.elementsEqual(right.fields) { $0 == $1 }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(externalID)
        for field in fields {
            hasher.combine(field.name)
            hasher.combine(field.value)
        }
    }
}
