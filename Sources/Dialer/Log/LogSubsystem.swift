import Logging

/// The part of the program that a log line is of.
public enum LogSubsystem: String, Sendable, CaseIterable {
    /// The engine: stations, calls, campaigns.
    case dialer
    /// What the phones answer.
    case phones
    /// The database.
    case store
    /// Pages, REST and live events.
    case web
    case webhooks
    /// The program itself: its start, its end, its log.
    case program
    /// Virtual phones.
    case simulator

    /// The key under which a logger carries it.
    public static let key = "subsystem"
}

extension Logger {
    /// The same logger for another part of the program.
    public func of(_ subsystem: LogSubsystem) -> Logger {
        var logger = self
        logger[metadataKey: LogSubsystem.key] = .string(subsystem.rawValue)
        return logger
    }
}
