import CallingRules
import Campaigns
import Eligibility
import PhoneNumbers
import Testing

@testable import CampaignStore
@testable import RuleProperties

/// Calls that are settled, said something else of, and erased in a random order, as the program does it: nothing is mended.
final class RollupLife {
    static let words: [Disposition] = DispositionClass.allCases.flatMap { word in
        [word.rawValue, "ANOTHER"].map { Disposition(code: $0, label: "x", dispositionClass: word) }
    }
    static let agents: [String?] = [nil, "", "ada", "O'Brien; -- \"x\"", "Zoë 山"]
    static let stations = ["desk-1", "base-1/2", "a'b"]

    let bench: RuleBench
    var draw: CaseGenerator
    var campaigns: [(id: CampaignID, rules: EligibilityRules)] = []
    /// An attempt that was settled, and under which rules.
    struct Settled {
        var attempt: AttemptID
        var outcome: Outcome
        var rules: EligibilityRules
    }

    /// Everything that was settled; erased ones too.
    var settled: [Settled] = []
    var erased = 0
    let began: Instant

    init(seed: UInt64) throws {
        draw = CaseGenerator(seed: seed)
        bench = try RuleBench()
        // Not far from a midnight in UTC, which is no midnight elsewhere.
        bench.now = Instant(milliseconds: 1_773_100_800_000 - draw.number(0...7_200_000))
        began = bench.now
        let pack = try RulePackFile.read(
            """
            pack: mine
            version: "2026-01-01"
            region: US
            rules:
              - { places: [US], source: "the test", hours: { all: "00:00-24:00" } }
            """, file: "mine.yaml")
        campaigns = [
            try bench.campaign("a", "retention: 2d\n"), try bench.campaign("b", "retention: 400d\n", pack: pack),
        ]
        try load()
    }

    private func load() throws {
        let areas = ["America/New_York", "America/Phoenix", "Asia/Kathmandu"].map {
            Area(zones: [$0], region: "US", jurisdiction: "US-NY")
        }
        for (offset, campaign) in campaigns.enumerated() {
            for list in 0..<3 {
                _ = try bench.store.importList(
                    campaign: campaign.id, list: "l\(list)", file: "l", sha256: "", options: "", at: bench.now
                ) { importer in
                    for index in 0..<12 {
                        try importer.add(
                            NewContact(
                                name: nil, externalID: nil, priority: 0,
                                numbers: [
                                    NewContact.Number(
                                        number: try bench.number(offset * 50 + list * 12 + index), fileExtension: nil,
                                        kind: .mobile, validity: .valid, area: draw.pick(areas))
                                ], fields: ContactFields([])))
                    }
                }
            }
        }
    }

    /// One thing happens, and time goes on.
    func step() throws {
        switch draw.number(0...99) {
        case 0...54: try call()
        case 55...79: try sayAnew()
        case 80...87: if let some = pickSettled() { try noteAbsent(some.attempt) }
        case 88...94: try erase()
        default: erased += try bench.store.sweepErased(at: bench.now)
        }
        bench.now = bench.now + .milliseconds(draw.number(0...(draw.chance(15) ? 130_000_000 : 3_000_000)))
    }

    private func pickSettled() -> Settled? { settled.isEmpty ? nil : draw.pick(settled) }

    private func call() throws {
        let campaign = draw.pick(campaigns)
        let (station, agent) = (draw.pick(Self.stations), draw.pick(Self.agents))
        guard let reservation = try bench.reserve(campaign.id, station: station, agent: agent) else { return }
        let request = IntentRequest(
            reservation: reservation, station: station, agent: agent, kind: draw.pick(AttemptKind.allCases),
            dialled: "1", dialWith: .sendKey, account: 0, linesBefore: [])
        guard case .recorded(let attempt) = try bench.store.recordIntent(request, rules: campaign.rules, at: bench.now)
        else { return }
        let outcome = draw.pick(Outcome.allCases)
        if outcome.isConversation {
            try bench.store.noteSeen(attempt, line: 1, at: bench.now)
            try bench.store.noteConnected(attempt, line: 1, at: bench.now)
            if draw.chance(30) { try noteAbsent(attempt) }
        }
        // The call may be over in another quarter of an hour, or on another day, than it was intended in.
        bench.now = bench.now + .milliseconds(draw.number(0...1_200_000))
        let ending = CallEnding(
            outcome: outcome, endedAt: bench.now, ring: draw.chance(80) ? .milliseconds(draw.number(0...40_000)) : nil,
            talk: outcome.isConversation ? .milliseconds(draw.number(0...400_000)) : nil,
            evidence: Evidence(longestGapMilliseconds: draw.number(0...3000)))
        let isWrappedUp = outcome.isConversation && draw.chance(60)
        if isWrappedUp {
            try bench.store.beginWrapUp(attempt, ending, until: bench.now + .seconds(20), at: bench.now)
            bench.now = bench.now + .milliseconds(draw.number(0...30_000))
        }
        try bench.store.settleAttempt(
            attempt, isWrappedUp ? nil : ending, disposition: outcome.isConversation ? draw.pick(Self.words) : nil,
            rules: campaign.rules, at: bench.now)
        settled.append(Settled(attempt: attempt, outcome: outcome, rules: campaign.rules))
    }

    private func sayAnew() throws {
        guard let some = pickSettled() else { return }
        do {
            _ = try bench.store.changeDisposition(
                of: some.attempt, to: draw.pick(Self.words), by: "eve", rules: some.rules, at: bench.now)
        } catch let error as StoreError {
            // What dialled nothing, or is erased by now, is refused, and no sum may move.
            guard !some.outcome.countsForCaps || erased > 0 else { throw error }
        }
    }

    private func noteAbsent(_ attempt: AttemptID) throws {
        // Of an attempt that is erased there is nothing to note, and nothing may be added up.
        try bench.store.noteAgentAbsent(attempt, at: bench.now)
    }

    private func erase() throws {
        let summary = try bench.store.eraseContact(bench.number(Int(draw.number(0...85))), at: bench.now)
        erased += summary.erasedAttempts
    }
}
