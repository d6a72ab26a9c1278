import Campaigns

/// How many rows the next piece of long work has, so that it holds the write lock for about as long as it may.
///
/// It learns from the pieces before: rows cost more in a large database, on a slow disk and on a busy machine.
struct PieceSize: Sendable, Hashable {
    /// How long a piece may hold the write lock while an engine runs: well under the 100 ms that are promised, since one
    /// piece may be slower than the one before it.
    static let hold: Duration = .milliseconds(30)
    /// Rows of the first piece, and the fewest of any.
    static let least = 50
    /// Rows where nobody waits for the database.
    static let most = 20_000

    /// Rows of the next piece.
    private(set) var rows = least

    /// Learns what a piece took.
    mutating func learn(rows done: Int, took: Duration) {
        let milliseconds = max(took.inSeconds * 1000, 0.05)
        let fitting = Double(max(done, 1)) * (Self.hold.inSeconds * 1000) / milliseconds
        // It grows slowly: a few cheap rows say little of those that follow.
        rows = min(max(Int(min(fitting, Double(rows) * 2)), Self.least), Self.most)
    }
}
