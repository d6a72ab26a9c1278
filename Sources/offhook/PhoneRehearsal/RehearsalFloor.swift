import CallingRules
import CampaignStore
import Campaigns
import Dialer
import Eligibility
import Foundation
import PhoneSimulator
import Supervision

/// What a rehearsal dials with and whom: the copy of the database, the virtual phones in it, and the clock's beginning and end.
struct RehearsalFloor: Sendable {
    /// What is asked of a rehearsal.
    struct Plan: Sendable {
        var campaign: String
        var from: String
        /// A time, or how long; nil up to the end of the day's hours.
        var until: String?
        var zone: String?
        var stations: Int?
        var speed: Double
    }

    let store: CampaignStore
    let simulator: PhoneSimulator
    let campaign: StoredCampaign
    let clock: ZoneClock
    let start: Instant
    let end: Instant
    let stations: [String]
    /// The area in which most of its contacts are, and the campaign's rules.
    private let mainArea: Area
    private let rules: EligibilityRules
    /// The addresses of the virtual phones.
    let addresses: Set<String>
    let passcode: String
    /// What a reader must know before it begins, a sentence each.
    private(set) var notes: [String]

    /// Makes a copy ready and starts the phones.
    ///
    /// - Parameters:
    ///   - copy: the copy of the database, as it was made.
    ///   - now: the real time.
    /// - Throws: `CommandFailure`, `StoreError`, with a sentence.
    init(_ plan: Plan, copy path: String, share: ShareData, now: Instant) async throws {
        store = try CampaignStore(path: path, mayCreate: false)
        let found = try store.campaign(named: plan.campaign)
        try Self.refuse(found)
        rules = try CampaignRules.of(found.campaign, in: store, share)
        let areas = try store.areasInUse(by: found.id)
        guard let most = areas.max(by: { $0.contacts < $1.contacts }) else {
            throw CommandFailure(
                "The campaign “\(plan.campaign)” has no contact that may still be called; import a list first: offhook import FILE "
                    + "--campaign \(plan.campaign)")
        }
        mainArea = most.area
        let zone = try RehearsalZone.choose(asked: plan.zone, campaign: found.campaign, areas: areas) {
            ZoneClock($0)
        }
        clock = zone.clock
        let from = try RehearsalTime.read(plan.from, option: "--from", on: zone.clock)
        start = from.instant
        let hours = RehearsalHours(from: start, on: zone.clock, areas: areas.map(\.area), under: rules)
        let until = try plan.until.map { try Self.until($0, from: from.instant, on: zone.clock) }
        end = until?.instant ?? hours.end
        notes = [
            "The clock begins at \(RehearsalProgress.time(start, on: zone.clock)) (\(zone.why)), which is \(start.iso8601), and runs "
                + "\(PollPunctuality.text(plan.speed)) times as fast as real time.",
            Self.ending(end, hours, on: zone.clock, isAsked: until != nil),
        ]
        if !hours.isOpen { notes += Self.closure(of: most.area, under: rules, at: start).map { [$0] } ?? [] }
        notes += [from.note, until?.note].compactMap { $0 }
        if start < now {
            notes.append(
                "That is in the past: calls, callbacks and do-not-call entries count as they are today, those made since then included."
            )
        }
        if try store.restoredBackup() != nil {
            notes.append(
                "The database was restored from a back-up: calls since the back-up are not known to the rehearsal.")
        }

        let configured = try store.devices()
        let phones = try RehearsalPhones(configured: configured, serving: found.campaign, wanted: plan.stations)
        stations = phones.stations
        if configured.isEmpty, plan.stations == nil {
            notes.append("No phones are configured, so there are \(stations.count) virtual desk phones.")
        }
        try store.prepareRehearsal(from: start, at: now)
        try Self.settleOpenCalls(in: store, share, at: now)
        passcode = UUID().uuidString
        simulator = PhoneSimulator(clock: SimulatorClock(start: start.date, scale: plan.speed), seed: 7)
        let running = try await simulator.start(phones.specs(passcode: passcode))
        addresses = Set(running.map(\.address))
        _ = try store.applyDevices(phones.settings(running: running), at: start)
        if let note = try Self.keepOldPacks(of: found, rules, areas.map(\.area), in: store, until: end, at: start) {
            notes.append(note)
        }
        for other in try store.campaigns() where other.state == .started {
            // Started anew, so that its brakes look at the rehearsal's calls alone; of the others none is rehearsed.
            try store.setState(.paused, of: other.campaign.name, because: "a rehearsal begins", at: start)
        }
        try store.setState(.started, of: plan.campaign, at: start)
        campaign = try store.campaign(named: plan.campaign)
    }

