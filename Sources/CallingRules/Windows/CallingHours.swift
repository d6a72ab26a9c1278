import Campaigns

/// When an area may be called: the campaign's windows and the pack's, in every zone the number could be in.
public struct CallingHours: Sendable {
    /// Everything that must be open; empty means always open.
    public let windows: [WindowInZone]
    /// Why the hours cannot be told; a call is then denied until a person changes something.
    public let problem: Reason?

    /// The hours of an area under a campaign's rules and pack.
    public init(area: Area, rules: CallingRulesSettings, pack: RulePack, clocks: ZoneClocks) {
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

        if let own = rules.windows {
            switch rules.timeZone {
            case .contact:
                if contactClocks.isEmpty { problem = problem ?? noZone }
                windows += contactClocks.map { WindowInZone(windows: own, clock: $0, source: "the campaign's hours") }
            case .fixed(let name):
                if let clock = clocks.clock(name) {
                    windows.append(WindowInZone(windows: own, clock: clock, source: "the campaign's hours"))
                } else {
                    problem = Reason(
                        code: "zone_unknown",
                        text:
                            "The campaign's time zone “\(name)” is not known; write an IANA name such as America/New_York."
                    )
                }
            }
        }
        switch pack.hours(for: area) {
        case .always: break
        case .unknown(let reason): problem = problem ?? reason
        case .windows(let hours, let place):
            if contactClocks.isEmpty { problem = problem ?? noZone }
            let source = "pack \(pack.name), \(place)"
            windows += contactClocks.map { WindowInZone(windows: hours, clock: $0, source: source) }
        }
        self.windows = windows
        self.problem = problem
    }

    /// Whether a call may start at an instant and ring for up to `margin`; if not, why, and when it may.
    public func verdict(at instant: Instant, margin: Duration) -> Verdict {
        if let problem { return .denied(until: nil, [problem]) }
        let closed = windows.filter { !$0.isOpen(at: instant, margin: margin) }
        if closed.isEmpty { return .allowed }
        let reasons = closed.map { window in
            Reason(
                code: "calling_hours",
                text:
                    "It is \(window.clock.local(at: instant).spoken) in \(window.clock.name), outside \(window.source)."
            )
        }
        return .denied(until: nextOpening(from: instant, margin: margin), reasons)
    }

    /// The first instant at which every window is open; nil if there is none within 15 days of searching.
    public func nextOpening(from instant: Instant, margin: Duration) -> Instant? {
        if problem != nil { return nil }
        var candidate = instant
        // Each round moves to the latest opening; where zones never overlap the search ends after two weeks.
        while candidate.since(instant) <= .seconds(15 * 86_400) {
            var next = candidate
            for window in windows {
                guard let opening = window.nextOpening(from: next, margin: margin) else { return nil }
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
}
