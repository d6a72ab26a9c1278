import Campaigns
import PhoneNumbers

/// Rows of an import side by side in a few arrays, so that the thread that writes them counts no references and copies no
/// text. Whoever reads the list packs them, on another core.
public struct PackedRows: Sendable {
    /// A text in ``bytes``; empty where there is none.
    struct Text {
        var start: Int32 = 0
        var count: Int32 = 0
    }

    /// What is known of a number: words that repeat are part of the statement that stores it.
    struct NumberWords: Hashable {
        var kind: NumberKind
        var validity: NumberValidity
    }

    struct Number {
        /// E.164.
        var digits: Int64
        var fileExtension: Text
        /// Its place in ``words``.
        var words: Int32
        /// Its place in ``areas``.
        var area: Int32
    }

    enum Row {
        case contact(
            name: Text, externalID: Text, fields: Text, priority: Int, numbers: Range<Int>, isPlaceStated: Bool,
            isDoNotCall: Bool, doNotCall: Range<Int>)
        /// - Parameter doNotCall: places in ``suppressed``.
        case quarantined(row: Int, line: Int, raw: Text, reason: Text, doNotCall: Range<Int>)
    }

    private(set) var rows: [Row] = []
    private(set) var numbers: [Number] = []
    /// E.164 digits of quarantined rows whose person wants no calls.
    private(set) var suppressed: [Int64] = []
    /// Each area of the numbers, once.
    public private(set) var areas: [Area] = []
    private(set) var words: [NumberWords] = []
    /// UTF-8.
    private(set) var bytes: [UInt8] = []
    private var areaPlaces: [Area: Int32] = [:]
    private var wordPlaces: [NumberWords: Int32] = [:]
    /// Where the last number's area stands, which is nearly always the next one's too.
    private var lastArea: (area: Area, place: Int32)?

    /// How many rows there are.
    public var count: Int { rows.count }

    /// Rows in the file's order.
    public init(_ rows: some Collection<ImportRow>) {
        self.rows.reserveCapacity(rows.count)
        numbers.reserveCapacity(rows.count)
        bytes.reserveCapacity(rows.count * 128)
        for row in rows { add(row) }
    }

    /// The contacts all of whose numbers are in areas of some kind, each with its row, its first number and that one's area as
    /// places in this batch and in ``areas``.
    public func contacts(whereEveryArea isOfKind: (Int) -> Bool) -> [(row: Int, number: PhoneNumber, area: Int)] {
        rows.indices.compactMap { row in
            guard case .contact(_, _, _, _, let range, _, _, _) = rows[row], let first = range.first,
                numbers[range].allSatisfy({ isOfKind(Int($0.area)) }),
                let number = PhoneNumber(digits: numbers[first].digits)
            else { return nil }
            return (row, number, Int(numbers[first].area))
        }
    }

    private mutating func add(_ row: ImportRow) {
        switch row {
        case .contact(let contact):
            let first = numbers.count
            for number in contact.numbers {
                numbers.append(
                    Number(
                        digits: number.number.digits, fileExtension: add(number.fileExtension ?? ""),
                        words: place(of: NumberWords(kind: number.kind, validity: number.validity)),
                        area: place(of: number.area)))
            }
            let further = suppressed.count
            suppressed.append(contentsOf: contact.doNotCall.map(\.digits))
            rows.append(
                .contact(
                    name: add(contact.name ?? ""), externalID: add(contact.externalID ?? ""),
                    fields: add(contact.fields.json), priority: contact.priority, numbers: first..<numbers.count,
                    isPlaceStated: contact.isPlaceStated, isDoNotCall: contact.isDoNotCall,
                    doNotCall: further..<suppressed.count))
        case .quarantined(let bad):
            let first = suppressed.count
            suppressed.append(contentsOf: bad.doNotCall.map(\.digits))
            rows.append(
                .quarantined(
                    row: bad.row, line: bad.line, raw: add(bad.raw), reason: add(bad.reason),
                    doNotCall: first..<suppressed.count))
        }
    }

    private mutating func add(_ text: String) -> Text {
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        return Text(start: Int32(start), count: Int32(bytes.count - start))
    }

    private mutating func place(of area: Area) -> Int32 {
        if let lastArea, lastArea.area == area { return lastArea.place }
        let place = areaPlaces[area] ?? Int32(areas.count)
        if Int(place) == areas.count {
            areas.append(area)
            areaPlaces[area] = place
        }
        lastArea = (area, place)
        return place
    }

    private mutating func place(of known: NumberWords) -> Int32 {
        if let place = wordPlaces[known] { return place }
        let place = Int32(words.count)
        words.append(known)
        wordPlaces[known] = place
        return place
    }
}
