import ArgumentParser
import Foundation
import Reports

/// How a command writes a list.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case table, csv, json
}

/// The `--format` of commands that list things.
struct OutputOptions: ParsableArguments {
    @Option(help: "table for people, csv or json for machines.")
    var format: OutputFormat = .table

    func print(_ table: Table, empty: String) {
        switch format {
        case .table: Swift.print(table.rows.isEmpty ? empty : table.text)
        case .csv: Console.write(table.csv)
        case .json: Swift.print(table.json)
        }
    }
}

/// Standard output and error.
enum Console {
    /// Writes text to standard output as it is.
    static func write(_ text: String) {
        // A reader that went away, or a terminal that was closed, is no reason to leave calls alone.
        try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    }

    /// Writes a line to standard error.
    static func note(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }

    /// Whether a line can be written to standard error without waiting for whoever reads it.
    static var takesNotes: Bool {
        var error = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
        return poll(&error, 1, 0) == 1 && error.revents & Int16(POLLOUT) != 0
    }

    /// Whether standard output is a terminal.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}
