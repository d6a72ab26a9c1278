import CallingRules
import Campaigns
import Eligibility
import Foundation
import PhoneNumbers
import RetryPolicy

@testable import CampaignStore
@testable import RuleProperties

/// The life of some persons in two campaigns of a real store, on a virtual clock: reserved, intended and settled as an engine
/// does it, with restarts in the middle, do-not-call entries, calls by hand and callbacks; and checked from the log of calls alone.
final class StoreLife {
    /// A person: what the checker knows, and what was decided for the contact of each campaign.
    struct Person {
        var checker: SlowChecker
        var due: [Int64] = [0, 0]
        /// Whose callback it is.
        var agent: [String?] = [nil, nil]
        var isFinished = [false, false]
        /// Numbers whose do-not-call entry may be taken off again.
        var liftable: Set<Int> = []
        /// Whether an entry came or went: the contact may rest by a date that a rule gave for the number which was its next one
        /// before.
        var hasChangedNumbers = false
        /// When something last happened that may have made a contact wait a moment.
        var touchedAt: Int64 = 0
    }

    struct OpenCall {
        var attempt: AttemptID
        var person: Int
        var campaign: Int
        var number: Int
        var at: Int64
        var endsAt: Int64
        var station: String
        var agent: String?
    }

    static let names = ["a", "b"]
    static let stations = ["s1", "s2", "s3", "s4", "s5", "s6"]

    let seed: UInt64
    let path: String
    let plain: [PlainCampaign]
    let rules: [EligibilityRules]
    var store: CampaignStore
    var ids: [CampaignID] = []
    var draw: CaseGenerator
    var now: Int64
    var persons: [Person] = []
    var open: [OpenCall] = []
    var calls = 0
    var faults: [String] = []
    private var knownAreas: [(id: Int64, area: Area)] = []
    private var openings: [[Area: (from: Instant, opens: Instant?)]] = [[:], [:]]

