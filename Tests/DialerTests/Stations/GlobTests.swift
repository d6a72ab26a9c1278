import Testing

@testable import Dialer

@Suite("Patterns of station names") struct GlobTests {
    @Test(
        "stars stand for any text, question marks for one character",
        arguments: [
            ("desk-1", "desk-*", true), ("desk-1", "*", true), ("", "*", true), ("", "", true), ("", "?", false),
            ("base-1/2", "base-?/*", true), ("desk", "desk?", false), ("abcabd", "*abd", true), ("aab", "a*ab", true),
            ("ab", "a*b*", true), ("ab", "b*", false), ("abc", "a**c", true), ("abc", "*a", false),
        ])
    func matching(text: String, pattern: String, isMatch: Bool) {
        #expect(Glob.matches(text, pattern) == isMatch)
    }

    @Test("a pattern of many stars takes no more looks than the text has characters for each of its signs")
    func bounded() {
        let text = Array(String(repeating: "a", count: 64))
        let pattern = Array(String(repeating: "*a", count: 30) + "*b")
        var steps = 0
        #expect(!Glob.matches(text, pattern, &steps))
        #expect(steps <= 2 * text.count * pattern.count)
    }
}
