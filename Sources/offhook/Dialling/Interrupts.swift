@preconcurrency import Dispatch
import Foundation
import Synchronization

/// Counts Ctrl-C and termination signals. A terminal that is closed asks once, however often the system says so.
final class Interrupts: Sendable {
    private let sources: [any DispatchSourceSignal]

    init(_ handler: @escaping @Sendable (Int) -> Void) {
        let queue = DispatchQueue(label: "offhook.interrupts")
        let count = Counter()
        // Who reads our output may go away; running calls are followed to their end all the same.
        signal(SIGPIPE, SIG_IGN)
        sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                if let asked = count.next(number) { handler(asked) }
            }
            source.resume()
            return source
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
