import Synchronization

/// The number of a live page, known once its stream has begun.
final class LivePage: Sendable {
    private let number = Mutex<Int?>(nil)

    var value: Int? { number.withLock { $0 } }

    func set(_ page: Int) {
        number.withLock { $0 = page }
    }
}
