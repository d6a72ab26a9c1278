/// A regular expression over decimal digits, as numbering plans are written in libphonenumber's metadata, made into a
/// table: one look-up a digit, so that a million numbers can be told apart in the time the library takes for thousands.
struct DigitPattern: Sendable {
    /// Ten entries a state: the next state for each digit. State 0 is the dead end.
    private let next: [UInt16]
    private let accepts: [Bool]
    private static let start = 1

    /// Nil where the expression holds more than digits, `\d`, classes, groups, alternatives, `?` and counts.
    init?(_ expression: String) {
        guard let automaton = DigitAutomaton(expression) else { return nil }
        var table = DigitTable(automaton)
        guard table.build() else { return nil }
        next = table.next
        accepts = table.accepts
    }

    /// Whether the whole of the digits fits. Digits are 0...9, not characters.
    func matches(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
        var state = Self.start
        for digit in digits {
            state = Int(next[state * 10 + Int(digit)])
            if state == 0 { return false }
        }
        return accepts[state]
    }

    /// How many of the first digits fit: the least count, and whether another count fits too. Nil if none does.
    func prefix(of digits: UnsafeBufferPointer<UInt8>) -> (count: Int, isOnly: Bool)? {
        var state = Self.start
        var found: Int?
        for (index, digit) in digits.enumerated() {
            state = Int(next[state * 10 + Int(digit)])
            if state == 0 { break }
            guard accepts[state] else { continue }
            if let found { return (found, false) }
            found = index + 1
        }
        return found.map { ($0, true) }
    }
}

/// The states and steps of an expression; steps without a digit are kept apart.
struct DigitAutomaton {
    /// From a state, by a set of digits (bit n: digit n), to a state.
    private(set) var steps: [[(digits: UInt16, to: Int)]] = [[], []]
    private(set) var free: [[Int]] = [[], []]
    static let start = 0
    static let end = 1

    private var bytes: [UInt8]
    private var position = 0

    init?(_ expression: String) {
        bytes = Array(expression.utf8.filter { !$0.isSpace })
        guard alternatives(from: Self.start, to: Self.end), position == bytes.count else { return nil }
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func newState() -> Int {
        steps.append([])
        free.append([])
        return steps.count - 1
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard current == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func alternatives(from: Int, to: Int) -> Bool {
        repeat {
            guard sequence(from: from, to: to) else { return false }
        } while take("|")
        return true
    }

    private mutating func sequence(from: Int, to: Int) -> Bool {
        var state = from
        while let byte = current, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
            guard let after = counted(from: state) else { return false }
            state = after
        }
        free[state].append(to)
        return true
    }

    /// One part with its count: the part is read anew for each of its repetitions.
    private mutating func counted(from: Int) -> Int? {
        let begin = position
        guard skip(), let count = count() else { return nil }
        let end = position
        var state = from
        for repetition in 0..<count.upperBound {
            position = begin
            let after = newState()
            if repetition >= count.lowerBound { free[state].append(after) }
            guard part(from: state, to: after) else { return nil }
            state = after
        }
        position = end
        return state
    }

    private mutating func skip() -> Bool {
        var scratch = self
        let from = scratch.newState()
        guard scratch.part(from: from, to: scratch.newState()) else { return false }
        position = scratch.position
        return true
    }

    private mutating func part(from: Int, to: Int) -> Bool {
        if take("(") {
            if take("?") { guard take(":") else { return false } }
            return alternatives(from: from, to: to) && take(")")
        }
        guard let digits = digits() else { return false }
        steps[from].append((digits, to))
        return true
    }

    private mutating func digits() -> UInt16? {
        if take("\\") { return take("d") ? 0x3FF : nil }
        guard take("[") else { return digit().map { 1 << UInt16($0) } }
        var set: UInt16 = 0
        while !take("]") {
            if take("\\") {
                guard take("d") else { return nil }
                set |= 0x3FF
                continue
            }
            guard let first = digit() else { return nil }
            var last = first
            if take("-") {
                guard let end = digit(), end >= first else { return nil }
                last = end
            }
            for value in first...last { set |= 1 << UInt16(value) }
        }
        return set
    }

    private mutating func digit() -> Int? {
        guard let byte = current, let value = byte.decimal else { return nil }
        position += 1
        return value
    }

    private mutating func count() -> ClosedRange<Int>? {
        if take("?") { return 0...1 }
        guard take("{") else { return 1...1 }
        guard let low = number() else { return nil }
        var high = low
        if take(",") {
            guard let value = number() else { return nil }
            high = value
        }
        return take("}") && low <= high ? low...high : nil
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let digit = digit() { value = (value ?? 0) * 10 + digit }
        return value
    }
}

/// Makes the table of an automaton: each of its states is a set of the automaton's.
private struct DigitTable {
    private(set) var next: [UInt16] = []
    private(set) var accepts: [Bool] = []
    private let automaton: DigitAutomaton
    private var known: [[Int]: Int] = [:]
    private var sets: [[Int]] = []

    init(_ automaton: DigitAutomaton) {
        self.automaton = automaton
    }

    /// False where the table would have more states than it can number.
    mutating func build() -> Bool {
        _ = index(of: [])
        _ = index(of: closure(of: [DigitAutomaton.start]))
        var done = 0
        while done < sets.count {
            guard sets.count < Int(UInt16.max) else { return false }
            let set = sets[done]
            for digit in 0..<10 {
                let bit: UInt16 = 1 << UInt16(digit)
                let reached = set.flatMap { automaton.steps[$0] }.filter { $0.digits & bit != 0 }.map(\.to)
                next.append(UInt16(truncatingIfNeeded: index(of: closure(of: reached))))
            }
            done += 1
        }
        return sets.count < Int(UInt16.max)
    }

    private mutating func index(of set: [Int]) -> Int {
        if let index = known[set] { return index }
        known[set] = sets.count
        sets.append(set)
        accepts.append(set.contains(DigitAutomaton.end))
        return sets.count - 1
    }

    private func closure(of states: [Int]) -> [Int] {
        var found = Set(states)
        var open = states
        while let state = open.popLast() {
            for other in automaton.free[state] where found.insert(other).inserted { open.append(other) }
        }
        return found.sorted()
    }
}

extension UInt8 {
    /// The value of an ASCII digit.
    var decimal: Int? { (0x30...0x39).contains(self) ? Int(self) - 0x30 : nil }

    fileprivate var isSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}
