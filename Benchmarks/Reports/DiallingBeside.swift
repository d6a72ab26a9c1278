import CampaignStore
import Campaigns
import Eligibility
import Foundation
import PhoneNumbers
import Reports
import Supervision
import Synchronization

/// The dialler's writes, with and without reports that run beside them: reserve, intent, and settle.
struct DiallingBeside {
    /// Steps a part; parts with and without reports take turns, so that neither has the better disk.
    static let steps = 300
    static let turns = 3

    let path: String
    let share: ShareData
    let asked: AskedReports
    let rules: [CampaignID: EligibilityRules]

    /// Prints the times of a dialling step in both cases and their ratio.
    func measure() throws {
        let store = try CampaignStore(path: path)
        defer { try? store.close() }
        let areas = try store.areas().map(\.id)
        var now = asked.end + .seconds(43_200)
        var alone: [Double] = []
        var beside: [Double] = []
        var answered = 0
        // The first steps fill the caches.
        _ = try dial(store, areas, from: &now)
        for _ in 0..<Self.turns {
            alone += try dial(store, areas, from: &now)
            let reader = ReportReader(path: path, share: share, questions: ReportName.allCases.flatMap(asked.questions))
            reader.start()
            beside += try dial(store, areas, from: &now)
            answered += reader.stop()
        }
        say("\(alone.count) dialling steps alone, \(beside.count) while \(answered) reports were answered:")
        for (name, share) in [("median", 0.5), ("99th percentile", 0.99)] {
            let (first, second) = (Self.percentile(alone, share), Self.percentile(beside, share))
            say(
                "  \(name): \(Self.text(first * 1000)) ms alone, \(Self.text(second * 1000)) ms beside reports, "
                    + "ratio \(Self.text(second / max(first, 0.000_001)))")
        }
    }

    /// Calls contacts of all campaigns in turn; the seconds of each step.
    private func dial(_ store: CampaignStore, _ areas: [Int64], from now: inout Instant) throws -> [Double] {
        var times: [Double] = []
        let campaigns = rules.sorted { $0.key.value < $1.key.value }
        for step in 0..<Self.steps {
            let (campaign, rules) = campaigns[step % campaigns.count]
            now = now + .milliseconds(500)
            let began = ContinuousClock.now
            guard
                let reservation = try store.reserveNextContact(
                    campaign: campaign, station: "bench", agent: "agent-1", openAreas: areas, at: now)
            else { continue }
            let request = IntentRequest(
                reservation: reservation, station: "bench", agent: "agent-1", dialled: "1", dialWith: .sendKey,
                account: 0, linesBefore: [])
            guard case .recorded(let attempt) = try store.recordIntent(request, rules: rules, at: now) else { continue }
            let ending = CallEnding(
                outcome: .noAnswer, endedAt: now, ring: .seconds(25), talk: nil, evidence: Evidence())
            try store.settleAttempt(attempt, ending, disposition: nil, rules: rules, at: now)
            times.append((ContinuousClock.now - began).inSeconds)
        }
        return times
    }

    private static func percentile(_ times: [Double], _ share: Double) -> Double {
        let sorted = times.sorted()
        return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    private static func text(_ number: Double) -> String { "\((number * 100).rounded() / 100)" }
}

/// Asks one report after another on a thread and a store of its own, until it is told to stop.
final class ReportReader: Sendable {
    private let path: String
    private let share: ShareData
    private let questions: [AskedReports.Asked]
    private let isStopped = Atomic(false)
    private let answered = Atomic(0)
    private let ended = DispatchSemaphore(value: 0)

    init(path: String, share: ShareData, questions: [AskedReports.Asked]) {
        self.path = path
        self.share = share
        self.questions = questions
    }

    func start() {
        Thread.detachNewThread { [self] in
            defer { ended.signal() }
            guard let store = try? CampaignStore(path: path) else { return }
            defer { try? store.close() }
            while !isStopped.load(ordering: .relaxed), !questions.isEmpty {
                for asked in questions where !isStopped.load(ordering: .relaxed) {
                    if (try? Reporting.answer(asked.question, in: store, share)) != nil {
                        answered.add(1, ordering: .relaxed)
                    }
                }
            }
        }
    }

    /// How many reports were answered.
    func stop() -> Int {
        isStopped.store(true, ordering: .relaxed)
        ended.wait()
        return answered.load(ordering: .relaxed)
    }
}
