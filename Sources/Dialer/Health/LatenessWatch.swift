import Campaigns
import Foundation
import Logging
import Synchronization

/// Watches an engine's lateness from a thread of its own, which waits for nobody: not for the engine, not for the threads that
/// requests run on, not for the database.
final class LatenessWatch: Sendable {
    /// From one look to the next.
    static let interval: Duration = .milliseconds(250)

    private let pulse: EnginePulse
    private let logger: Logger
    private let isStopped = Atomic(false)

    init(pulse: EnginePulse, logger: Logger) {
        self.pulse = pulse
        self.logger = logger
    }

    /// Begins to look, until ``stop()``.
    func start() {
        let thread = Thread { [self] in
            var alarm = LatenessAlarm()
            while !isStopped.load(ordering: .relaxed) {
                // Counts its own looks: no clock that steps, and none that goes on while the computer sleeps.
                Thread.sleep(forTimeInterval: Self.interval.inSeconds)
                let reading = pulse.takeReading()
                switch alarm.look(reading, every: Self.interval, work: pulse.runningWork) {
                case .late(let text): logger.warning("\(text)")
                case .onTime(let text): logger.notice("\(text)")
                case nil: break
                }
            }
        }
        thread.name = "offhook.watch"
        thread.start()
    }

    func stop() { isStopped.store(true, ordering: .relaxed) }
}

/// What is said of an engine's lateness, look by look.
struct LatenessAlarm {
    /// What is to be logged.
    enum Word: Hashable {
        case late(String)
        case onTime(String)
    }

    /// Said again after this while it lasts.
    static let again: Duration = .seconds(60)
    /// In time for so long, it is over.
    static let calm: Duration = .seconds(15)
    /// Work that is named at most.
    static let mostNamed = 8

    private var isLate = false
    private var sinceSaid: Duration = .zero
    private var sinceLate: Duration = .zero
    private var most: Duration = .zero
    /// What ran when something began to wait: what it was is known only while it runs.
    private var ran: [String] = []

    /// Takes a look in.
    ///
    /// - Parameters:
    ///   - interval: since the look before.
    ///   - work: what runs now beside the engine, each in words that name nobody.
    mutating func look(_ reading: EngineReading, every interval: Duration, work: () -> [String]) -> Word? {
        sinceSaid += interval
        sinceLate += interval
        if reading.overdue > EngineReading.lateBound / 4 {
            for name in work() where !ran.contains(name) && ran.count < Self.mostNamed { ran.append(name) }
        }
        guard reading.peak > EngineReading.lateBound else {
            if reading.overdue == .zero, !isLate, reading.peak < EngineReading.lateBound / 4 { ran = [] }
            guard isLate, sinceLate >= Self.calm else { return nil }
            defer { self = LatenessAlarm() }
            return .onTime("The engine is in time again; it was up to \(DurationText.spoken(most)) late.")
        }
        most = max(most, reading.peak)
        sinceLate = .zero
        guard !isLate || sinceSaid >= Self.again else { return nil }
        isLate = true
        sinceSaid = .zero
        for name in work() where !ran.contains(name) && ran.count < Self.mostNamed { ran.append(name) }
        defer { ran = [] }
        let beside =
            ran.isEmpty
            ? "No request ran meanwhile: look at what else this computer does, and at its disk."
            : "Requests that ran meanwhile: \(ran.joined(separator: "; "))."
        return .late("The engine is \(DurationText.spoken(reading.peak)) late with polls or calls. \(beside)")
    }
}
