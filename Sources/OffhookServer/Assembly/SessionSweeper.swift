import Dialer
import Logging
import CampaignStore
import ServiceLifecycle

/// Forgets sessions and links that are over, once an hour.
struct SessionSweeper: Service {
    let parts: ServerParts

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                do {
                    try parts.store.sweepSessions(idle: parts.settings.value.sessionIdle, at: parts.now())
                } catch {
                    parts.logger.of(.web).warning("Old sessions were not swept up: \(LoggedError.text(error))")
                }
                try await Task.sleep(for: .seconds(3600))
            }
        }
    }
}
