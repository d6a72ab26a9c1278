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

    /// A word that is not one of those that are known: what it is not, the nearest that it could have been, and what to write.
    public static func unknown(
        _ text: String, field: String, what: String, among known: some Sequence<String>, write: String
    ) -> ReportMistake {
        let hint = NearestName.hint(text, among: known)
        return ReportMistake(
            field, "“\(text)” is no \(what)" + (hint.isEmpty ? "; write" : "\(hint) Write") + " \(write).")
    }
}

/// Stretches of time as people write them.
public enum ReportPeriod {
    /// The words that stand for a stretch by themselves.
    public static let words = ["today", "yesterday", "this-week", "last-week", "this-month", "last-month", "all"]

    /// What `all` stands for: before the first call and after the last callback that anybody agrees, 1970 to 2100.
    public static let everything = (
        from: Instant(milliseconds: 0), to: Instant(milliseconds: 4_102_444_800_000)
    )

    /// Reads a stretch of time.
    ///
    /// Both take a word of ``words``, a date, a date with a full quarter hour on the clock, or an instant with its zone;
    /// `since` also takes `7d`, the last seven days with today. A day begins when the clock first shows its midnight, so
    /// that a day of a clock change has 23 or 25 hours; of a time that comes twice, `since` takes the first, `until` the last.
    ///
    /// - Parameters:
    ///   - since: where it begins; a word alone gives its whole stretch; nil from the beginning.
    ///   - until: where it ends, a date or a word with its last day; nil up to the end of today, or of the word in `since`.
    /// - Returns: the first instant that belongs to it and the first after it, both at full quarter hours.
    /// - Throws: `ReportMistake` with the field `since` or `until`.
    public static func read(
        since: String?, until: String?, clock: ZoneClock, now: Instant
    ) throws -> (from: Instant, to: Instant) {
        let reader = PeriodReader(clock: clock, now: now)
        let start = try since.map { try reader.stretch($0, field: "since") }
        let end = try until.map { try reader.stretch($0, field: "until") }
        let from = start?.from ?? everything.from
        // From a point in time on, it goes up to the end of today; without a beginning, over everything.
        let to = end?.to ?? start?.wordEnd ?? (start == nil ? everything.to : reader.midnight(daysFromToday: 1))
        guard from < to else {
            guard end != nil else {
                throw ReportMistake("since", "“\(since ?? "")” is still to come; give an earlier time, or an until.")
            }
            throw ReportMistake("until", "“\(until ?? "")” ends before “\(since ?? "")” begins; exchange the two.")
        }
        return (from, to)
    }
}

/// Reads one end of a stretch on a clock.
private struct PeriodReader {
    /// What a text stands for: a point in time has both ends at it, but for a time that the clock shows twice.
    struct Stretch {
        var from: Instant
        var to: Instant
        /// Where it ends if nothing else is said; nil for what only begins.
        var wordEnd: Instant?
    }

    let clock: ZoneClock
    let now: Instant

    private var today: Int64 { clock.local(at: now).day }

    private func midnight(_ day: Int64) -> Instant { clock.instant(day: day, minute: 0) }
    func midnight(daysFromToday days: Int64) -> Instant { midnight(today + days) }

    func stretch(_ text: String, field: String) throws -> Stretch {
        if let days = word(text) {
            return Stretch(
                from: midnight(days.lowerBound), to: midnight(days.upperBound), wordEnd: midnight(days.upperBound))
        }
        if text == "all" {
            let all = ReportPeriod.everything
            return Stretch(from: all.from, to: all.to, wordEnd: all.to)
        }
        if text.hasSuffix("d"), let days = Int64(text.dropLast()), (1...3660).contains(days) {
            guard field == "since" else {
                throw ReportMistake(field, "“\(text)” counts back from now; write it as since, and until as a date.")
            }
            return Stretch(from: midnight(daysFromToday: 1 - days), to: midnight(daysFromToday: 1))
        }
        if let date = CivilDate(text) {
            return Stretch(from: midnight(date.daysSince1970), to: midnight(date.daysSince1970 + 1))
        }
        if let instant = Instant(iso8601: text) {
            try checkQuarter(instant.milliseconds, text, field)
            return Stretch(from: instant, to: instant)
        }
        if let local = LocalTime(text) {
            try checkQuarter(local.milliseconds, text, field)
            let instants = clock.instants(day: local.day, minute: local.minuteOfDay)
            let first = instants.first ?? clock.instant(day: local.day, minute: local.minuteOfDay)
            return Stretch(from: first, to: instants.last ?? first)
        }
        throw ReportMistake.unknown(
            text, field: field, what: "time", among: ReportPeriod.words,
            write:
                "\(ReportPeriod.words.joined(separator: ", ")), 7d for the last seven days, a date as 2026-11-01, or a time "
                + "as 2026-11-01T14:15")
    }

    /// Sums are kept by quarter hours; one that is cut would be read call by call.
    private func checkQuarter(_ milliseconds: Int64, _ text: String, _ field: String) throws {
        guard milliseconds % 900_000 == 0 else {
            throw ReportMistake(field, "“\(text)” is not at a full quarter hour; write minutes as 00, 15, 30 or 45.")
        }
    }

    /// The local days of a word.
    private func word(_ text: String) -> Range<Int64>? {
        let monday = today - Int64(Weekday(daysSince1970: today).rawValue)
        switch text {
        case "today": return today..<today + 1
        case "yesterday": return today - 1..<today
        case "this-week": return monday..<monday + 7
        case "last-week": return monday - 7..<monday
        case "this-month": return month(0)
        case "last-month": return month(-1)
        default: return nil
        }
    }

    /// The days of this month, or of one before it.
    private func month(_ offset: Int) -> Range<Int64> {
        let date = CivilDate(daysSince1970: today)
        let first = { (months: Int) -> Int64 in
            let index = date.year * 12 + date.month - 1 + months
            return CivilDate(year: index / 12, month: index % 12 + 1, day: 1).daysSince1970
        }
        return first(offset)..<first(offset + 1)
    }
}
