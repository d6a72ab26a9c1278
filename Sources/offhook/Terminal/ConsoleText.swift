import Campaigns

/// A text for a terminal: what is written in the program keeps its line ends, and what is put into it comes from phones, lists and
/// people, and is shown on one line.
///
/// A `String` is none, so that nothing reaches a terminal without a word on what it is: `"\(value)"` for data, `layout:` for a text
/// whose line ends were made here.
struct ConsoleText: ExpressibleByStringInterpolation, Sendable {
    /// The text as it is shown.
    let shown: String

    init(stringLiteral value: String) { shown = value }
    init(stringInterpolation: Interpolation) { shown = stringInterpolation.shown }
    private init(shown: String) { self.shown = shown }

    /// A text whose line ends are its layout.
    init(layout: String) { shown = VisibleText.inLines(layout) }

    struct Interpolation: StringInterpolationProtocol {
        fileprivate var shown = ""

        init(literalCapacity: Int, interpolationCount: Int) {}
        mutating func appendLiteral(_ literal: String) { shown += literal }
        mutating func appendInterpolation(_ value: some Any) { shown += VisibleText.onOneLine("\(value)") }
        mutating func appendInterpolation(_ text: ConsoleText) { shown += text.shown }
        mutating func appendInterpolation(layout: String) { shown += VisibleText.inLines(layout) }
    }

    static func + (left: ConsoleText, right: ConsoleText) -> ConsoleText {
        ConsoleText(shown: left.shown + right.shown)
    }
}
