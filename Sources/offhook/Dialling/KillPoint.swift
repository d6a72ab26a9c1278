#if DEBUG
    import Dialer
    import Foundation
    import Synchronization

    /// Kills this program at a named step, as a power cut would: `OFFHOOK_KILL_AT=after_intent:3` at the third intent.
    ///
    /// It exists in debug builds alone, for the crash harness.
    final class KillPoint: Sendable {
        private let step: EngineStep
        private let left: Mutex<Int>

        private init(step: EngineStep, count: Int) {
            self.step = step
            left = Mutex(count)
        }

        /// The kill point that the environment names; nil where it names none.
        static func fromEnvironment() throws -> KillPoint? {
            guard let text = ProcessInfo.processInfo.environment["OFFHOOK_KILL_AT"] else { return nil }
            let parts = text.split(separator: ":")
            guard parts.count == 2, let step = EngineStep(rawValue: String(parts[0])), let count = Int(parts[1]) else {
                let steps = EngineStep.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure("OFFHOOK_KILL_AT takes STEP:COUNT with a step of \(steps), not “\(text)”.")
            }
            return KillPoint(step: step, count: count)
        }

        /// Counts down at its step; at zero the process is gone before the next line.
        func passed(_ passed: EngineStep) {
            guard passed == step else { return }
            let isOver = left.withLock { left in
                left -= 1
                return left <= 0
            }
            if isOver { kill(getpid(), SIGKILL) }
        }
    }
#endif
