import Foundation

/// The text of a time zone column, taken apart: `(GMT-08:00) Pacific Standard Time (America/Los_Angeles)`.
struct ZoneText {
    /// What stands outside of an offset: names of zones, most telling first.
    private(set) var names: [Substring] = []
    /// Seconds to add to UTC; nil where none is written.
    private(set) var offset: Int?
    /// Whether the offset may be that of daylight time: dialers write the offset that holds now, as `-8.00`.
    private(set) var isOffsetOfNow = false

    init(_ raw: String) {
        let text = raw.replacing("\u{2212}", with: "-").replacing("\u{2013}", with: "-").replacing(
            "\u{00A0}", with: " ")
        // What stands in brackets is a name or an offset of its own.
        var parts = text.split(whereSeparator: { "()[]\"".contains($0) }).map { $0.trimmed }.filter { !$0.isEmpty }
        if parts.isEmpty { parts = [text.trimmed] }
        for part in parts where offset == nil {
            guard let read = Self.offset(part) else { continue }
            offset = read.seconds
            isOffsetOfNow = read.isNow
        }
        let rest = parts.filter { Self.offset($0) == nil }
        names = rest.filter { $0.contains("/") || $0.contains("_slash_") }
        // The brackets of “Pacific Time (US & Canada)” are part of the name.
        let whole = rest.joined(separator: " ")
        if rest.count > 1 { names.append(Substring(whole)) }
        names += rest.filter { !names.contains($0) }
        names += rest.compactMap(Self.withoutOffset)
        // “Eastern Time - New York”: the place says more.
        names += rest.flatMap { $0.components(separatedBy: " - ").reversed() }.filter { $0 != whole }.map { $0[...] }
    }

    /// The parts of a name that lists places: `Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna`.
    var places: [Substring] {
        names.first.map { $0.split(separator: ",").map(\.trimmed) } ?? []
    }

    /// Reads `GMT-08:00`, `UTC+1`, `-0500`, `+5.5`, `-8.00`, `UTC`; nil where a text is no offset.
    private static func offset(_ text: Substring) -> (seconds: Int, isNow: Bool)? {
        var rest = text.uppercased()[...]
        var isNamed = false
        for name in ["GMT", "UTC"] where rest.hasPrefix(name) {
            rest = rest.dropFirst(name.count).trimmed
            isNamed = true
        }
        if rest.isEmpty || rest == "Z" { return isNamed || rest == "Z" ? (0, false) : nil }
        var sign = 1
        var isSigned = false
        if let first = rest.first, "+-".contains(first) {
            sign = first == "-" ? -1 : 1
            isSigned = true
            rest = rest.dropFirst().trimmed
        }
        guard let first = rest.first, first.isASCII, first.isNumber, isSigned || !isNamed else { return nil }
        if rest.contains(":") {
            let clock = rest.split(separator: ":", omittingEmptySubsequences: false)
            guard clock.count == 2 || clock.count == 3, let hours = Int(clock[0]), let minutes = Int(clock[1]),
                clock[0].count <= 2, clock[1].count == 2
            else { return nil }
            return checked(sign * (hours * 60 + minutes) * 60, false)
        }
        let number = rest.replacing(",", with: ".")
        if number.contains(".") {
            guard let hours = Double(number), number.count <= 5 else { return nil }
            return checked(sign * Int((hours * 3600).rounded()), true)
        }
        guard let value = Int(number) else { return nil }
        switch number.count {
        case 1, 2: return checked(sign * value * 3600, !isNamed)
        case 3, 4: return checked(sign * (value / 100 * 60 + value % 100) * 60, false)
        default: return nil
        }
    }

    /// No place is more than 14 hours off.
    private static func checked(_ seconds: Int, _ isNow: Bool) -> (seconds: Int, isNow: Bool)? {
        abs(seconds) <= 14 * 3600 && seconds % 900 == 0 ? (seconds, isNow) : nil
    }

    /// `UTC-08:00 Pacific Time`, `Berlin GMT+1`: a name with an offset before or behind it.
    private static func withoutOffset(_ name: Substring) -> Substring? {
        let words = name.split(separator: " ")
        guard words.count > 1 else { return nil }
        if offset(words[0]) != nil { return name.dropFirst(words[0].count).trimmed }
        if let last = words.last, offset(last) != nil { return name.dropLast(last.count).trimmed }
        return nil
    }
}

extension StringProtocol where SubSequence == Substring {
    /// Without blanks, commas and semicolons at its ends.
    fileprivate var trimmed: Substring {
        var text = self[...]
        while let first = text.first, first.isWhitespace || ",;".contains(first) { text.removeFirst() }
        while let last = text.last, last.isWhitespace || ",;".contains(last) { text.removeLast() }
        return text
    }
}
