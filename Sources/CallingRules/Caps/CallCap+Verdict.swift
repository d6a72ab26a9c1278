import Campaigns

extension CallCap {
    /// The calls that count at an instant.
    ///
    /// A call leaves the window when it is exactly `within` old. Calls of the future (a clock that was set back) count.
    public func counted(at instant: Instant, calls: [PastCall]) -> [PastCall] {
        let counted = calls.filter { call in
            (subject == .contact || call.isThisNumber) && (counting == .attempts || call.conversedAt != nil)
        }
        return within.map { within in counted.filter { $0.at > instant - within } } ?? counted
    }

    /// Whether one more call fits at an instant.
    public func verdict(at instant: Instant, calls: [PastCall]) -> Verdict {
        let recent = counted(at: instant, calls: calls)
        guard recent.count >= limit else { return .allowed }
        let times = recent.map(\.at).sorted()
        let window = within.map { " within \(DurationText.spoken($0))" } ?? ""
        let what = counting == .attempts ? "called" : "spoken to"
        let text =
            "The \(subject.rawValue) was \(what) \(recent.count) times\(window); at most \(limit) (\(source))."
        // The call becomes possible when all but `limit - 1` of the recent ones have left the window.
        let until = within.map { times[times.count - limit] + $0 }
        return .denied(until: until, [Reason(code: "attempt_cap", text: text)])
    }
}

extension Silence {
    /// Whether the silence after the last refusal or conversation is over.
    ///
    /// It ends exactly `lasting` after it began.
    public func verdict(at instant: Instant, calls: [PastCall]) -> Verdict {
        let began = calls.compactMap { after == .refusal ? $0.refusedAt : $0.conversedAt }.max()
        guard let began else { return .allowed }
        let until = lasting.map { began + $0 }
        if let until, until <= instant { return .allowed }
        let what = after == .refusal ? "refused" : "was spoken to"
        let text =
            "The person \(what) on \(began.iso8601.prefix(10)): \(lasting.map(DurationText.spoken) ?? "for ever") without a call (\(source))."
        return .denied(until: until, [Reason(code: "silence_after_\(after.rawValue)", text: text)])
    }
}
