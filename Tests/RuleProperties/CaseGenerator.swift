import Campaigns
import TestSupport

/// Draws campaigns, people and moments, with a liking for edges.
struct CaseGenerator {
    /// Zones with all that zones can do: none, half an hour, three quarters, summer time of half an hour, a day line.
    static let allZones = [
        "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
        "America/Indiana/Knox", "America/St_Johns", "America/Goose_Bay", "Europe/London", "Europe/Paris",
        "Australia/Lord_Howe", "Australia/Sydney", "Asia/Kathmandu", "Pacific/Apia", "Pacific/Chatham",
    ]

    /// Packs are drawn once: what they cost to read is not what is tested.
    static let packs: [PlainPack] = {
        var generator = CaseGenerator(seed: 7)
        return (0..<12).map { index in
            var places = ["US"]
            if generator.chance(50) {
                places += generator.chance(50) ? ["US-FL"] : ["US-FL", "US-TX"]
                if generator.chance(80) { places.append("US-NY") }
            }
            // A place may have several rules, one after the other in time.
            let parts = places.flatMap { place in
                (0..<(generator.chance(40) ? 2 : 1)).map { _ in generator.part(place) }
            }
            return PlainPack(name: "generated\(index)", parts: parts)
        }
    }()

    /// Changes of the clock in 2026, in milliseconds: New York, London, Lord Howe and Sydney, forward and back.
    private static let changes: [Int64] = [
        1_772_953_200_000, 1_793_512_800_000, 1_774_746_000_000, 1_792_890_000_000, 1_775_314_800_000,
        1_791_039_000_000, 1_775_318_400_000, 1_791_043_200_000,
    ]

    var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    mutating func pick<Element>(_ list: [Element]) -> Element { list[Int.random(in: 0..<list.count, using: &random)] }

    mutating func number(_ range: ClosedRange<Int64>) -> Int64 { Int64.random(in: range, using: &random) }

    mutating func window() -> PlainWindow {
        var days: [Int: [ClosedRange<Int>]] = [:]
        let start = pick([0, 60, 90, 120, 150, 480, 540, 600, 720])
        let end = min(1440, start + pick([30, 60, 180, 480, 720, 1440]))
        let spans = chance(20) && end - start > 120 ? [start...(start + 59), (start + 60 + 1)...end] : [start...end]
        for day in 0..<7 where chance(80) { days[day] = spans }
        if days.isEmpty { days[2] = spans }
        var closed: Set<String> = []
        if chance(30) {
            let day = number(20_454...20_818)
            for offset in 0..<number(1...3) { closed.insert(SlowChecker.dayText(day + offset)) }
        }
        return PlainWindow(days: days, closed: closed)
    }

    private mutating func part(_ place: String) -> PlainPart {
        var part = PlainPart(
            place: place, window: chance(place == "US" ? 80 : 50) ? window() : nil, caps: caps(), silences: silences(),
            consent: chance(10))
        // The days of 2026, on which the lives begin.
        if chance(40) { part.from = number(20_454...20_818) }
        if chance(40) { part.until = (part.from ?? 20_454) + number(0...120) }
        if chance(10) {
            part.isClosed = true
            part.window = nil
        }
        guard part.asks else {
            // A row that somebody looked at has dates and nothing else.
            return part
        }
        part.exemptsConsent = chance(15) && !part.consent
        part.purchaseDays = chance(15) ? pick([1, 30, 90, 200]) : nil
        part.exemptsCharity = chance(10)
        return part
    }

    /// A place that people closed, mostly none.
    mutating func closures() -> [PlainClosure] {
        chance(12)
            ? [PlainClosure(place: pick(["US-FL", "US-NY", "US", "CA-ON"]), untilDay: number(20_454...20_850))] : []
    }

    /// The day of a person's last purchase, which may be to come.
    mutating func purchase() -> Int64? { chance(40) ? number(20_454...20_830) : nil }

