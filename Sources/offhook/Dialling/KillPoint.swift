import Dialer
import Foundation
import Synchronization

/// Kills this program at a named step, as a power cut would: `OFFHOOK_KILL_AT=after_intent:3` at the third intent.
///
/// Debug builds alone read it, for the crash harness.
enum KillPoint {
    /// What the engine calls at every step; nil where no step is named, and always in a release build.
    static func fromEnvironment() throws -> (@Sendable (EngineStep) -> Void)? {
        #if DEBUG
            guard let text = ProcessInfo.processInfo.environment["OFFHOOK_KILL_AT"] else { return nil }
            let parts = text.split(separator: ":")
            guard parts.count == 2, let step = EngineStep(rawValue: String(parts[0])), let count = Int(parts[1]) else {
                let steps = EngineStep.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure("OFFHOOK_KILL_AT takes STEP:COUNT with a step of \(steps), not “\(text)”.")
            }
            let countdown = Countdown(count)
            return { passed in
                // At zero the process is gone before the next line.
                if passed == step, countdown.reachesZero() { kill(getpid(), SIGKILL) }
            }
        #else
            return nil
        #endif
    }

    #if DEBUG
        private final class Countdown: Sendable {
            private let left: Mutex<Int>

            init(_ count: Int) {
                left = Mutex(count)
            }

            func reachesZero() -> Bool {
                left.withLock { left in
                    left -= 1
                    return left <= 0
                }
            }
        }
    #endif
}
