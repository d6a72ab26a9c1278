/// Finds the end of a row and the places of its fields: a state machine over bytes that can be stopped at the end of any
/// chunk and goes on with the next. All offsets count from the start of the row.
///
/// RFC 4180, and what is seen in the wild: rows end in CRLF, LF or CR; a quote inside a field that did not begin with
/// one is an ordinary character.
struct CSVScanner {
    /// The place of a field's content, without its quotes.
    struct Field {
        var start: Int
        var end: Int
        var hasDoubledQuotes: Bool
    }

    enum Progress {
        /// The bytes are used up; more are needed.
        case needsMore
        /// The row ends before `end`, its line break included.
        case complete(end: Int)
        /// The row cannot be read. `resumeAfter` is an offset in the line behind which reading goes on.
        case failed(CSVProblem, resumeAfter: Int)
    }

    private enum State {
        case fieldStart, plain, quoted, quoteInQuoted, afterReturn
    }

    private(set) var fields: [Field] = []
    /// Line breaks inside the quoted fields so far.
    private(set) var innerLineBreaks = 0
    private let delimiter: UInt8
    private var state = State.fieldStart
    private var offset = 0
    private var fieldStart = 0
    private var hasDoubledQuotes = false
    private var lastWasReturn = false

    init(delimiter: CSVDelimiter) {
        self.delimiter = delimiter.rawValue
    }

    /// Makes ready for the next row.
    mutating func reset() {
        fields.removeAll(keepingCapacity: true)
        state = .fieldStart
        offset = 0
        fieldStart = 0
        hasDoubledQuotes = false
        innerLineBreaks = 0
        lastWasReturn = false
    }

    /// Goes on as far as the bytes reach. `bytes` begins with the row.
    mutating func scan(_ bytes: UnsafeRawBufferPointer) -> Progress {
        while offset < bytes.count {
            switch state {
            case .fieldStart:
                fieldStart = offset
                // Asked between fields only, so that the answer does not depend on where chunks end.
                if offset > CSVReader.longestRow { return .failed(.rowTooLong, resumeAfter: offset) }
                hasDoubledQuotes = false
                if bytes[offset] == UInt8(ascii: "\"") {
                    state = .quoted
                    fieldStart += 1
                    offset += 1
                } else {
                    state = .plain
                }
            case .plain:
                if let end = scanPlain(bytes) { return end }
            case .quoted:
                if let end = scanQuoted(bytes) { return end }
            case .quoteInQuoted:
                if let end = scanBehindQuote(bytes[offset]) { return end }
            case .afterReturn:
                return .complete(end: bytes[offset] == UInt8(ascii: "\n") ? offset + 1 : offset)
            }
        }
        return .needsMore
    }

    /// What the row is if nothing follows.
    mutating func finish() -> Progress {
        switch state {
        case .quoted:
            return .failed(.unterminatedQuote(column: column), resumeAfter: fieldStart)
        case .fieldStart:
            fieldStart = offset
            closeField(at: offset)
        case .plain:
            closeField(at: offset)
        case .quoteInQuoted:
            closeField(at: offset - 1)
        case .afterReturn:
            break
        }
        return .complete(end: offset)
    }

    private var column: Int { fields.count + 1 }

    private mutating func scanPlain(_ bytes: UnsafeRawBufferPointer) -> Progress? {
        let limit = min(bytes.count, fieldStart + CSVReader.longestField + 1)
        var index = offset
        while index < limit {
            let byte = bytes[index]
            if byte == delimiter {
                closeField(at: index)
                offset = index + 1
                state = .fieldStart
                return nil
            }
            if byte <= UInt8(ascii: "\r") {
                if byte == UInt8(ascii: "\n") {
                    closeField(at: index)
                    offset = index + 1
                    return .complete(end: offset)
                }
                if byte == UInt8(ascii: "\r") {
                    closeField(at: index)
                    offset = index + 1
                    state = .afterReturn
                    return nil
                }
            }
            index += 1
        }
        offset = index
        return overlong()
    }

    private mutating func scanQuoted(_ bytes: UnsafeRawBufferPointer) -> Progress? {
        let limit = min(bytes.count, fieldStart + CSVReader.longestField + 1)
        var index = offset
        while index < limit {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                lastWasReturn = false
                offset = index + 1
                state = .quoteInQuoted
                return nil
            }
            if byte == UInt8(ascii: "\r") || (byte == UInt8(ascii: "\n") && !lastWasReturn) { innerLineBreaks += 1 }
            lastWasReturn = byte == UInt8(ascii: "\r")
            index += 1
        }
        offset = index
        return overlong()
    }

    private mutating func scanBehindQuote(_ byte: UInt8) -> Progress? {
        switch byte {
        case UInt8(ascii: "\""):
            hasDoubledQuotes = true
            state = .quoted
        case delimiter:
            closeField(at: offset - 1)
            state = .fieldStart
        case UInt8(ascii: "\n"):
            closeField(at: offset - 1)
            offset += 1
            return .complete(end: offset)
        case UInt8(ascii: "\r"):
            closeField(at: offset - 1)
            state = .afterReturn
        default:
            return .failed(.textAfterQuote(column: column), resumeAfter: fieldStart)
        }
        offset += 1
        return nil
    }

    private func overlong() -> Progress? {
        offset - fieldStart > CSVReader.longestField
            ? .failed(.fieldTooLong(column: column), resumeAfter: fieldStart) : nil
    }

    private mutating func closeField(at end: Int) {
        fields.append(Field(start: fieldStart, end: end, hasDoubledQuotes: hasDoubledQuotes))
    }
}
