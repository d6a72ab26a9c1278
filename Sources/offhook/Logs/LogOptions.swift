import ArgumentParser
import CampaignStore
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
    @Option(help: "The file for the log; SIGHUP reopens it. By default standard error.")
    var logFile: String?

    /// Starts the log.
    ///
    /// - Parameter database: the file that is in use, which no line may be written to.
    /// - Throws: `CommandFailure` where a variable cannot be read or the file is the database.
    func start(besides database: String? = nil) throws -> ProgramLog {
        if let logFile, let database {
            try OwnFiles.refuse(logFile, of: database)
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
}

extension LogFormat: ExpressibleByArgument {}
extension Logger.Level: @retroactive ExpressibleByArgument {}
