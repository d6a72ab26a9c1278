import Campaigns
import PhoneNumbers

/// What a do-not-call entry covers.
public enum SuppressionSubject: Sendable, Hashable, CustomStringConvertible {
    /// One number.
    case number(PhoneNumber)
    /// All numbers that begin with these E.164 digits, 1 to 14 of them.
    case prefix(Int64)

    /// Reads `+1201*`; nil if the text is no such pattern.
    public init?(prefix text: String) {
        guard let prefix = NumberPrefix(text) else { return nil }
        self = .prefix(prefix.digits)
    }

    /// `+12015550123`, or `+1201*`.
    public var description: String {
        switch self {
        case .number(let number): number.e164
        case .prefix(let prefix): "+\(prefix)*"
        }
    }
}

/// A do-not-call entry.
public struct SuppressionEntry: Sendable, Hashable {
    public var subject: SuppressionSubject
    /// The campaign it is limited to; nil for everywhere.
    public var campaign: String?
    /// Where it came from: a registry's name, `agent`, `by hand`.
    public var source: String
    public var addedAt: Instant
    /// When it ends by itself; nil for never.
    public var endsAt: Instant?
}

/// A named source of do-not-call entries, such as a registry's file.
public struct SuppressionSource: Sendable, Hashable {
    /// Its name; empty for what people and agents add one by one.
    public var name: String
    /// The campaign it is limited to; nil for everywhere.
    public var campaign: String?
    /// The file that it was loaded from last.
    public var file: String?
    public var entries: Int
    /// When its file was loaded: the date of the entries that have none of their own.
    public var loadedAt: Instant
    /// As of when it is up to date: when it was loaded whole, or brought up to date by a file of changes.
    public var currentAt: Instant
}
