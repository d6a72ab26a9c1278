/// Looks at a row's cells for the wish not to be called: in the columns that are taken for it, and in those that look like it.
struct OptOutColumns {
    private struct Watched {
        var index: Int
        /// Nil: nothing in the header says so; only `DNC` itself is looked for.
        var kind: OptOutKind?
    }

    /// Different texts of a column that are kept in mind: columns of states and tags have few.
    private static let mostRemembered = 256

    private let heeded: [Watched]
    private let unheeded: [Watched]
    private let columns: Int
    private let phones: [Int]
    private var remembered: [Int: [String: OptOutAnswer]] = [:]

    init(_ mapping: ColumnMapping) {
        var heeded: [Watched] = []
        var unheeded: [Watched] = []
        for (index, column) in mapping.columns.enumerated() {
            switch column.field {
            case .doNotCall: heeded.append(Watched(index: index, kind: column.optOut ?? .flag))
            case .custom: unheeded.append(Watched(index: index, kind: column.optOut))
            default:
                if let kind = column.optOut { unheeded.append(Watched(index: index, kind: kind)) }
            }
        }
        self.heeded = heeded
        self.unheeded = unheeded
        columns = mapping.columns.count
        phones = mapping.phoneColumns
    }

    /// What a row says, by its texts as they stand in the file.
    mutating func wish(in texts: [String]) -> RowWish {
        var wish = RowWish()
        for column in heeded where column.index < texts.count {
            let text = texts[column.index]
            if text.isEmpty { continue }
            let answer = answer(text, column.kind, at: column.index)
            guard answer.stopsCalls else { continue }
            wish.isFlagged = true
            if answer == .unclear { wish.unclear = wish.unclear ?? text }
        }
        // “212-555-0142 do not call”, or “DNC” in place of a number.
        for index in phones where index < texts.count && Self.hasLetter(texts[index]) {
            let words = String(texts[index].map { $0.isLetter || $0 == "'" || $0 == "’" ? $0 : " " })
            if OptOutHeader.wish(in: words.trimmingWhitespace()) == true { wish.isFlagged = true }
        }
        // Where a delimiter too many has moved the cells, a clear yes counts wherever it may belong.
        if texts.count > columns, !wish.isFlagged || wish.unclear != nil {
            let surplus = texts.count - columns
            let places = heeded.flatMap { [$0.index, $0.index + surplus] }
            wish.isFlagged =
                wish.isFlagged && wish.unclear == nil || places.contains { OptOutAnswer(flag: texts[$0]) == .yes }
            wish.unclear = nil
        }
        for column in unheeded where column.index < texts.count {
            let text = texts[column.index]
            guard !text.isEmpty else { continue }
            if let kind = column.kind {
                if answer(text, kind, at: column.index).stopsCalls { wish.unheeded.append(column.index) }
            } else if OptOutHeader.isShortWish(text) {
                wish.unheeded.append(column.index)
            }
        }
        return wish
    }

    private static func hasLetter(_ text: String) -> Bool {
        text.utf8.contains { ($0 | 0x20) >= UInt8(ascii: "a") }
    }

    private mutating func answer(_ text: String, _ kind: OptOutKind?, at column: Int) -> OptOutAnswer {
        // Columns of notes have another text in each row, which costs more to remember than to look at.
        if kind == .status, !OptOutAnswer.statusScan.mayBeIn(text) { return .no }
        if let known = remembered[column]?[text] { return known }
        let answer: OptOutAnswer =
            switch kind ?? .flag {
            case .flag, .otherChannel: OptOutAnswer(flag: text)
            case .status: OptOutAnswer(wholeStatus: text)
            case .permission: OptOutAnswer(permission: text)
            }
        if remembered[column, default: [:]].count < Self.mostRemembered {
            remembered[column, default: [:]][text] = answer
        }
        return answer
    }
}
