import Dialer
import Logging
import CampaignStore
import Campaigns
import Dialer
import ServiceLifecycle

/// Forgets sessions and links that are over, and lists that were sent and not imported, every ten minutes.
struct SessionSweeper: Service {
    let parts: ServerParts

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
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
}
