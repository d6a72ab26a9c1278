import Synchronization

/// Up to which event a stream has been brought by reading; what the hub hands out of that is not sent twice.
final class CaughtUp: Sendable {
    private let seq = Mutex<Int64>(0)

    var value: Int64 { seq.withLock { $0 } }

    func set(_ value: Int64) {
        seq.withLock { $0 = value }
    }
}
