import Campaigns

/// When an area may be called: the campaign's windows and holidays and those of every pack, in every zone the number could be in.
public struct CallingHours: Sendable {
    /// Everything that must be open; empty means always open.
    public let windows: [WindowInZone]
    /// Why the hours cannot be told; a call is then denied until a person changes something.
    public let problem: Reason?
    /// The same windows by clock.
    private let zones: [ZoneHours]

    /// The hours of an area under a campaign's rules and packs.
    ///
    /// - Parameter holidays: the campaign's own, on the clock of its windows.
    public init(
        area: Area, rules: CallingRulesSettings, holidays: HolidayCalendar, book: RuleBook, clocks: ZoneClocks
    ) {
        self.init(
            area: area, rules: rules, holidays: holidays,
            holding: book.holding(in: area, purposes: rules.claimedPurposes, automated: rules.isAutomated),
            clocks: clocks)
    }

    /// The hours of an area under a campaign's rules and those rules of packs that hold for a contact.
    ///
    /// - Parameter holidays: the campaign's own, on the clock of its windows.
    public init(
        area: Area, rules: CallingRulesSettings, holidays: HolidayCalendar, holding: RuleBook.Holding,
        clocks: ZoneClocks
    ) {
        var windows: [WindowInZone] = []
        var problem: Reason?
        let zones = area.zones.map { (name: $0, clock: clocks.clock($0)) }
        if let unknown = zones.first(where: { $0.clock == nil }) {
            problem = Reason(
                code: "zone_unknown",
                text: "The time zone “\(unknown.name)” is not known to this machine; update tzdata.")
        }
        let contactClocks = zones.compactMap(\.clock)
        let noZone = Reason(
            code: "zone_unknown", text: "The number's time zone is not known, so its calling hours cannot be told.")
        if rules.windows != nil || !holidays.isEmpty {
            let own = rules.windows ?? .always
            let source = rules.windows == nil ? "the campaign's holidays" : "the campaign's hours"
            switch rules.timeZone {
            case .contact:
                if contactClocks.isEmpty { problem = problem ?? noZone }
                windows += contactClocks.map {
                    WindowInZone(windows: own, clock: $0, holidays: holidays, source: source)
                }
            case .fixed(let name):
                if let clock = clocks.clock(name) {
                    windows.append(WindowInZone(windows: own, clock: clock, holidays: holidays, source: source))
                } else {
                    problem = Reason(
                        code: "zone_unknown",
                        text:
                            "The campaign's time zone “\(name)” is not known; write an IANA name such as America/New_York."
                    )
                }
            }
        }
        problem = problem ?? holding.problem
        for entry in holding.entries {
            let rule = entry.rule
            guard rule.isClosed || rule.windows != nil || !rule.holidays.isEmpty else { continue }
            if contactClocks.isEmpty { problem = problem ?? noZone }
            let source = entry.place(in: area)
            windows += contactClocks.map {
                WindowInZone(
                    windows: rule.isClosed ? .never : rule.windows ?? .always, clock: $0, holidays: rule.holidays,
                    source: rule.isClosed ? "\(source): \(rule.source)" : source, days: rule.days)
            }
        }
        self.windows = windows
        self.problem = problem
        self.zones = ZoneHours.grouped(windows)
    }

    /// Whether a call may start at an instant and ring for up to `margin`; if not, why, and when it may.
    public func verdict(at instant: Instant, margin: Duration) -> Verdict {
        if let problem { return .denied(until: nil, [problem]) }
        if zones.allSatisfy({ $0.isOpen(at: instant, margin: margin) }) { return .allowed }
        let closed = windows.filter { !$0.isOpen(at: instant, margin: margin) }
        let reasons = closed.map { window -> Reason in
            let local = window.clock.local(at: instant)
            if window.isNeverOpen {
                let until = window.lastDay.map { " until the end of \($0.text)" } ?? ""
                return Reason(
                    code: "closed",
                    text:
                        "It is \(local.spoken) in \(window.clock.name), where no call is allowed\(until) (\(window.source))."
                )
            }
            if let holiday = window.holiday(on: local.day) {
                return Reason(
                    code: "holiday",
                    text: "It is \(local.spoken) in \(window.clock.name), \(holiday) (\(window.source)).")
            }
            return Reason(
                code: "calling_hours",
                text: "It is \(local.spoken) in \(window.clock.name), outside \(window.source).")
        }
        return .denied(until: nextOpening(from: instant, margin: margin), reasons)
    }

    /// The first instant at which every window is open; nil if there is none within a year.
    public func nextOpening(from instant: Instant, margin: Duration) -> Instant? {
        if problem != nil { return nil }
        var candidate = instant
        // Each round moves to the latest opening; where windows never overlap the search ends after a year, or after the last day of
        // a rule that ends later.
        let end = windows.compactMap(\.searchEndDay).map { Instant(milliseconds: $0 * 86_400_000) }
            .reduce(instant + .seconds(WindowInZone.horizon * 86_400), max)
        while candidate <= end {
            var next = candidate
            for zone in zones {
                guard let opening = zone.nextOpening(from: next, margin: margin) else { return nil }
                next = max(next, opening)
            }
            if next == candidate { return candidate }
            candidate = next
        }
        return nil
    }

    /// The first instant after `instant` at which the verdict can change; nil if it never does.
    public func nextEdge(after instant: Instant, margin: Duration) -> Instant? {
        windows.compactMap { $0.nextEdge(after: instant, margin: margin) }.min()
    }

    /// The window that opens last of those that are closed at an instant, and when, for counting contacts by what they wait for.
    public func opensLast(at instant: Instant, margin: Duration) -> (window: WindowInZone, opens: Instant)? {
        windows.filter { !$0.isOpen(at: instant, margin: margin) }
            .compactMap { window in
                ZoneHours(clock: window.clock, windows: [window]).nextOpening(from: instant, margin: margin)
                    .map { (window: window, opens: $0) }
            }
            .max { $0.opens < $1.opens }
    }
}

extension WeeklyWindows {
    /// Open at no minute of the week.
    static let never = WeeklyWindows([:])

    /// Open at every minute of the week.
    public static let always = WeeklyWindows(
        Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [0..<1440]) }))
}
