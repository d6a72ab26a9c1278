import CallingRules
import CampaignStore
import Campaigns
import Dialer
import Foundation
import Supervision

/// What a rehearsal shows while it runs: its clock, its calls, and why nothing is dialing.
struct RehearsalProgress {
    /// Causes that are named at most.
    static let mostCauses = 2
    /// What is true of every rehearsal, or of any end of one, and explains nothing.
    static let hiddenCauses: Set<String> = ["no_engine", "no_station_ready"]

    let clock: ZoneClock
    let speed: Double

    /// The lines, always as many.
    ///
    /// - Parameter why: why nothing is dialing; nil where calls are placed.
    func lines(_ status: EngineStatus, why: String?) -> [String] {
        [
            "\(Self.time(status.now, on: clock)), \(PollPunctuality.text(speed)) times real time; \(Self.calls(in: status)) calls placed"
        ] + ProgressDisplay.lines(status) + [why.map { "nothing is dialing: \($0)" } ?? "dialing"]
    }

    /// `2026-12-23 Wed 09:14 in America/New_York`.
    static func time(_ instant: Instant, on clock: ZoneClock) -> String {
        let local = clock.local(at: instant)
        return "\(local.dayText) \(local.spoken) in \(clock.name)"
    }

    /// Calls that ended and calls that run.
    static func calls(in status: EngineStatus) -> Int {
        status.outcomes.values.reduce(0, +) + status.stations.count { $0.dialledAt != nil }
    }

    /// Whether calls are placed, or were within the last minute of the rehearsal.
    static func isDialing(_ status: EngineStatus) -> Bool {
        status.callsLastMinute > 0 || status.stations.contains { $0.attempt != nil }
    }

    /// The first causes in one line, those of one text together; nil where there are none.
    static func text(_ causes: [Standstill.Cause]) -> String? {
        var contacts: [String: Int] = [:]
        var texts: [String] = []
        for cause in causes where !hiddenCauses.contains(cause.code) {
            if !texts.contains(cause.text) { texts.append(cause.text) }
            if let count = cause.contacts { contacts[cause.text, default: 0] += count }
        }
        let told = texts.prefix(mostCauses).map { text in contacts[text].map { "\($0) contacts \(text)" } ?? text }
        return told.isEmpty ? nil : told.joined(separator: "; ")
    }
}

/// Asks why nothing is dialing, and not more often than the answer's cost allows: it is a look at all contacts.
struct StandstillWatch {
    /// The least real time between two looks.
    static let pause: Duration = .seconds(3)

    let campaign: String
    let store: CampaignStore
    let share: ShareData
    private var next = ContinuousClock.now
    private var last: String?

    init(of campaign: String, in store: CampaignStore, _ share: ShareData) {
        (self.campaign, self.store, self.share) = (campaign, store, share)
    }

    /// Why nothing is dialing; nil where calls are placed, or nothing is known yet.
    mutating func why(_ status: EngineStatus) -> String? {
        guard !RehearsalProgress.isDialing(status) else {
            last = nil
            return nil
        }
        let now = ContinuousClock.now
        if now >= next {
            last = (try? causes(at: status.now)).flatMap(RehearsalProgress.text)
            next = ContinuousClock.now + max(Self.pause, (ContinuousClock.now - now) * 10)
        }
        return last ?? status.holds.first?.reason.text ?? "calls wait for a station, or for a contact that is due"
    }

    /// What holds the campaign back at an instant.
    func causes(at now: Instant) throws -> [Standstill.Cause] {
        try Standstill(of: try store.campaign(named: campaign), in: store, share, at: now).causes
    }
}
