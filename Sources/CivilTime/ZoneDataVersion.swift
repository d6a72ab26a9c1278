import Foundation

/// A release of the IANA time zone data, such as 2026f.
public struct ZoneDataVersion: Sendable, Hashable, CustomStringConvertible {
    /// After so many days data are old: governments changed clocks within them in each of the last 20 years.
    public static let oldAfterDays = 400

    /// Such as `2026f`; nil where the data do not say.
    public let name: String?
    /// When it was released, in days since 1970-01-01; nil where that cannot be told.
    public let releasedOnDay: Int64?

    /// Data that do not say what they are.
    public static let unknown = ZoneDataVersion(name: nil)

    /// A release by its name.
    ///
    /// - Parameter modifiedOnDay: when its file was last written, in days since 1970-01-01. It dates a release that was not yet out
    ///   when this program was made, as far as it lies in the year of the release's name.
    public init(name: String?, modifiedOnDay: Int64? = nil) {
        self.name = name
        releasedOnDay = name.flatMap { Self.day(of: $0, modifiedOnDay: modifiedOnDay) }
    }

    /// Whole days since the release; nil where its date is not known.
    ///
    /// - Parameter second: now, in seconds since 1970 UTC.
    public func age(at second: Int64) -> Int64? {
        releasedOnDay.map { second.quotient(flooredBy: 86_400) - $0 }
    }

    /// Whether people are to be warned of their age: it is more than ``oldAfterDays``, or not known.
    ///
    /// - Parameter second: now, in seconds since 1970 UTC.
    public func isOld(at second: Int64) -> Bool { age(at: second).map { $0 > Int64(Self.oldAfterDays) } ?? true }

    /// `2026f`, or `unknown`.
    public var description: String { name ?? "unknown" }

    /// Dates of releases as the file NEWS of the IANA data has them (that of 2026f, read 2026-12-01).
    private static let releases: [String: (month: Int, day: Int)] = [
        "2020a": (4, 23), "2020b": (10, 6), "2020c": (10, 16), "2020d": (10, 21), "2020e": (12, 22), "2020f": (12, 29),
        "2021a": (1, 24), "2021b": (9, 24), "2021c": (10, 1), "2021d": (10, 15), "2021e": (10, 21), "2022a": (3, 15),
        "2022b": (8, 10), "2022c": (8, 15), "2022d": (9, 23), "2022e": (10, 11), "2022f": (10, 28), "2022g": (11, 29),
        "2023a": (3, 22), "2023b": (3, 23), "2023c": (3, 28), "2023d": (12, 21), "2024a": (2, 1), "2024b": (9, 4),
        "2025a": (1, 15), "2025b": (3, 22), "2025c": (12, 10), "2026a": (3, 1), "2026b": (4, 22), "2026c": (7, 8),
        "2026d": (9, 11), "2026e": (9, 29), "2026f": (10, 27),
    ]

    private static func day(of name: String, modifiedOnDay modified: Int64?) -> Int64? {
        guard let year = Int(name.prefix(4)), name.prefix(4).count == 4, (1990...9999).contains(year) else {
            return nil
        }
        if let date = releases[String(name.prefix(5))] { return Gregorian.days(year, date.month, date.day) }
        let newYear = Gregorian.days(year, 1, 1)
        // The older reading where nothing says more: a warning too early does less harm than one too late.
        guard let modified else { return newYear }
        return min(max(modified, newYear), Gregorian.days(year, 12, 31))
    }
}
