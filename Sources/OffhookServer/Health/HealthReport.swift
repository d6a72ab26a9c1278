import CampaignStore
import Campaigns
import Dialer
import Supervision
import Synchronization

/// How the service is, for those who may know: administrators, and programs with the scope for metrics.
struct HealthReport: Sendable {
    var at: Instant
    var reading: EngineReading
    /// What the engine says of itself; nil where it does not answer within ``patience``.
    var status: EngineStatus?
    var room: ProcessRoom
    /// Data that age; nil where the database cannot be read.
    var ages: [DataAge]?

    /// An engine that hangs must not keep its health from being shown.
    static let patience: Duration = .seconds(2)

    /// How it is now.
    init(of parts: ServerParts) async throws {
        at = parts.now()
        reading = parts.engine.pulse.reading()
        status = await Self.answer(within: Self.patience) { try await parts.engine.status() }
        room = ProcessRoom(database: parts.store.path)
        let at = at
        ages = try? await parts.longWork.run {
            try DataAge.all(in: parts.store, parts.share, parts.configuration, at: at)
        }
    }

    /// Whether no call of any campaign can be placed now; where the engine does not answer, none is.
    var isDialingHeld: Bool { status?.isDialingHeld ?? true }

    /// What keeps calls from being placed, each with the campaign that it is of.
    var holds: [DialingHold] {
        status?.holds ?? [
            DialingHold(
                reason: Reason(
                    code: "no_answer",
                    text: "The engine does not answer. If it does not go on by itself, start Offhook again."))
        ]
    }

    /// What is not well beside what keeps the service from its work, each a sentence that says what to do.
    var warnings: [String] {
        let old = (ages ?? []).filter { $0.state != .good }.map { age -> String in
            if let warning = age.warning { return warning }
            let what = "\(age.label) “\(age.name)”"
            return switch age.state {
            case .missing: "\(what) was never loaded; campaigns that name it call nobody."
            case .expired: "\(what) is too old, and what relies on it stops; bring a newer one."
            default: "\(what) is getting old; bring a newer one before \(age.until?.iso8601.prefix(10) ?? "long")."
            }
        }
        return room.warnings + old + (ages == nil ? ["The age of data is not known: the database cannot be read."] : [])
    }

    /// What somebody else says, unless it takes too long; nil then, and where they fail.
    private static func answer<Value: Sendable>(
        within patience: Duration, _ question: @escaping @Sendable () async throws -> Value
    ) async -> Value? {
        await withCheckedContinuation { continuation in
            let answer = FirstAnswer(continuation)
            Task { answer.give(try? await question()) }
            Task {
                try? await Task.sleep(for: patience)
                answer.give(nil)
            }
        }
    }
}

/// Takes the first of several answers.
private final class FirstAnswer<Value: Sendable>: Sendable {
    private let waiting: Mutex<CheckedContinuation<Value?, Never>?>

    init(_ continuation: CheckedContinuation<Value?, Never>) {
        waiting = Mutex(continuation)
    }

    func give(_ value: Value?) {
        let continuation = waiting.withLock { waiting in
            defer { waiting = nil }
            return waiting
        }
        continuation?.resume(returning: value)
    }
}
