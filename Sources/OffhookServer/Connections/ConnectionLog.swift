import Logging
import Synchronization
import SystemResources

/// Tells the log of connections that were not let in, once a minute at most: whoever floods us must not fill the log as well.
///
/// No address of anybody stands in it; how many there are by reason is in `/metrics`.
final class ConnectionLog: Sendable {
    static let interval: Duration = .seconds(60)

    private struct State {
        var toldAt: ContinuousClock.Instant?
        var untold = 0
    }

    private let logger: Logger
    private let limits: ConnectionLimits
    private let state = Mutex(State())

    init(_ limits: ConnectionLimits, _ logger: Logger) {
        self.limits = limits
        self.logger = logger
    }

    func note(_ report: AcceptHandler.Report, at now: ContinuousClock.Instant = .now) {
        let count: Int? = state.withLock { state in
            state.untold += 1
            if let told = state.toldAt, told.duration(to: now) < Self.interval { return nil }
            defer { state.untold = 0 }
            state.toldAt = now
            return state.untold
        }
        guard let count else { return }
        logger.warning("\(count) connections were not let in, the last because \(reason(report)).")
    }

    private func reason(_ report: AcceptHandler.Report) -> String {
        switch report {
        case .refused(.total):
            "\(limits.total) are open; allow more with --max-connections, or see who has them open"
        case .refused(.address), .refused(.requests):
            "one address has \(limits.perAddress) open; where that is a proxy, name it with --trusted-proxy, or allow more with --max-connections-per-address"
        case .refused(.descriptors):
            "the descriptors that are left are kept for engine, phones and database; allow the process more (LimitNOFILE)"
        case .notAccepted(let shortage): shortage.clause
        }
    }
}
