import Campaigns
import Dialer
import Foundation
import Logging

/// The log of a command that runs for long.
struct ProgramLog: Sendable {
    let logger: Logger
    let destination: LogDestination

    /// Starts the log of this process: every logger, those of libraries too, writes to it from then on. Once a process.
    ///
    /// - Parameter now: the wall clock.
    init(format: LogFormat, level: Logger.Level, file: String?, now: @escaping @Sendable () -> Instant) {
        let destination = LogDestination(path: file)
        LoggingSystem.bootstrap { label in
            // Libraries make loggers of their own: below a warning they may quote requests and headers.
            LineLogHandler(
                label: label, format: format, destination: destination, now: now,
                logLevel: label == Self.label ? level : max(level, .warning))
        }
        self.destination = destination
        logger = Logger(label: Self.label).of(.program)
        open()
    }

    private static let label = "offhook"

    /// What a signal to open the log anew does; nil where there is no file, and the signal ends the program as ever.
    var onHangUp: (@Sendable () -> Void)? {
        guard destination.path != nil else { return nil }
        return { open() }
    }

    private func open() {
        guard let path = destination.path, let reason = destination.reopen() else { return }
        logger.error("The log file \(path) cannot be opened: \(reason). Log lines go to standard error.")
    }

    /// Says something to whoever started the program: on a terminal as it is, else as a line of the log.
    func announce(_ text: String) {
        if isatty(STDERR_FILENO) == 1 { Console.note(ConsoleText(layout: text)) }
        if isatty(STDERR_FILENO) != 1 || destination.path != nil { logger.notice("\(text)") }
    }

    /// The same, unless it would wait for whoever reads standard error.
    func announceUnlessFull(_ text: String) {
        if Console.takesNotes || destination.path != nil { announce(text) }
    }
}
