import Campaigns
import Foundation

/// Standard output and error. Nothing else in the program writes to them, but the log.
enum Console {
    /// Writes a line to standard output.
    static func say(_ text: ConsoleText) { write(text.shown + "\n") }

    /// Writes a text whose line ends are its layout, and a line end.
    static func say(layout: String) { say(ConsoleText(layout: layout)) }

    /// Writes a line to standard error.
    static func note(_ text: ConsoleText) {
        try? FileHandle.standardError.write(contentsOf: Data((text.shown + "\n").utf8))
    }

    /// Writes a question to standard error, whose answer comes on the same line.
    static func ask(_ text: ConsoleText) {
        try? FileHandle.standardError.write(contentsOf: Data(text.shown.utf8))
    }

    /// Writes JSON and a line end: whatever a terminal could take for a command stands in it as an escape.
    static func json(_ text: String) { write(VisibleText.inJSON(text) + "\n") }

    /// Writes data for a program to standard output as it is, such as CSV, which knows no escapes; on a terminal without what that could
    /// take for a command.
    static func data(_ text: String) {
        write(isTerminal ? VisibleText.inLines(text.replacing("\r\n", with: "\n")) : text)
    }

    /// The same for data that must arrive.
    ///
    /// - Throws: where standard output takes it no more.
    static func mustWrite(data: String) throws {
        let shown = isTerminal ? VisibleText.inLines(data.replacing("\r\n", with: "\n")) : data
        try FileHandle.standardOutput.write(contentsOf: Data(shown.utf8))
    }

    /// Writes lines over the last so many lines of a terminal.
    static func redraw(_ lines: [String], over drawn: Int) {
        let up = drawn > 0 ? "\u{1B}[\(drawn)A" : ""
        write(up + lines.map { "\u{1B}[2K" + VisibleText.onOneLine($0) + "\n" }.joined())
    }

    /// Writes over the line of standard error's terminal that the cursor is in; an empty text clears it.
    static func redrawNote(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data("\r\(VisibleText.onOneLine(text))\u{1B}[K".utf8))
    }

    private static func write(_ text: String) {
        // A reader that went away, or a terminal that was closed, is no reason to leave calls alone.
        try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    }

    /// Whether a line can be written to standard error without waiting for whoever reads it.
    static var takesNotes: Bool {
        var error = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
        return poll(&error, 1, 0) == 1 && error.revents & Int16(POLLOUT) != 0
    }

    /// Whether standard output is a terminal.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}
