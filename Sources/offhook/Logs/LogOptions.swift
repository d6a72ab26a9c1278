import ArgumentParser
import Campaigns
import Foundation
import Logging

/// How a command that runs for long writes its log.
struct LogOptions: ParsableArguments {
    @Option(help: "How log lines are written, text or json; else OFFHOOK_LOG_FORMAT, else text.")
    var logFormat: LogFormat?
    @Option(
        help:
            "The least that is logged: trace, debug, info, notice, warning, error; else OFFHOOK_LOG_LEVEL, else notice."
    )
    var logLevel: Logger.Level?
    @Option(help: "The file for the log; SIGHUP opens it anew. By default standard error.")
    var logFile: String?

    /// Starts the log.
    ///
    /// - Parameter database: the file that is in use, which no line may be written to.
    /// - Throws: `CommandFailure` where a variable cannot be read or the file is the database.
    func start(besides database: String? = nil) throws -> ProgramLog {
        if let logFile, let database {
            for suffix in ["", "-wal", "-shm", ".key", ".lock", ".import.lock"]
            where Self.isSame(logFile, database + suffix) {
                throw CommandFailure("--log-file \(logFile) is a file of the database; name another.")
            }
        }
        let format = try logFormat ?? Self.variable("OFFHOOK_LOG_FORMAT", among: LogFormat.allCases) ?? .text
        // OFFHOOK_LOG is its former name.
        let level =
            try logLevel ?? Self.variable("OFFHOOK_LOG_LEVEL", among: Logger.Level.allCases)
            ?? Self.variable("OFFHOOK_LOG", among: Logger.Level.allCases) ?? .notice
        return ProgramLog(format: format, level: level, file: logFile, now: { Instant(Date()) })
    }

    private static func variable<Value: RawRepresentable<String>>(_ name: String, among all: [Value]) throws -> Value? {
        guard let text = ProcessInfo.processInfo.environment[name], !text.isEmpty else { return nil }
        guard let value = Value(rawValue: text.lowercased()) else {
            let known = all.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure("\(name) takes one of \(known), not “\(text)”.")
        }
        return value
    }

    /// The same path, or two names of one file.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        let paths = [one, other].map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().standardizedFileURL.path }
        if paths[0] == paths[1] { return true }
        var (first, second) = (stat(), stat())
        return stat(one, &first) == 0 && stat(other, &second) == 0 && first.st_ino == second.st_ino
            && first.st_dev == second.st_dev
    }
}

extension LogFormat: ExpressibleByArgument {}
extension Logger.Level: @retroactive ExpressibleByArgument {}
