import Campaigns
import Foundation

/// Long work beside an engine takes turns with it: short pieces, and a rest after each in which the engine writes.
struct LockTurns {
    /// The shortest rest: an engine that waits looks every millisecond.
    private static let leastRest: Duration = .milliseconds(5)

    let database: String
    var now: () -> ContinuousClock.Instant = { .now }
    var sleep: (Duration) -> Void = { usleep(UInt32($0.inSeconds * 1_000_000)) }
    /// Whether an engine runs on the database; nil to ask its lock.
    var engineRuns: Bool?

    /// Whether the lock has to be given back soon.
    var areShared: Bool { engineRuns ?? EngineLock.isHeld(database: database) }

    /// Rests after a piece, where an engine runs.
    func rest(after held: Duration) {
        guard areShared else { return }
        sleep(max(Self.leastRest, held / 2))
    }

    /// Does long work piece by piece until nothing is left.
    ///
    /// - Parameter piece: one transaction for so many rows at most; it says how many it had, 0 when nothing was left.
    func inPieces(_ piece: (_ rows: Int) throws -> Int) throws {
        var size = PieceSize()
        while true {
            let begun = now()
            let done = try piece(areShared ? size.rows : PieceSize.most)
            guard done > 0 else { return }
            let held = now() - begun
            size.learn(rows: done, took: held)
            rest(after: held)
        }
    }
}