    /// Why most contacts may not be called at an instant: the hours, or a holiday by its name; nil where they may.
    func closure(at now: Instant) -> String? { Self.closure(of: mainArea, under: rules, at: now) }

    static func closure(of area: Area, under rules: EligibilityRules, at now: Instant) -> String? {
        let verdict = rules.hours(of: area).verdict(at: now, margin: rules.campaign.dial.ringTimeout)
        guard case .denied(_, let reasons) = verdict else { return nil }
        return reasons.first?.text
    }

    private static func refuse(_ stored: StoredCampaign) throws {
        let name = stored.campaign.name
        if stored.state == .archived {
            throw CommandFailure(
                "The campaign “\(name)” is archived and cannot be rehearsed; apply its file under another name.")
        }
        if stored.campaign.pacing.mode == .manual {
            throw CommandFailure(
                "In the campaign “\(name)” agents pick each contact (pacing: { mode: manual }), so nothing dials in a rehearsal; why a "
                    + "contact may not be called says: offhook why NUMBER --at TIME")
        }
    }

    /// A time, or how long from the start on.
    private static func until(_ text: String, from start: Instant, on clock: ZoneClock) throws -> RehearsalTime {
        let time =
            try DurationText.read(text).map { RehearsalTime(instant: start + $0) }
            ?? RehearsalTime.read(text, option: "--until", on: clock)
        guard time.instant > start else {
            throw CommandFailure(
                "--until: “\(text)” is not later than --from; give a later time, or how long, such as 8h.")
        }
        return time
    }

    private static func ending(_ end: Instant, _ hours: RehearsalHours, on clock: ZoneClock, isAsked: Bool) -> String {
        let time = RehearsalProgress.time(end, on: clock)
        if isAsked { return "It ends at \(time), or when the list is done." }
        return hours.isOpen
            ? "It ends with the hours of that day, at \(time), or when the list is done; --until names another end."
            : "Nobody may be called for the rest of that day; it ends at \(time), and --until names a later end."
    }

    /// Ends the calls that ran when the copy was made: nobody follows them here.
    private static func settleOpenCalls(in store: CampaignStore, _ share: ShareData, at now: Instant) throws {
        let open = try store.openAttempts()
        guard !open.isEmpty else { return }
        let rules = try store.campaigns().reduce(into: [CampaignID: EligibilityRules]()) {
            $0[$1.id] = try? CampaignRules.of($1.campaign, in: store, share)
        }
        for attempt in open {
            let hasEnded = attempt.phase == .wrapUp
            let ending = CallEnding(
                outcome: .unknown, endedAt: now, ring: nil, talk: nil, evidence: Evidence(notes: [.stationGone]))
            try store.settleAttempt(
                attempt.id, hasEnded ? nil : ending, disposition: hasEnded ? .noneGiven : nil,
                rules: attempt.campaign.flatMap { rules[$0] }, at: now)
        }
    }

    /// A pack that would be too old by then does not end the rehearsal: by that day there is a newer one, or nobody dials.
    ///
    /// - Returns: what is to be said of it; nil where no pack is too old.
    private static func keepOldPacks(
        of stored: StoredCampaign, _ rules: EligibilityRules, _ areas: [Area], in store: CampaignStore,
        until end: Instant,
        at start: Instant
    ) throws -> String? {
        guard let old = areas.lazy.compactMap({ rules.packTooOld(in: $0, at: end) }).first else { return nil }
        var settings = stored.campaign
        settings.callingRules.packAge.warn = Self.anyAge
        settings.callingRules.packAge.stop = Self.anyAge
        _ = try store.applyCampaign(
            settings, yaml: settings.yaml, file: stored.file, script: stored.script, at: start)
        return
            "The rule pack \(old.name) of \(old.version) is too old to dial by on that day. The rehearsal goes on with it; bring a newer one "
            + "before then."
    }

    /// The longest that `pack_age` takes.
    private static let anyAge: Duration = .seconds(3653 * 86_400)
}
