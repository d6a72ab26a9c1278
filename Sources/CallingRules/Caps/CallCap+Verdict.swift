import Campaigns

extension CallCap {
    /// The calls that count at an instant.
    ///
    /// A call leaves the window when it is exactly `within` old, or with the last of its calendar days. Calls of the future (a clock
    /// that was set back) count.
    /// - Parameter clocks: of every zone that the number could be in, for calendar days.
    public func counted(at instant: Instant, calls: [PastCall], clocks: [ZoneClock] = []) -> [PastCall] {
        let counted = calls.filter { call in
            (subject == .contact || call.isThisNumber) && (counting == .attempts || call.conversedAt != nil)
        }
        return within.map { within in counted.filter { end(of: $0.at, within, clocks) > instant } } ?? counted
    }

    /// Whether one more call fits at an instant.
    public func verdict(at instant: Instant, calls: [PastCall], clocks: [ZoneClock] = []) -> Verdict {
        let recent = counted(at: instant, calls: calls, clocks: clocks)
        guard recent.count >= limit else { return .allowed }
        let times = recent.map(\.at).sorted()
        let window = within.map { " within \(CalendarDays.spoken($0, inCalendarDays))" } ?? ""
        let what = counting == .attempts ? "called" : "spoken to"
        let text =
            "The \(subject.rawValue) was \(what) \(recent.count) times\(window); at most \(limit) (\(source))."
        // The call becomes possible when all but `limit - 1` of the recent ones have left the window.
        let until = within.map { end(of: times[times.count - limit], $0, clocks) }
        return .denied(until: until, [Reason(code: "attempt_cap", text: text)])
    }

    private func end(of call: Instant, _ within: Duration, _ clocks: [ZoneClock]) -> Instant {
        inCalendarDays ? CalendarDays.end(of: within, from: call, on: clocks) : call + within
    }
}

extension Silence {
    /// Whether the silence after the last refusal or conversation is over.
    ///
    /// It ends exactly `lasting` after it began, or with the last of its calendar days.
    /// - Parameter clocks: of every zone that the number could be in, for calendar days.
    public func verdict(at instant: Instant, calls: [PastCall], clocks: [ZoneClock] = []) -> Verdict {
        let began = calls.compactMap { after == .refusal ? $0.refusedAt : $0.conversedAt }.max()
        guard let began else { return .allowed }
        let until = lasting.map { lasting in
            inCalendarDays ? CalendarDays.end(of: lasting, from: began, on: clocks) : began + lasting
        }
        if let until, until <= instant { return .allowed }
        let what = after == .refusal ? "refused" : "was spoken to"
        let length = lasting.map { CalendarDays.spoken($0, inCalendarDays) } ?? "for ever"
        let text =
            "The person \(what) on \(began.iso8601.prefix(10)): \(length) without a call (\(source))."
        return .denied(until: until, [Reason(code: "silence_after_\(after.rawValue)", text: text)])
    }
}

extension CalendarDays {
    /// When a window of calendar days is over: at the end of its last day, by the clock on which that is latest.
    ///
    /// - Parameter clocks: of every zone that the place could be in; without any, as late as any clock could have it.
    static func end(of window: Duration, from call: Instant, on clocks: [ZoneClock]) -> Instant {
        let days = window.components.seconds / 86_400
        return clocks.map { $0.instant(day: $0.local(at: call).day + days + 1, minute: 0) }.max()
            ?? call + window + slack
    }
}
