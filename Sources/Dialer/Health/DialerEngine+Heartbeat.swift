import CampaignStore
import Campaigns

/// When the engine writes its sign of life.
struct Heartbeat {
    /// From one to the next, on the engine's clock.
    static let interval: Duration = .seconds(10)

    /// When the last one was begun.
    private var begunAt: Instant?
    /// It could not be written yet, and waits with what else does.
    private(set) var isWaiting = false

    /// Whether the next one is due; it is begun then. While one waits, no other does.
    mutating func begins(at now: Instant) -> Bool {
        guard !isWaiting, begunAt.map({ now.since($0) >= Self.interval }) ?? true else { return false }
        begunAt = now
        isWaiting = true
        return true
    }

    /// It is on disk.
    mutating func isWritten() { isWaiting = false }
}

extension DialerEngine {
    /// Writes a row durably every 10 s, as it writes everything else: only what was really written proves that the next call can be
    /// written down. It waits for another program's write like all records do, and its age says so.
    func beat() {
        guard isRunning, heartbeat.begins(at: clock.now()) else { return }
        let (store, clock) = (store, clock)
        record {
            try store.noteHeartbeat(at: clock.wallTime())
            self.heartbeat.isWritten()
            self.pulse.noteWrite(at: clock.now())
        }
    }

    /// How long ago each phone answered last, in real time.
    func answerAges(at now: Instant) -> [String: Duration] {
        heart.deviceHealth.compactMapValues { $0.answeredAt.map { clock.real(now.since($0)) } }
    }
}
