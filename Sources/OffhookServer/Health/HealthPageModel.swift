import CampaignStore
import Campaigns
import Dialer

/// The parts of the health page that are of now.
enum HealthPageModel {
    /// Phones that are shown: of very many the ones that answered longest ago.
    static let mostPhones = 12

    static func model(of report: HealthReport, _ time: ViewerTime) -> PageModel {
        let reading = report.reading
        var model: PageModel = [
            "isReady": reading.isReady, "isAlive": reading.isAlive,
            "obstacles": reading.obstacles.map(\.text), "warnings": report.warnings,
            "hasWarnings": !report.warnings.isEmpty,
            "isRunning": reading.phase == .running, "isStopping": reading.isStopping,
            "answers": report.status != nil,
            "lastWrite": ago(reading.sinceWrite), "isWritable": reading.isDatabaseWritable && reading.sinceWrite != nil,
            "lastPoll": ago(reading.sinceAnswer), "isHeld": report.isDialingHeld,
            "holds": report.holds.map(hold), "hasHolds": !report.holds.isEmpty,
            "lateness": [
                lateness("Polls of phones", reading.polls.minute),
                lateness("Calls written down", reading.intents.minute),
            ],
            "ages": (report.ages ?? []).map { age($0, at: report.at, time) }, "hasAges": !(report.ages ?? []).isEmpty,
        ]
        if let late = reading.lateText { model["late"] = late }
        if reading.overdue > EngineReading.lateBound { model["overdue"] = DurationText.spoken(reading.overdue) }
        if let open = report.room.openDescriptors, let limit = report.room.descriptorLimit {
            model["descriptors"] = "\(open) of \(limit)"
        }
        if let free = report.room.freeDisk { model["freeDisk"] = ByteText.of(free) }
        if let status = report.status { model.merge(phones(status)) { $1 } }
        return model
    }

    /// Such as `3 s ago`.
    static func ago(_ age: Duration?) -> String {
        guard let age else { return "never" }
        return age < .seconds(1) ? "just now" : "\(DurationText.spoken(age)) ago"
    }

    private static func hold(_ hold: DialingHold) -> [String: Any] {
        var model: [String: Any] = ["text": hold.reason.text]
        if let campaign = hold.campaign { model["campaign"] = campaign }
        return model
    }

    private static func lateness(_ name: String, _ minute: LatenessSummary) -> [String: Any] {
        [
            "name": name, "count": minute.count, "hasCount": minute.count > 0,
            "most": DurationText.spoken(minute.most), "p99": DurationText.spoken(minute.p99),
            "isLate": minute.most > EngineReading.lateBound,
        ]
    }

    private static func phones(_ status: EngineStatus) -> PageModel {
        let phones = status.devices.keys.map { (name: $0, age: status.answerAges[$0]) }
        // Those that never answered come first.
        let never = Double.infinity
        let sorted = phones.sorted {
            (-($0.age?.inSeconds ?? never), $0.name) < (-($1.age?.inSeconds ?? never), $1.name)
        }
        let shown = sorted.prefix(mostPhones).map { phone -> [String: Any] in
            let health = status.devices[phone.name]
            return [
                "name": phone.name, "age": ago(phone.age), "isSilent": health?.circuit != .closed,
                "latency": health?.latency.map { "\($0.wholeMilliseconds) ms" } ?? "–",
            ]
        }
        return [
            "phones": shown, "hasPhones": !shown.isEmpty, "morePhones": sorted.count - shown.count,
            "hasMorePhones": sorted.count > shown.count,
        ]
    }

    private static func age(_ age: DataAge, at now: Instant, _ time: ViewerTime) -> [String: Any] {
        let (word, look) =
            switch age.state {
            case .good: ("good", "good")
            case .old: ("getting old", "warn")
            case .expired: ("too old", "bad")
            case .missing: ("missing", "bad")
            }
        var model: [String: Any] = [
            "kind": age.label, "name": age.name, "word": word, "look": look,
        ]
        if let since = age.since { model["age"] = DurationText.spoken(now.since(since)) }
        if let until = age.until { model["until"] = time.element(until) }
        return model
    }
}
