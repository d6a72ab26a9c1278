import Dialer
import Logging
import CampaignStore
import Campaigns
import Dialer
import ServiceLifecycle

/// Forgets sessions and links that are over, and lists that were sent and not imported, every ten minutes.
struct SessionSweeper: Service {
    /// How often the log names tokens that end.
    private static let warnEvery: Duration = .seconds(86_400)

    let parts: ServerParts

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            var warnedAt: Instant?
            while true {
                let now = parts.now()
                if warnedAt.map({ now.since($0) >= Self.warnEvery }) ?? true {
                    warnedAt = now
                    warnOfTokens(at: now)
                }
                do {
                    try parts.store.sweepSessions(idle: parts.settings.value.sessionIdle, at: parts.now())
                    // Before the engine runs, the files may be those of the server that has the database.
                    if await parts.engine.isRunning {
                        parts.uploads.sweep(keeping: try parts.store.retentionPeriods()[.uploads], at: parts.now())
                    }
                } catch {
                    parts.logger.of(.web).warning("Old sessions were not swept up: \(LoggedError.text(error))")
                }
                try await Task.sleep(for: .seconds(600))
            }
        }
    }

    /// Whoever runs the server learns of tokens that end before the programs that use them do.
    func warnOfTokens(at now: Instant) {
        do {
            let count = try parts.store.endingTokens(within: TokenGrant.warning, at: now).count
            guard count > 0 else { return }
            parts.logger.of(.web).warning(
                "\(count) API token\(count == 1 ? " ends" : "s end") soon, or had no end and got one; see: offhook user tokens"
            )
        } catch {
            parts.logger.of(.web).warning("Ends of API tokens were not looked at: \(LoggedError.text(error))")
        }
    }
}
