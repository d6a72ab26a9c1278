import Campaigns

/// How late something was, counted: by size since the start, and the greatest and the 99th of a hundred of the last minute.
///
/// Lateness is real time. Instants only say which minute it belongs to, on a clock that never steps.
public struct LatenessWindow: Sendable, Hashable {
    /// Upper bounds of the sizes that are told apart, in seconds, ascending; what is later counts above the last one.
    public static let bounds: [Double] = [
        0.001, 0.0015, 0.0025, 0.004, 0.005, 0.0075, 0.01, 0.015, 0.025, 0.04, 0.05, 0.075, 0.1, 0.15, 0.25, 0.4, 0.5,
        0.75, 1, 1.5, 2.5, 4, 5, 7.5, 10, 15, 25, 40, 60, 120, 300, 600,
    ]
    /// How far back ``summary(at:)`` looks.
    static let span: Duration = .seconds(60)
    /// The minute is kept in pieces of this length, so that it moves on.
    private static let piece: Duration = .seconds(5)

    private struct Piece: Hashable {
        var number: Int64
        var counts: [Int]
        var most: Duration
    }

    /// How often each size came since the start: one more than there are ``bounds``.
    public private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    /// All lateness since the start.
    public private(set) var sum: Duration = .zero
    private var pieces: [Piece] = []

    /// Nothing was noted yet.
    public init() {}

    /// Notes how late one thing was; what was early was in time.
    public mutating func note(_ lateness: Duration, at now: Instant) {
        let lateness = max(lateness, .zero)
        let seconds = lateness.inSeconds
        let size = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        counts[size] += 1
        sum += lateness
        let number = now.milliseconds / Self.piece.wholeMilliseconds
        if pieces.last?.number != number {
            pieces.removeAll { !Self.isRecent($0, at: number) }
            pieces.append(Piece(number: number, counts: [Int](repeating: 0, count: counts.count), most: .zero))
        }
        pieces[pieces.count - 1].counts[size] += 1
        pieces[pieces.count - 1].most = max(pieces[pieces.count - 1].most, lateness)
    }

    private static func isRecent(_ piece: Piece, at number: Int64) -> Bool {
        (number - piece.number) * Self.piece.wholeMilliseconds < Self.span.wholeMilliseconds
    }

    /// What the last minute came to.
    public func summary(at now: Instant) -> LatenessSummary {
        let number = now.milliseconds / Self.piece.wholeMilliseconds
        let recent = pieces.filter { Self.isRecent($0, at: number) }
        let count = recent.reduce(0) { $0 + $1.counts.reduce(0, +) }
        let most = recent.map(\.most).max() ?? .zero
        // The rank of the 99th of a hundred, counted from the smallest; of few it is the greatest.
        var left = (count * 99 + 99) / 100
        for (size, bound) in Self.bounds.enumerated() {
            left -= recent.reduce(0) { $0 + $1.counts[size] }
            if left <= 0 { return LatenessSummary(count: count, most: most, p99: min(.seconds(bound), most)) }
        }
        return LatenessSummary(count: count, most: most, p99: most)
    }
}

/// How late something was in the last minute, in real time.
public struct LatenessSummary: Sendable, Hashable {
    /// How many were done.
    public var count: Int
    /// The greatest lateness; zero where nothing was done.
    public var most: Duration
    /// What 99 of 100 did not exceed, rounded up to a bound of ``LatenessWindow/bounds``.
    public var p99: Duration

    /// A summary from its parts.
    public init(count: Int = 0, most: Duration = .zero, p99: Duration = .zero) {
        self.count = count
        self.most = most
        self.p99 = p99
    }
}
