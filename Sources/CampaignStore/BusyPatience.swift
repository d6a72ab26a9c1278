import Campaigns
import Foundation
import GRDB
import Synchronization

/// How long the connections of one store wait for another program's write before they give up.
///
/// SQLite's own time-out sleeps up to 100 ms between two looks, and so misses the short rests that a long writer leaves. This one
/// looks every millisecond at first. It counts looks and reads no clock: on a busy machine it waits longer, never less.
final class BusyPatience: Sendable {
    /// Looks a millisecond apart; later ones come five apart.
    private static let quickLooks = 200
    private let milliseconds: Atomic<Int>

    init(_ patience: Duration) {
        milliseconds = Atomic(Int(patience.wholeMilliseconds))
    }

    /// Sets it for every wait that begins or goes on from now on.
    func set(_ patience: Duration) {
        milliseconds.store(Int(patience.wholeMilliseconds), ordering: .relaxed)
    }

    /// For the configuration of a connection.
    var mode: Database.BusyMode {
        .callback { [self] looks in
            guard Self.waited(afterLooks: looks) < milliseconds.load(ordering: .relaxed) else { return false }
            usleep(looks < Self.quickLooks ? 1000 : 5000)
            return true
        }
    }

    /// Milliseconds that so many looks have taken at the least.
    static func waited(afterLooks looks: Int) -> Int {
        looks <= quickLooks ? looks : quickLooks + (looks - quickLooks) * 5
    }
}
