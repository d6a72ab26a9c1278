/// Holidays worked out once, so that a look costs the same however many rules there are.
public struct HolidayCalendar: Sendable, Hashable {
    /// The years that are worked out; outside them no day is a holiday.
    public static let years = 2000...2079
    /// No holidays.
    public static let none = HolidayCalendar([])

    /// The rules it was made of.
    public let rules: [HolidayRule]
    /// Names by days since 1970.
    private let names: [Int64: String]

    /// A calendar of some rules.
    public init(_ rules: [HolidayRule]) {
        self.rules = rules
        var names: [Int64: String] = [:]
        for rule in rules {
            for day in Self.years.flatMap({ rule.days(in: $0) }) { names[day.daysSince1970] = rule.name }
        }
        self.names = names
    }

    /// Whether it knows no holidays at all.
    public var isEmpty: Bool { rules.isEmpty }

    /// The name of the holiday that falls on a local day; nil on any other day.
    public func name(ofDay day: Int64) -> String? { names.isEmpty ? nil : names[day] }
}
