import Foundation

/// What a cell of a list holds that should hold a number: people write several into one, with words beside them.
public struct CellNumbers: Sendable, Hashable {
    /// The numbers to dial, in the text's order, each once.
    public private(set) var numbers: [NumberReading] = []
    /// Numbers of fax machines, by the words beside them.
    public private(set) var faxes: [NumberReading] = []
    /// Numbers that are wrong or not to be called, by the words beside them.
    public private(set) var refused: [NumberReading] = []
    /// What is wrong with a part of the text, or with all of it; nil if nothing is.
    public private(set) var problem: NumberProblem?

    /// Letters beside a number at most; what has more is a note.
    private static let longestLabel = 60

    /// Reads a cell.
    ///
    /// - Parameters:
    ///   - region: ISO 3166-1 alpha-2.
    ///   - form: what the column tells of digits without a plus.
    public init(_ cell: String, region: String, form: DigitsForm = .unknown, reader: NumberReader) {
        let shown = Self.withoutStructure(SpreadsheetText.shown(cell))
        let cell = SpacedEnding.spelled(shown) ?? shown
        if let plain = reader.readPlainly(cell, region: region, form: form) {
            numbers = [plain]
            return
        }
        let single = reader.readByLibrary(cell, region: region, form: form)
        let plainText = NumberText(cell)
        guard !plainText.isSimple, let text = CellText(plainText.text), single != .failure(.rounded),
            single != .failure(.empty)
        else {
            problem = (try? single.get()) == nil ? Self.problem(of: single) : nil
            if let reading = try? single.get() { numbers = [reading] }
            return
        }
        var reading = CellReading(text, region: region, form: form, reader: reader)
        reading.read()
        if reading.found.count + reading.faxes.count == 1, !reading.isUnclear, reading.problem == nil,
            let one = try? single.get()
        {
            // One number and nothing beside it: the whole text is read as always.
            if reading.faxes.isEmpty { numbers = [one] } else { faxes = [one] }
            return
        }
        if reading.isUnclear || text.hasForeignSign || text.letters > Self.longestLabel || reading.refuses {
            if let one = try? single.get(), !reading.isUnclear { numbers = [one] }
            guard numbers.isEmpty else { return }
            if reading.refuses { refused = reading.found + reading.faxes }
            problem = reading.refuses ? .notToBeCalled : reading.isUnclear ? .severalNumbers : Self.problem(of: single)
            return
        }
        for number in reading.found where !numbers.contains(where: { $0.number == number.number }) {
            numbers.append(number)
        }
        faxes = reading.faxes.filter { fax in !numbers.contains { $0.number == fax.number } }
        problem = reading.problem
        if numbers.isEmpty, faxes.isEmpty {
            if let one = try? single.get() { numbers = [one] } else { problem = Self.problem(of: single) ?? problem }
        } else if numbers.isEmpty {
            problem = .fax
        }
    }

    /// One number that is known already.
    public init(_ reading: NumberReading) { numbers = [reading] }

    private init(_ problem: NumberProblem) { self.problem = problem }

    /// Reads a cell whose area code stands apart; see ``NumberReader/read(_:areaCode:region:form:)``.
    public init(
        _ cell: String, areaCode: String, region: String, form: DigitsForm = .unknown, reader: NumberReader
    ) {
        switch reader.read(SpreadsheetText.shown(cell), areaCode: areaCode, region: region, form: form) {
        case .success(let reading): self.init(reading)
        case .failure(.ambiguous(let one, let other)): self.init(.ambiguous(one, other))
        case .failure: self.init(cell, region: region, form: form, reader: reader)
        }
    }

    private static func problem(of result: Result<NumberReading, NumberProblem>) -> NumberProblem? {
        if case .failure(let problem) = result { problem } else { nil }
    }

    /// Leaves the cell's numbers to another purpose: as a fax's, say.
    public mutating func takeForFaxes() {
        faxes += numbers
        numbers = []
        if problem == nil { problem = .fax }
    }

    /// `[{"label": "work", "value": "2125550153"}]` with labels and numbers as people write them: `work: 2125550153`.
    private static func withoutStructure(_ cell: String) -> String {
        guard cell.utf8.first == UInt8(ascii: "[") || cell.utf8.first == UInt8(ascii: "{"), cell.utf8.count < 2000
        else {
            return cell
        }
        let texts = [cell, cell.replacingOccurrences(of: "'", with: "\"")]
        for text in texts {
            guard let value = try? JSONSerialization.jsonObject(with: Data(text.utf8)) else { continue }
            let lines = lines(of: value)
            return lines.isEmpty ? cell : lines.joined(separator: "\n")
        }
        return cell
    }

    private static func lines(of value: Any) -> [String] {
        func isNumber(_ text: String) -> Bool { text.count(where: \.isNumber) >= 6 }
        switch value {
        case let list as [Any]: return list.flatMap(lines)
        case let object as [String: Any]:
            let texts = object.sorted { $0.key < $1.key }.map(\.value)
            let labels = texts.compactMap { $0 as? String }.filter { !isNumber($0) }
            let keys = object.filter { isNumber("\($0.value)") }.keys.sorted()
            let own = texts.flatMap { $0 is String || $0 is NSNumber ? lines(of: $0) : [] }
            let inner = texts.flatMap { $0 is String || $0 is NSNumber ? [] : lines(of: $0) }
            return own.map { "\((labels + keys).joined(separator: " ")): \($0)" } + inner
        case let text as String: return isNumber(text) ? [text] : []
        case let number as NSNumber: return isNumber(number.stringValue) ? [number.stringValue] : []
        default: return []
        }
    }
}
