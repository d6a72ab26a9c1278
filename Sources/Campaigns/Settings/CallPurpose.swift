/// What a campaign's calls are for, as far as laws tell purposes apart.
public enum CallPurpose: String, Sendable, CaseIterable, Hashable, Comparable {
    /// Selling; what a campaign is for that says nothing else, since the strictest rules are about it.
    case sales
    case debtCollection = "debt_collection"
    /// Asking for gifts on behalf of a charity.
    case charity
    /// Research that sells nothing.
    case survey
    /// Elections, parties and causes.
    case political
    /// Calls to businesses about their business.
    case business

    /// In the order of their names.
    public static func < (left: CallPurpose, right: CallPurpose) -> Bool { left.rawValue < right.rawValue }

    /// What is wrong with a purpose's name, as a sentence that names the nearest; nil where it is one.
    package static func problem(_ text: String) -> String? {
        guard CallPurpose(rawValue: text) == nil else { return nil }
        let known = allCases.map(\.rawValue)
        let hint = NearestName.hint(text, among: known)
        return "“\(text)” is not a purpose of calls that Offhook knows"
            + (hint.isEmpty ? "; write one of \(known.joined(separator: ", "))" : hint)
    }
}

/// Where a contact's fields say that it bought something or asked for something, and when.
public struct RelationshipSettings: Sendable, Hashable {
    /// The custom field with the date of the last purchase or payment, `2026-03-01`.
    public var purchaseField = "purchase_date"
    /// The custom field with the date of the last inquiry or application, `2026-03-01`.
    public var inquiryField = "inquiry_date"

    /// The fields `purchase_date` and `inquiry_date`.
    public init() {}
}