    init(seed: UInt64) throws {
        self.seed = seed
        draw = CaseGenerator(seed: seed)
        path = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString).db").path
        store = try CampaignStore(path: path)
        plain = [draw.campaign(), draw.campaign()]
        rules = zip(plain, Self.names).map { EligibilityRules(campaign: $0.campaign(named: $1), book: $0.book) }
        now = draw.start()
        for index in Self.names.indices {
            let campaign = rules[index].campaign
            ids.append(
                try store.applyCampaign(campaign, yaml: campaign.yaml, file: "c.yaml", script: nil, at: instant).id)
            try store.setState(.started, of: campaign.name, at: instant)
        }
        for _ in 0..<Int(draw.number(8...14)) {
            // The second campaign knows some of them, by a number of its own and by one that both have.
            let numbers = [Array(0..<Int(draw.number(1...3))), draw.chance(60) ? [9, 0] : []]
            persons.append(
                Person(
                    checker: SlowChecker(
                        campaigns: plain, numbers: numbers, areas: draw.areas([0, 1, 2, 9]),
                        hasConsent: draw.chance(80))))
        }
        for index in Self.names.indices { try load(index) }
    }

    deinit {
        try? store.close()
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }

    var instant: Instant { Instant(milliseconds: now) }

    func number(_ person: Int, _ local: Int) -> PhoneNumber {
        guard let number = PhoneNumber(digits: 12_125_550_000 + Int64(person * 10 + local)) else {
            preconditionFailure("the generated number must be one")
        }
        return number
    }

    func fault(_ text: String) {
        faults.append("seed \(seed) at \(instant): \(text)")
    }

    private func load(_ campaign: Int) throws {
        _ = try store.importList(
            campaign: ids[campaign], list: "l", file: "l", sha256: "", options: "", at: instant
        ) { importer in
            for (index, person) in persons.enumerated() where !person.checker.numbers[campaign].isEmpty {
                let fields = [["consent", "yes"], ["consent_date", "2025-12-01"], ["consent_proof", "form"]]
                let numbers = person.checker.numbers[campaign].map { local in
                    NewContact.Number(
                        number: number(index, local), fileExtension: nil, kind: .mobile, validity: .valid,
                        area: area(index, local))
                }
                try importer.add(
                    NewContact(
                        name: nil, externalID: nil, priority: 0, numbers: numbers,
                        fields: ContactFields(person.checker.hasConsent ? fields : [])))
            }
        }
    }

    func area(_ person: Int, _ local: Int) -> Area {
        guard let plain = persons[person].checker.areas[local] else { preconditionFailure("every number has an area") }
        return Area(zones: plain.zones, region: plain.region, jurisdiction: plain.state)
    }

    /// Lives 40 days or 150 rounds, whatever is over first, and looks at what is left.
    func run() throws {
        let end = now + 40 * 86_400_000
        var rounds = 0
        while now < end, rounds < 150 {
            rounds += 1
            try settleEnded()
            try something()
            if draw.chance(20) {
                for campaign in Self.names.indices { try ask(campaign) }
                try nobodyWaits()
            } else {
                // Mostly the stations are shared, so that calls of both campaigns are open at once.
                for _ in 0..<3 { try ask(Int(draw.number(0...1)), atMost: 2) }
            }
            guard let next = try nextMoment() else { break }
            now = next + (draw.chance(70) ? 0 : draw.number(0...7_200_000))
        }
        for call in open { now = max(now, call.endsAt) }
        try settleEnded()
        // What passes by itself has passed.
        now += 300_000
        try nobodyIsParked()
    }

    /// What happens beside the calls of the campaigns.
    private func something() throws {
        let person = Int(draw.number(0...Int64(persons.count - 1)))
        switch draw.number(0...39) {
        case 0, 1: try restart()
        case 2, 3, 4:
            let local = draw.pick([0, 1, 9])
            _ = try store.suppress([number(person, local)], campaign: nil, source: "life", at: instant)
            guard persons[person].checker.suppressedAt[local] == nil else { return }
            persons[person].checker.suppressedAt[local] = now
            persons[person].hasChangedNumbers = true
            persons[person].liftable.insert(local)
        case 5:
            guard let local = persons[person].liftable.min() else { return }
            _ = try store.unsuppress(number(person, local), campaign: nil, at: instant)
            persons[person].checker.suppressedAt[local] = nil
            persons[person].hasChangedNumbers = true
            persons[person].liftable.remove(local)
        case 6, 7:
            let local = draw.pick([0, 1, 9])
            let ended = now + draw.number(500...60_000)
            let isAnswered = draw.chance(50)
            let row = try store.noteObservedCall(
                station: "s9", line: 1, incoming: false, number: number(person, local), at: instant)
            try store.noteObservedCallEnded(
                row, connectedAt: isAnswered ? instant : nil, at: Instant(milliseconds: ended))
            persons[person].checker.log.append(
                PlainCall(
                    campaign: -1, number: local, at: now, endedAt: ended,
                    outcome: isAnswered ? .answered : .noAnswer, said: nil))
            now = ended
        default: return
        }
        persons[person].touchedAt = now
    }

    /// The process dies, with calls open and maybe a contact set aside; the next one reconciles: nobody knows how the calls ended.
    private func restart() throws {
        if draw.chance(50) {
            let areas = try openAreas(0)
            _ = try store.reserveNextContact(campaign: ids[0], station: "s1", openAreas: areas, at: instant)
        }
        try store.close()
        store = try CampaignStore(path: path)
        _ = try store.releaseAllReservations(at: instant)
        let left = try store.openAttempts()
        if Set(left.map(\.id)) != Set(open.map(\.attempt)) {
            fault("the restart finds other open calls than there were")
        }
        for call in open { try settle(call, .unknown, nil) }
        open = []
        for index in persons.indices { persons[index].touchedAt = now }
    }

    /// The areas of a campaign that are open now.
    func openAreas(_ campaign: Int) throws -> [Int64] {
        try areas().filter { opening(of: $0.area, campaign, from: instant) == instant }.map(\.id)
    }

    /// Areas come with the lists and stay.
    private func areas() throws -> [(id: Int64, area: Area)] {
        if knownAreas.isEmpty { knownAreas = try store.areas() }
        return knownAreas
    }

    /// When an area opens from an instant on. Looked up once for each time that it is closed, as a dispatcher does.
    private func opening(of area: Area, _ campaign: Int, from: Instant) -> Instant? {
        if let known = openings[campaign][area], known.from <= from, known.opens.map({ from <= $0 }) ?? true {
            // Open hours end unnoticed; a closed time ends when it was said to.
            if known.opens.map({ $0 > known.from }) ?? true { return known.opens }
        }
        let opens = rules[campaign].hours(of: area).nextOpening(
            from: from, margin: rules[campaign].campaign.dial.ringTimeout)
        openings[campaign][area] = (from, opens)
        return opens
    }

    /// When somebody may be called next, or a call ends.
    private func nextMoment() throws -> Int64? {
        var moments = open.map(\.endsAt)
        let areas = Dictionary(uniqueKeysWithValues: try areas().map { ($0.id, $0.area) })
        for campaign in Self.names.indices {
            let due = try store.earliestDue(
                campaign: ids[campaign], station: "s1", agents: [],
                grace: rules[campaign].campaign.callbacks.grace)
            for (id, due) in due {
                guard let area = areas[id] else { continue }
                let from = max(due, Instant(milliseconds: now + 1))
                if let opens = opening(of: area, campaign, from: from) { moments.append(opens.milliseconds) }
            }
        }
        return moments.filter { $0 > now }.min()
    }
}
