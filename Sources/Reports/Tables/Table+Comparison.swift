extension Table {
    /// The ending of a column that holds another's value in the period before.
    public static let before = "_before"

    /// The table with each row's sums of the period before beside its own.
    ///
    /// A row that was only there before stands after the one that it followed then, with zeros of now, so that both periods
    /// add up to their totals.
    /// - Parameters:
    ///   - earlier: the same table of the period before.
    ///   - keys: the columns that say which row is which.
    ///   - additive: the columns that are added up; each gets a column `<column>_before`.
    public func compared(with earlier: Table, keys: [String], additive: [String]) -> Table {
        let keyIndexes = keys.compactMap(columns.firstIndex(of:))
        let sums = additive.compactMap(columns.firstIndex(of:))
        let key = { (row: [Cell]) in keyIndexes.map { row[$0] } }
        var before: [[Cell]: [Cell]] = [:]
        for row in earlier.rows { before[key(row)] = row }
        var present = Set(rows.map(key))
        var joined = rows.map { row in row + sums.map { index in before[key(row)]?[index] ?? Cell(0) } }
        var predecessor: [Cell]?
        for row in earlier.rows {
            let mine = key(row)
            if present.insert(mine).inserted {
                let blank = columns.indices.map { index -> Cell in
                    if keyIndexes.contains(index) { return row[index] }
                    return sums.contains(index) ? Cell(0) : .none
                }
                let place = predecessor.flatMap { last in joined.lastIndex { key($0) == last } }.map { $0 + 1 } ?? 0
                joined.insert(blank + sums.map { row[$0] }, at: place)
            }
            predecessor = mine
        }
        return Table(
            columns: columns + sums.map { columns[$0] + Self.before }, rows: joined,
            totals: totals.map { now in now + sums.map { earlier.totals?[$0] ?? Cell(0) } })
    }
}
