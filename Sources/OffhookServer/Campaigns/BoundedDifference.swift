/// The shortest way from one list to another by removing and inserting, in little memory and bounded time.
///
/// Myers' algorithm in its form with linear space ("An O(ND) Difference Algorithm and Its Variations", 1986, chapter 4b): from both
/// ends until the two searches meet, then each half by itself.
struct BoundedDifference {
    /// Most elements that are removed and inserted, together.
    let mostEdits: Int
    /// Most pairs of elements that are looked at.
    let mostSteps: Int
    /// The pairs that were looked at.
    private(set) var steps = 0

    private var old: [Int] = []
    private var new: [Int] = []
    private var removed: [Int] = []
    private var inserted: [Int] = []

    init(mostEdits: Int, mostSteps: Int) {
        self.mostEdits = mostEdits
        self.mostSteps = mostSteps
    }

    /// The indices in the former list of what goes, and in the new one of what comes, each ascending; nil where it takes more than
    /// the bounds.
    mutating func edits(from old: [Int], to new: [Int]) -> (removed: [Int], inserted: [Int])? {
        (self.old, self.new, removed, inserted, steps) = (old, new, [], [], 0)
        guard compare(0..<old.count, 0..<new.count), removed.count + inserted.count <= mostEdits else { return nil }
        return (removed, inserted)
    }

    /// - Returns: false where a bound was reached.
    private mutating func compare(_ oldRange: Range<Int>, _ newRange: Range<Int>) -> Bool {
        var (old, new) = (oldRange, newRange)
        while let left = old.first, let right = new.first, equal(left, right) {
            (old, new) = (left + 1..<old.upperBound, right + 1..<new.upperBound)
        }
        while let left = old.last, let right = new.last, equal(left, right) {
            (old, new) = (old.lowerBound..<left, new.lowerBound..<right)
        }
        guard steps <= mostSteps else { return false }
        guard !old.isEmpty, !new.isEmpty else {
            removed += old
            inserted += new
            return removed.count + inserted.count <= mostEdits
        }
        guard let middle = middle(of: old, new) else { return false }
        return compare(old.lowerBound..<middle.old.lowerBound, new.lowerBound..<middle.new.lowerBound)
            && compare(middle.old.upperBound..<old.upperBound, middle.new.upperBound..<new.upperBound)
    }

    private mutating func equal(_ left: Int, _ right: Int) -> Bool {
        steps += 1
        return old[left] == new[right]
    }

    /// A stretch of equal elements, maybe empty, in the middle of a shortest way; nil where the way is too long.
    private mutating func middle(of old: Range<Int>, _ new: Range<Int>) -> (old: Range<Int>, new: Range<Int>)? {
        let (rows, columns) = (old.count, new.count)
        let most = min((rows + columns + 1) / 2, mostEdits / 2 + 1)
        var (forward, backward) = (Reach(most), Reach(most))
        let shift = rows - columns
        for distance in 0...most {
            for diagonal in Self.diagonals(distance, rows, columns) {
                let start = forward.next(diagonal, distance)
                var (x, y) = (start, start - diagonal)
                while x < rows, y < columns, equal(old.lowerBound + x, new.lowerBound + y) { (x, y) = (x + 1, y + 1) }
                forward[diagonal] = x
                guard steps <= mostSteps else { return nil }
                if !shift.isMultiple(of: 2), abs(shift - diagonal) < distance, x + backward[shift - diagonal] >= rows {
                    let from = (old.lowerBound + start, new.lowerBound + start - diagonal)
                    return (from.0..<old.lowerBound + x, from.1..<new.lowerBound + y)
                }
            }
            for diagonal in Self.diagonals(distance, rows, columns) {
                let start = backward.next(diagonal, distance)
                var (x, y) = (start, start - diagonal)
                while x < rows, y < columns, equal(old.upperBound - 1 - x, new.upperBound - 1 - y) {
                    (x, y) = (x + 1, y + 1)
                }
                backward[diagonal] = x
                guard steps <= mostSteps else { return nil }
                if shift.isMultiple(of: 2), abs(shift - diagonal) <= distance, x + forward[shift - diagonal] >= rows {
                    let to = (old.upperBound - start, new.upperBound - start + diagonal)
                    return (old.upperBound - x..<to.0, new.upperBound - y..<to.1)
                }
            }
        }
        return nil
    }

    /// The diagonals that are reached with so many edits and lie in the field.
    private static func diagonals(_ distance: Int, _ rows: Int, _ columns: Int) -> StrideThrough<Int> {
        let low = -(distance - 2 * max(0, distance - columns))
        let high = distance - 2 * max(0, distance - rows)
        return stride(from: low, through: high, by: 2)
    }

    /// How far each diagonal is reached.
    private struct Reach {
        private var furthest: [Int]
        private let offset: Int

        init(_ most: Int) {
            offset = most + 1
            furthest = Array(repeating: -1, count: 2 * offset + 1)
            furthest[offset + 1] = 0
        }

        subscript(diagonal: Int) -> Int {
            get { abs(diagonal) <= offset ? furthest[diagonal + offset] : -1 }
            set { furthest[diagonal + offset] = newValue }
        }

        /// Where a diagonal is entered from its neighbors, of which the further one is gone on from.
        func next(_ diagonal: Int, _ distance: Int) -> Int {
            let (below, above) = (self[diagonal - 1], self[diagonal + 1])
            return diagonal == -distance || (diagonal != distance && below < above) ? above : below + 1
        }
    }
}
