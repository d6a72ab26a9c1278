import Campaigns
import Dialer
import Foundation
import Logging
import Reports

/// How a line of the log is written.
enum LogFormat: String, CaseIterable, Sendable {
    case text, json
}

/// One event of the log, always one line.
struct LogLine: Sendable {
    var at: Instant
    var level: Logger.Level
    /// The part of the program: `dialer`, `phones`, `store`, `web`, `webhooks`, `program`, `simulator`, or a library's name.
    var subsystem: String
    /// The id of the web request; nil where there is none.
    var requestID: String?
    var message: String

    /// The line without its end.
    func text(_ format: LogFormat) -> String {
        let message = LogText.safe(message)
        let subsystem = LogText.escaped(subsystem)
        let request = requestID.map(LogText.escaped)
        switch format {
        case .text:
            return "\(at.iso8601) \(level.rawValue) \(subsystem) \(request.map { "request=\($0) " } ?? "")\(message)"
        case .json:
            let fields = [
                ("time", at.iso8601), ("level", level.rawValue), ("subsystem", subsystem), ("request_id", request),
                ("message", message),
            ]
            return "{"
                + fields.compactMap { name, value in value.map { "\"\(name)\":\(JSONText.string($0))" } }
                .joined(separator: ",") + "}"
        }
    }
}
