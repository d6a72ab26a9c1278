import CampaignStore
import Campaigns

/// How an engine is at one moment, as far as it can be known without asking it. All durations are real time.
public struct EngineReading: Sendable, Hashable {
    /// Where an engine's run is.
    public enum Phase: Sendable, Hashable {
        /// It loads phones and campaigns, or waits to be told to run.
        case notBegun
        case running
        case ended
    }

    /// Later than this is told: a call is then dialed on an old look, and an answer is seen late.
    public static let lateBound: Duration = .seconds(1)
    /// An engine that did nothing of what was due for so long does not do its work now.
    static let stuckBound: Duration = .seconds(10)
    /// The same, after which nobody expects it to go on by itself: longer than a disk that stalls and a database that is slow.
    static let deadBound: Duration = .seconds(120)
    /// A sign of life is written every 10 s; older than this, at least two are missing.
    static let oldWrite: Duration = .seconds(30)

    public var phase: Phase
    /// It was told to place no further call.
    public var isStopping: Bool
    /// Why the database takes no writes; nil while nothing is known to be wrong with it.
    public var fault: StoreFault?
    /// How long ago the run began; nil before.
    public var sinceBegin: Duration?
    /// How long ago the engine wrote its last sign of life durably; nil before the first.
    public var sinceWrite: Duration?
    /// How long ago any phone answered a poll; nil before the first answer.
    public var sinceAnswer: Duration?
    /// How long something that was due waits already; zero where nothing does.
    public var overdue: Duration
    /// How late polls began, from when they were due.
    public var polls: Lateness
    /// How late intents were on disk, from when the station was seen idle, or the time was there.
    public var intents: Lateness
    /// The greatest lateness since the last look of the one who watches; zero for everybody else.
    var peak: Duration = .zero

    /// The greatest lateness of the last minute, of polls, of intents, and of what waits now.
    public var most: Duration { max(overdue, polls.minute.most, intents.minute.most) }

    /// What is to be said where it is late: what that means and what to do; nil where it is not.
    public var lateText: String? {
        guard most > Self.lateBound else { return nil }
        return
            "Offhook is slow: in the last minute it asked phones or placed calls up to \(DurationText.spoken(most)) late, so "
            + "answers are seen late. Close large reports, imports and other programs on its computer; its log names the "
            + "requests that ran meanwhile."
    }

    /// Whether it can go on without being started again: false only where it hangs for minutes or has ended.
    public var isAlive: Bool { phase != .ended && overdue < Self.deadBound }

    /// Whether the service can do its work now.
    public var isReady: Bool { obstacles.isEmpty }

    /// Whether the last sign of life is young, and nothing is known to be wrong with the database.
    public var isDatabaseWritable: Bool { fault == nil && !isWriteMissing }

    private var isWriteMissing: Bool {
        guard phase == .running else { return false }
        return (sinceWrite ?? sinceBegin ?? .zero) > Self.oldWrite
    }

    /// What keeps the service from its work now, in sentences that name nobody and count nothing: anybody may read them.
    public var obstacles: [Reason] {
        var found: [Reason] = []
        let add = { (code: String, text: String) in found.append(Reason(code: code, text: text)) }
        switch phase {
        case .notBegun: add("starting", "The engine has not begun yet; ask again in a moment.")
        case .ended: add("ended", "The engine has ended; start Offhook again.")
        case .running: break
        }
        if isStopping, phase != .ended {
            add(
                "stopping",
                "Offhook is stopping: running calls are followed to their end, and no further one is placed.")
        }
        if let fault {
            add("database_\(fault.rawValue)", "The database \(fault.sentence)")
        } else if isWriteMissing {
            add(
                "not_written",
                "The engine has written nothing to the database for over \(DurationText.spoken(Self.oldWrite)); look at its "
                    + "log, at the disk, and for another program that holds the database.")
        }
        if overdue >= Self.stuckBound {
            add(
                "stuck",
                "The engine has done nothing of what was due for over \(DurationText.spoken(Self.stuckBound)); its log names "
                    + "the requests that run. If it does not go on, start Offhook again.")
        }
        return found
    }
}
