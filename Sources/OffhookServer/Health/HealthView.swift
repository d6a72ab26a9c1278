import Campaigns
import Dialer

/// How the service is, as programs see it; durations in seconds of real time.
struct HealthView: Codable, Sendable {
    /// Something that keeps calls from being placed.
    struct Hold: Codable, Sendable {
        /// The campaign that it keeps back; none where it is all of them.
        var campaign: String?
        var code: String
        var text: String
    }

    /// How late one kind of work was in the last minute.
    struct Late: Codable, Sendable {
        var count: Int
        var mostSeconds: Double
        var p99Seconds: Double

        init(_ lateness: Lateness) {
            count = lateness.minute.count
            mostSeconds = lateness.minute.most.inSeconds
            p99Seconds = lateness.minute.p99.inSeconds
        }
    }

    /// How a phone answers.
    struct Phone: Codable, Sendable {
        var name: String
        /// How long ago it answered last; none where it never did.
        var lastAnswerSeconds: Double?
        var latencySeconds: Double?
        /// Polls without an answer since the last one.
        var failures: Int
    }

    /// Something that gets old.
    struct Age: Codable, Sendable {
        /// `registry`, `rule_pack`, `certificate`.
        var kind: String
        var name: String
        /// `good`, `old`, `expired`, `missing`.
        var state: String
        var ageSeconds: Double?
        var expiresAt: String?
    }

    var at: String
    var isAlive: Bool
    var isReady: Bool
    /// What keeps the service from its work.
    var reasons: [Readiness.Obstacle]
    /// What is not well beside that.
    var warnings: [String]
    var isEngineRunning: Bool
    /// Whether the engine answered in time; where not, holds and phones are not known.
    var isEngineAnswering: Bool
    var lastWriteSeconds: Double?
    var lastPollSeconds: Double?
    var isDialingHeld: Bool
    var holds: [Hold]
    /// How long something that was due waits already.
    var overdueSeconds: Double
    var polls: Late
    var intents: Late
    /// What to do where it is late.
    var late: String?
    var phones: [Phone]
    var openDescriptors: Int?
    var descriptorLimit: Int?
    var freeDiskBytes: Int64?
    var data: [Age]

    init(_ report: HealthReport) {
        let reading = report.reading
        at = report.at.iso8601
        isAlive = reading.isAlive
        isReady = reading.isReady
        reasons = reading.obstacles.map(Readiness.Obstacle.init)
        warnings = report.warnings
        isEngineRunning = reading.phase == .running
        isEngineAnswering = report.status != nil
        lastWriteSeconds = reading.sinceWrite?.inSeconds
        lastPollSeconds = reading.sinceAnswer?.inSeconds
        isDialingHeld = report.isDialingHeld
        holds = report.holds.map { Hold(campaign: $0.campaign, code: $0.reason.code, text: $0.reason.text) }
        overdueSeconds = reading.overdue.inSeconds
        polls = Late(reading.polls)
        intents = Late(reading.intents)
        late = reading.lateText
        phones = (report.status?.devices ?? [:]).sorted { $0.key < $1.key }.map { name, health in
            Phone(
                name: name, lastAnswerSeconds: report.status?.answerAges[name]?.inSeconds,
                latencySeconds: health.latency?.inSeconds, failures: health.failures)
        }
        openDescriptors = report.room.openDescriptors
        descriptorLimit = report.room.descriptorLimit
        freeDiskBytes = report.room.freeDisk
        let now = report.at
        data = (report.ages ?? []).map { age in
            Age(
                kind: age.kind.rawValue, name: age.name, state: age.state.rawValue,
                ageSeconds: age.since.map { now.since($0).inSeconds }, expiresAt: age.until?.iso8601)
        }
    }
}
