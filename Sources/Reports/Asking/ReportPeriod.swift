import CallingRules
import Campaigns

/// A question that cannot be answered as it was put: the option or field, and what to write instead.
public struct ReportMistake: Error, Sendable, Hashable, CustomStringConvertible {
    /// Such as `since`, as an option or a field is named.
    public var field: String
    public var description: String

    /// A mistake from its parts.
    public init(_ field: String, _ description: String) {
        self.field = field
        self.description = description
    }
}

/// Stretches of time as people write them.
public enum ReportPeriod {
    /// The words that stand for a stretch by themselves.
    public static let words = ["today", "yesterday", "this-week", "last-week", "this-month", "last-month", "all"]
}
