import Dialer
import Logging
import Synchronization

/// Keeps what is logged, at every level.
public final class HeardLog: Sendable {
    private struct Handler: LogHandler {
        let heard: HeardLog
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let subsystem = metadata[LogSubsystem.key].map { "\($0)" } ?? ""
            let request = metadata["hb.request.id"].map { "\($0)" }
            heard.events.withLock {
                $0.append(Event(subsystem: subsystem, request: request, line: "\(event.level): \(event.message)"))
            }
        }
    }

    private struct Event {
        var subsystem: String
        var request: String?
        var line: String
    }

    private let events = Mutex<[Event]>([])

    /// A log without lines.
    public init() {}

    /// The logger whose events are kept.
    public var logger: Logger { Logger(label: "test") { _ in Handler(heard: self) } }
    /// Levels and messages.
    public var lines: [String] { events.withLock { $0.map(\.line) } }
    /// The parts of the program that logged.
    public var subsystems: Set<String> { events.withLock { Set($0.map(\.subsystem)) } }
    /// The ids of the web requests that logged.
    public var requests: [String] { events.withLock { $0.compactMap(\.request) } }
}