    mutating func caps() -> [PlainCap] {
        (0..<Int(number(0...2))).map { _ in
            let seconds = chance(90) ? pick([3600, 86_400, 604_800, 2_592_000] as [Int64]) : nil
            return PlainCap(
                limit: Int(number(1...4)), seconds: seconds, onlyConversations: chance(25), onlyThisNumber: chance(30),
                isCalendar: (seconds ?? 0) >= 86_400 && chance(30))
        }
    }

    mutating func silences() -> [PlainSilence] {
        chance(30)
            ? [
                PlainSilence(
                    afterRefusal: chance(60), seconds: pick([86_400, 604_800, 5_184_000]), isCalendar: chance(30))
            ] : []
    }

    private mutating func retry() -> PlainRetry {
        let after = pick([0, 60, 1200, 14_400, 86_400] as [Int64])
        return PlainRetry(
            attempts: Int(number(1...4)), after: after, upTo: chance(30) ? after * 2 : after,
            growth: chance(30) ? 2 : 1, longest: chance(20) ? max(after, 7200) : 31_536_000, otherPart: chance(25),
            otherWeekday: chance(15), nextNumber: chance(30))
    }

    mutating func campaign() -> PlainCampaign {
        let outcomes: [Outcome] = [
            .shortAnswer, .noAnswer, .busyOrRejected, .failedFast, .agentCancelled, .phoneLost, .unknown,
        ]
        return PlainCampaign(
            window: chance(60) ? window() : nil, fixedZone: chance(15) ? pick(Self.allZones) : nil,
            pack: chance(70) ? pick(Self.packs) : nil, caps: caps(), silences: silences(),
            retries: Dictionary(uniqueKeysWithValues: outcomes.map { ($0, retry()) }), total: Int(number(1...6)),
            consent: chance(10), isCharity: chance(20), ring: pick([15_000, 25_000, 60_000, 120_000]),
            grace: pick([0, 900_000, 86_400_000]))
    }

    /// One zone mostly, several sometimes.
    mutating func zones() -> [String] {
        Array(Set((0..<(chance(75) ? 1 : Int(number(2...3)))).map { _ in pick(Self.allZones) })).sorted()
    }

    /// Where a person's numbers are: mostly all in one area, sometimes each in its own.
    mutating func areas(_ numbers: [Int]) -> [Int: PlainArea] {
        let first = area()
        let isOne = chance(70)
        return Dictionary(uniqueKeysWithValues: numbers.map { ($0, isOne ? first : area()) })
    }

    private mutating func area() -> PlainArea {
        let zones = zones()
        switch number(0...19) {
        case 0: return PlainArea(zones: zones, region: "CA", state: "CA-ON")
        case 1: return PlainArea(zones: zones, region: "US", state: nil)
        case 2...3: return PlainArea(zones: zones, region: "US", state: "US")
        case 4...7: return PlainArea(zones: zones, region: "US", state: "US-FL")
        case 8...9: return PlainArea(zones: zones, region: "US", state: "US-TX")
        default: return PlainArea(zones: zones, region: "US", state: "US-NY")
        }
    }

    /// A moment of 2026, near a change of the clock one time in three.
    mutating func start() -> Int64 {
        chance(33)
            ? pick(Self.changes) + number(-172_800_000...172_800_000) : number(1_767_225_600_000...1_796_000_000_000)
    }

    mutating func outcome() -> (Outcome, DispositionClass?) {
        switch number(0...20) {
        case 0...5: (.noAnswer, nil)
        case 6...7: (.busyOrRejected, nil)
        case 8...9: (.failedFast, nil)
        case 10: (.agentCancelled, nil)
        // A restart in the middle of the call: nobody knows how it ended.
        case 11...12: (.unknown, nil)
        case 13: (.shortAnswer, .noneGiven)
        case 14: (.answered, .machine)
        case 15: (.answered, .notInterested)
        case 16: (.answered, .callbackAny)
        case 17: (.answered, .wrongNumber)
        case 18: (.answered, .doNotCall)
        case 19: (.answered, .callbackAgent)
        default: (.answered, .noneGiven)
        }
    }
}
