import Dialer
@preconcurrency import Dispatch
import Foundation
import Synchronization

/// Counts Ctrl-C and termination signals. A terminal that is closed asks once, however often the system says so, unless its signal
/// means something else: with a log file, that the file is opened anew.
final class Interrupts: Sendable {
    private let sources: [any DispatchSourceSignal]

    init(onHangUp: (@Sendable () -> Void)? = nil, _ handler: @escaping @Sendable (Int) -> Void) {
        let queue = DispatchQueue(label: "offhook.interrupts")
        let count = Counter()
        // Who reads our output may go away; running calls are followed to their end all the same.
        signal(SIGPIPE, SIG_IGN)
        sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                if number == SIGHUP, let onHangUp { return onHangUp() }
                if let asked = count.next(number) { handler(asked) }
            }
            source.resume()
            return source
        }
    }

    /// The first signal stops placing calls, the second leaves at once.
    convenience init(stopping engine: DialerEngine, _ log: ProgramLog) {
        self.init(onHangUp: log.onHangUp) { count in
            guard count == 1 else {
                // Safe at any moment: every intent is on disk before its command, and the next start reconciles.
                log.announce("Leaving at once; the next run follows up what is open.")
                exit(130)
            }
            log.announce("No further call is placed; running calls go on to their end. Ctrl-C again leaves at once.")
            Task { await engine.stop() }
        }
    }

    func cancel() {
        sources.forEach { $0.cancel() }
    }

    private final class Counter: Sendable {
        private let value = Mutex(0)

        /// How often a person has asked by now; nil where this signal asks nothing new.
        func next(_ signal: Int32) -> Int? {
            value.withLock { value in
                if signal == SIGHUP, value > 0 { return nil }
                value += 1
                return value
            }
        }
    }
}
