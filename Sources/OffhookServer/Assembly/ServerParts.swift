import CampaignStore
import Campaigns
import Dialer
import Logging
import Supervision

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
    /// What administrators set.
    public let settings: SettingsKeeper
    /// Rule packs and number data.
    public let share: ShareData
    public let standing: CampaignStanding
    public let uploads: Uploads
    /// What takes the paths of this computer out of answers.
    public let paths: ServerPaths
    /// Where requests and what runs beside them are handled.
    public let threads: WebThreads
    /// Where what takes long is done.
    public let longWork: LongWork
    /// The requests that are being handled now.
    public let running: RunningRequests
    /// Counts connections, and lets no more in than there is room for.
    public let connections: ConnectionGate
    /// The secret in the path that phones call with.
    public var phoneSecret: String { settings.value.phoneSecret }

    /// Writes an act down in the audit log.
    public func audit(_ act: String, _ context: ServeContext, subject: String? = nil, detail: String? = nil) throws {
        try store.audit(
            act, by: context.identity?.auditName, from: context.remoteAddress, subject: subject, detail: detail,
            at: now())
    }

    /// How the words of acts begin after which somebody may be out, or may see less.
    private static let actsOnIdentities = ["user_", "session", "token", "password", "logged_out"]

    /// Whether an identity would be let in now with the same rights as when its request came.
    func stillHolds(_ identity: Identity?) async -> Bool {
        guard let identity else { return true }
        do {
            let user =
                if let session = identity.session {
                    try store.session(tokenHash: session.tokenHash, idle: settings.value.sessionIdle, at: now())?.user
                } else if let token = identity.token {
                    try store.token(token.id, at: now())?.user
                } else { User?.none }
            return user?.role == identity.user.role && user?.campaigns == identity.user.campaigns
        } catch {
            // A database that cannot be read now is no reason to send everybody away.
            return true
        }
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
        if Self.actsOnIdentities.contains(where: act.hasPrefix) { await hub.checkListeners() }
        return result
    }
}
