/// Patterns with `*` and `?`, as shells have them.
public enum Glob {
    /// Whether a text fits a pattern as a whole.
    ///
    /// Looks at most once at each pair of a character and a sign of the pattern, however many stars there are: patterns come from
    /// campaigns' files, and the engine asks them.
    public static func matches(_ text: String, _ pattern: String) -> Bool {
        var steps = 0
        return matches(Array(text), Array(pattern), &steps)
    }

    /// - Parameter steps: counts the characters that are looked at.
    static func matches(_ text: [Character], _ pattern: [Character], _ steps: inout Int) -> Bool {
        var (position, sign) = (0, 0)
        // Where the last star stands, and how much of the text it takes; nothing before it has to be looked at again.
        var star: (sign: Int, upTo: Int)?
        while position < text.count {
            steps += 1
            if sign < pattern.count, pattern[sign] == "*" {
                star = (sign, position)
                sign += 1
            } else if sign < pattern.count, pattern[sign] == "?" || pattern[sign] == text[position] {
                position += 1
                sign += 1
            } else if let last = star {
                star = (last.sign, last.upTo + 1)
                position = last.upTo + 1
                sign = last.sign + 1
            } else {
                return false
            }
        }
        return pattern[sign...].allSatisfy { $0 == "*" }
    }
}
