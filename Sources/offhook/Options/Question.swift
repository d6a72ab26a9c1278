import Foundation

/// What a person has to mean before it is done.
enum Question {
    /// Goes on where it is meant: said with `--yes`, or answered on a terminal.
    ///
    /// - Parameters:
    ///   - what: what would happen, a sentence.
    ///   - otherwise: what is true where it is not meant, without a dot.
    /// - Throws: `CommandFailure` where it is not meant, or nobody can be asked.
    static func ask(_ what: String, yes: Bool, otherwise: String) throws {
        if yes { return }
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
            throw CommandFailure("\(what) \(otherwise); say --yes if it is meant.")
        }
        Console.ask("\(what) Go on? [y/N] ")
        guard ["y", "yes"].contains((readLine() ?? "").trimmingCharacters(in: .whitespaces).lowercased()) else {
            throw CommandFailure("\(otherwise).")
        }
    }
}
