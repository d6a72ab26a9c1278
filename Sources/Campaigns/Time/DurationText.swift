/// Durations as people write them in files and on the command line: `25s`, `4h`, `1h30m`, `250ms`, `1d`.
public enum DurationText {
    private static let units: [(suffix: String, milliseconds: Int64)] = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000), ("w", 604_800_000),
    ]

    /// Reads a duration; nil where the text is not one. A bare number is refused: its unit would be a guess.
    public static func read(_ text: String) -> Duration? {
        var total: Int64 = 0
        var rest = Substring(text.filter { $0 != " " })
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix(while: \.isASCIIDigit)
            rest = rest.dropFirst(digits.count)
            let letters = rest.prefix(while: { $0.isLetter })
            rest = rest.dropFirst(letters.count)
            guard let number = Int64(digits), let unit = units.first(where: { $0.suffix == letters }) else {
                return nil
            }
            let (product, overflow) = number.multipliedReportingOverflow(by: unit.milliseconds)
            guard !overflow, product <= 3_155_760_000_000 else { return nil }
            total += product
        }
        return .milliseconds(total)
    }

    /// The shortest exact form, `1h30m`; zero is `0s`.
    public static func write(_ duration: Duration) -> String {
        var rest = duration.wholeMilliseconds
        guard rest > 0 else { return rest == 0 ? "0s" : "-" + write(.milliseconds(-rest)) }
        var text = ""
        for unit in units.reversed() where unit.suffix != "w" && rest >= unit.milliseconds {
            text += "\(rest / unit.milliseconds)\(unit.suffix)"
            rest %= unit.milliseconds
        }
        return text
    }

    /// A rounded form for people, `25 s`, `4 h`, `2 min`, `3 d`.
    public static func spoken(_ duration: Duration) -> String {
        let seconds = duration.inSeconds
        switch seconds {
        case ..<1: return "\(max(0, duration.wholeMilliseconds)) ms"
        case ..<120: return "\(Int(seconds.rounded())) s"
        case ..<7200: return "\(Int((seconds / 60).rounded())) min"
        case ..<172_800: return "\(Int((seconds / 3600).rounded())) h"
        default: return "\(Int((seconds / 86_400).rounded())) d"
        }
    }
}

extension Character {
    var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
