import CampaignStore
import Campaigns
import Dialer
import Logging

/// What pages and the interface work with; each route gets it.
public struct ServerParts: Sendable {
    public let configuration: ServerConfiguration
    public let store: CampaignStore
    public let engine: DialerEngine
    public let logger: Logger
    /// The wall clock.
    public let now: @Sendable () -> Instant
    public let pages: Pages
    public let staticFiles: StaticFiles
    public let hub: LiveHub
    public let desks: DeskPresence
    public let passwords: PasswordHasher
    public let throttle: LoginThrottle
    public let metrics: PrometheusRegistry
    /// Rule packs and what numbers tell.
    public let reference: ReferenceData
    /// The secret in the path that phones call with.
    public let phoneSecret: String

    /// Writes an act down in the audit log.
    public func audit(_ act: String, _ context: ServeContext, subject: String? = nil, detail: String? = nil) throws {
        try store.audit(
            act, by: context.identity?.auditName, from: context.remoteAddress, subject: subject, detail: detail,
            at: now())
    }

    /// Carries a change out, writes it down in the audit log, and lets the engine and all live pages know at once.
    public func act<Result>(
        _ act: String, _ context: ServeContext, subject: String? = nil, detail: String? = nil,
        _ change: () async throws -> Result
    ) async throws -> Result {
        let result = try await change()
        try audit(act, context, subject: subject, detail: detail)
        await engine.noticeChanges()
        hub.journalChanged()
        return result
    }
}
