/// The clocks of one IANA time zone through all years, looked up by halving.
public struct Zone: Sendable, Hashable {
    /// Years up to which the rule of later years is written out; after them it is worked out for each look.
    private static let lastYear = 2100

    /// The name that was asked for, which may be an old one.
    public let name: String
    /// When each local time begins, in seconds since 1970, ascending; the first holds from ever on.
    private let begins: [Int64]
    private let types: [ZoneFile.LocalType]
    /// The same without changes that move no clock: what nearly every look needs.
    private let offsetBegins: [Int64]
    private let offsets: [Int32]
    /// From when on `rule` tells; nil where the last type holds for good.
    private let ruledFrom: Int64?
    private let rule: ZoneRule?

    init(name: String, _ file: ZoneFile) {
        self.name = name
        var begins = [Int64.min]
        var types = [file.transitions.isEmpty ? file.rule?.standard ?? file.first : file.first]
        begins += file.transitions
        types += file.types
        rule = file.rule?.daylight == nil ? nil : file.rule
        if let rule {
            // A file without changes is its rule alone, in all years.
            let last = file.transitions.last
            let firstYear = last.map { Gregorian.year(ofDay: $0.quotient(flooredBy: 86_400)) } ?? 1900
            ruledFrom = Gregorian.days(max(Self.lastYear, firstYear + 1), 1, 1) * 86_400
            for change in rule.changes(years: firstYear...max(Self.lastYear, firstYear + 1))
            where change.at > last ?? .min && change.type != types[types.count - 1] {
                begins.append(change.at)
                types.append(change.type)
            }
        } else {
            ruledFrom = nil
        }
        self.begins = begins
        self.types = types
        let moves = begins.indices.filter { $0 == 0 || types[$0].offset != types[$0 - 1].offset }
        offsetBegins = moves.map { begins[$0] }
        offsets = moves.map { Int32(types[$0].offset) }
    }

    /// Whether two zones' clocks show the same at every instant.
    public func hasSameClocks(as other: Zone) -> Bool {
        offsetBegins == other.offsetBegins && offsets == other.offsets && rule == other.rule
    }

    /// Whether the clocks of two zones ever show another time within a stretch.
    func differs(from other: Zone, during seconds: ClosedRange<Int64>) -> Bool {
        var next: Int64? = seconds.lowerBound
        while let second = next, second <= seconds.upperBound {
            if utcOffset(at: second) != other.utcOffset(at: second) { return true }
            next = [nextChange(after: second), other.nextChange(after: second)].compactMap { $0 }.min()
        }
        return false
    }

    /// Seconds to add to UTC for local time.
    ///
    /// - Parameter second: since 1970 UTC.
    public func utcOffset(at second: Int64) -> Int {
        if let rule, let ruledFrom, second >= ruledFrom { return rule.type(at: second).offset }
        return Int(offsets[Self.firstBegin(after: second, in: offsetBegins) - 1])
    }

    /// What local time is called at an instant: `EST`, `CEST`, or an offset such as `-03` where it has no name.
    ///
    /// - Parameter second: since 1970 UTC.
    public func abbreviation(at second: Int64) -> String { type(at: second).abbreviation }

    /// Whether the zone's data call local time at an instant daylight time.
    ///
    /// - Parameter second: since 1970 UTC.
    public func isDaylight(at second: Int64) -> Bool { type(at: second).isDaylight }

    /// When the clocks move next after an instant, in seconds since 1970 UTC; nil where they never do.
    public func nextChange(after second: Int64) -> Int64? {
        let index = Self.firstBegin(after: second, in: offsetBegins)
        if index < offsetBegins.count { return offsetBegins[index] }
        guard let rule else { return nil }
        let year = Gregorian.year(ofDay: second.quotient(flooredBy: 86_400))
        var before = utcOffset(at: second)
        for change in rule.changes(years: (year - 2)...(year + 2)) where change.at > second {
            if change.type.offset != before { return change.at }
            before = change.type.offset
        }
        return nil
    }

    private func type(at second: Int64) -> ZoneFile.LocalType {
        if let rule, let ruledFrom, second >= ruledFrom { return rule.type(at: second) }
        return types[Self.firstBegin(after: second, in: begins) - 1]
    }

    private static func firstBegin(after second: Int64, in begins: [Int64]) -> Int {
        var low = 1
        var high = begins.count
        while low < high {
            let middle = (low + high) / 2
            if begins[middle] <= second { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Zone {
    /// Universal time, which needs no data.
    public static let utc = Zone(
        name: "Etc/UTC", ZoneFile(ZoneFile.LocalType(offset: 0, isDaylight: false, abbreviation: "UTC")))
}
