import Campaigns
import Dialer
import Logging

/// Writes each event as one line to a destination.
struct LineLogHandler: LogHandler {
    let label: String
    let format: LogFormat
    let destination: LogDestination
    /// The wall clock.
    let now: @Sendable () -> Instant
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    /// Where Hummingbird and the server keep the id of a request.
    private static let requestKey = "hb.request.id"

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        // Of the metadata two alone are told: nobody has read what libraries put into theirs.
        let all = event.metadata.map { metadata.merging($0) { $1 } } ?? metadata
        var message = "\(event.message)"
        if let error = event.error { message += ": \(LoggedError.text(error))" }
        let line = LogLine(
            at: now(), level: event.level, subsystem: all[LogSubsystem.key].map { "\($0)" } ?? label,
            requestID: all[Self.requestKey].map { "\($0)" }, message: message)
        destination.write(line.text(format))
    }
}
