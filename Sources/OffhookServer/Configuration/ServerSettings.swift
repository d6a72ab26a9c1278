import CampaignStore
import Campaigns
import CivilTime
import Foundation
import Logging
import Synchronization

/// What administrators set on a page: it holds at once, and after a restart.
public struct ServerSettings: Sendable, Hashable {
    /// The zone of times for whoever has set none and whose browser tells none; nil for the server's.
    public var timeZone: String?
    /// How long a session may rest, 5 minutes to 7 days.
    public var sessionIdle: Duration
    /// How long a session lasts at most, an hour to 90 days.
    public var sessionLength: Duration
    /// The secret in the path that phones call with.
    public var phoneSecret: String
    /// Whether administrators need a second factor: who has none sets one up at their next log-in.
    public var isSecondFactorDemanded: Bool

    static let idleMinutes = 5...(7 * 24 * 60)
    static let lengthHours = 1...(90 * 24)
}

/// The settings as they are now, kept in memory for every request.
public final class SettingsKeeper: Sendable {
    private let store: CampaignStore
    private let current: Mutex<ServerSettings>

    private static let phoneSecretKey = "phone_events_secret"

    /// Reads the settings; what was never set is as the configuration has it.
    init(_ store: CampaignStore, _ configuration: ServerConfiguration, logger: Logger) throws {
        self.store = store
        let stored = try store.settings()
        let minutes = stored["session_idle_minutes"].flatMap { Int($0) }
        let hours = stored["session_length_hours"].flatMap { Int($0) }
        current = Mutex(
            ServerSettings(
                timeZone: stored["time_zone"],
                sessionIdle: minutes.map { .seconds($0 * 60) } ?? configuration.sessionIdle,
                sessionLength: hours.map { .seconds($0 * 3600) } ?? configuration.sessionLength,
                phoneSecret: try Self.phoneSecret(store, logger),
                isSecondFactorDemanded: stored["second_factor"] == "administrators"))
    }

    /// The secret of the phones' Action URL, which is sealed. Calls go on without it, so a key that is lost stops nothing but
    /// the phones' hints: another one is used until the key is back, or an administrator makes a new one.
    private static func phoneSecret(_ store: CampaignStore, _ logger: Logger) throws -> String {
        let fresh = SecretText.random()
        do {
            return try store.sealedSetting(phoneSecretKey, makingIfMissing: fresh)
        } catch let error as StoreError {
            guard case .keyUnusable = error else { throw error }
            logger.warning(
                "The secret of the phones' Action URL cannot be unsealed, so phones with the old address are not heard. Put the key back beside the database and start again, or make a new secret under Administration, Settings."
            )
            return fresh
        }
    }

    public var value: ServerSettings { current.withLock { $0 } }

    /// Sets the zone, the lengths of sessions, and whether administrators need a second factor.
    ///
    /// - Parameters:
    ///   - timeZone: an IANA name; nil for the server's own.
    ///   - zones: those that there are.
    ///   - idleMinutes: how long a session may rest.
    ///   - lengthHours: how long it lasts at most.
    ///   - isSecondFactorDemanded: whether administrators need a second factor from their next log-in on.
    /// - Throws: ``Problem`` 422 that names the field.
    public func set(
        timeZone: String?, among zones: ZoneData, idleMinutes: Int, lengthHours: Int, isSecondFactorDemanded: Bool
    ) throws {
        var problems: [String: String] = [:]
        if let timeZone, zones.zone(timeZone) == nil {
            problems["time_zone"] = "“\(timeZone)” is no zone; write one such as Europe/Berlin."
        }
        if !ServerSettings.idleMinutes.contains(idleMinutes) {
            problems["idle_minutes"] = "A session may rest 5 minutes to 7 days (10080 minutes)."
        }
        if !ServerSettings.lengthHours.contains(lengthHours) {
            problems["length_hours"] = "A session lasts 1 to 2160 hours (90 days)."
        }
        guard problems.isEmpty else { throw Problem.invalid(problems) }
        try store.setSetting("time_zone", to: timeZone)
        try store.setSetting("session_idle_minutes", to: String(idleMinutes))
        try store.setSetting("session_length_hours", to: String(lengthHours))
        try store.setSetting("second_factor", to: isSecondFactorDemanded ? "administrators" : nil)
        current.withLock {
            $0.isSecondFactorDemanded = isSecondFactorDemanded
            $0.timeZone = timeZone
            $0.sessionIdle = .seconds(idleMinutes * 60)
            $0.sessionLength = .seconds(lengthHours * 3600)
        }
    }

    /// Makes a new secret for the phones' calls; those that have the old one are not heard any more.
    public func renewPhoneSecret() throws {
        let secret = SecretText.random()
        try store.setSealedSetting(Self.phoneSecretKey, to: secret)
        try store.setSetting(Self.oldPhoneAddress, to: nil)
        current.withLock { $0.phoneSecret = secret }
    }

    private static let oldPhoneAddress = "phone_events_old_address_at"

    /// When a phone first called the old address of the Action URL; nil where none has, with the present secret.
    public func oldPhoneAddressCalledAt() throws -> Instant? {
        try store.setting(Self.oldPhoneAddress).flatMap { Int64($0) }.map(Instant.init(milliseconds:))
    }

    /// Notes that a phone called the old address of the Action URL.
    ///
    /// - Returns: whether this is the first time.
    func noteOldPhoneAddress(at now: Instant) throws -> Bool {
        let at = String(now.milliseconds)
        guard try oldPhoneAddressCalledAt() == nil else { return false }
        return try store.setting(Self.oldPhoneAddress, makingIfMissing: at) == at
    }

    /// The phones have the new URLs: administrators are not told of the old ones any more, until one is called again.
    func forgetOldPhoneAddress() throws { try store.setSetting(Self.oldPhoneAddress, to: nil) }
}
