import Campaigns

/// What a contact's fields say of purchases and inquiries, as the list gave it.
public struct Relationship: Sendable, Hashable {
    /// The days of the last purchase and inquiry, as days since 1970; nil where the fields give none that can be read.
    public var purchase: Int64?
    public var inquiry: Int64?

    /// A relationship from a contact's fields, name and value, by the names that a campaign gives them.
    public init(fields: [[String]], settings: RelationshipSettings) {
        let day = { (name: String) in
            Consent.value(of: name, in: fields).flatMap { CivilDate(String($0.prefix(10))) }?.daysSince1970
        }
        purchase = day(settings.purchaseField)
        inquiry = day(settings.inquiryField)
    }

    /// What tells it from other relationships.
    public var kind: String { "\(purchase.map(String.init) ?? "-")/\(inquiry.map(String.init) ?? "-")" }
}
