import CampaignStore
import Hummingbird

/// Who may use a route. There is no route without one.
public enum Access: Sendable, Hashable {
    /// Anybody, logged in or not.
    case anybody
    /// Whoever knows the secret in the path, which the route itself checks.
    case secretInPath
    /// A page: somebody who is logged in, with at least this role. Others are sent to the log-in page.
    case page(UserRole)
    /// The interface: a session of at least this role, or a token of such a user with this scope.
    case interface(UserRole, TokenScope)
    /// The interface: a session of at least this role, or any token of such a user, whatever its scopes.
    case anyToken(UserRole)

    /// The least role; nil where none is needed.
    public var role: UserRole? {
        switch self {
        case .anybody, .secretInPath: nil
        case .page(let role), .interface(let role, _), .anyToken(let role): role
        }
    }

    /// Lets an identity in, or says why not.
    ///
    /// - Throws: ``Problem``: 401 where nobody is logged in, 403 where the role or the scope does not suffice.
    func admit(_ identity: Identity?) throws {
        guard let role else { return }
        guard let identity else {
            throw Problem(.unauthorized, "Log in first.", code: "not_logged_in")
        }
        guard identity.user.role >= role else {
            throw Problem(
                .forbidden, "This needs the role \(role.rawValue); yours is \(identity.user.role.rawValue).",
                code: "role_missing")
        }
        switch self {
        case .interface(_, let scope):
            guard identity.has(scope) else {
                throw Problem(
                    .forbidden, "The token lacks the scope “\(scope.rawValue)”; make one that has it.",
                    code: "scope_missing")
            }
        case .anyToken: break
        default:
            guard identity.token == nil else {
                throw Problem(.forbidden, "Tokens are for the interface under /api; log in for pages.", code: "no_page")
            }
        }
    }
}

/// What a token may do. Sessions may do all that their user's role allows.
public enum TokenScope: String, Sendable, Hashable, Codable, CaseIterable {
    case campaignsRead = "campaigns:read"
    case campaignsWrite = "campaigns:write"
    case listsRead = "lists:read"
    case listsWrite = "lists:write"
    case contactsRead = "contacts:read"
    case contactsWrite = "contacts:write"
    case suppressionsRead = "suppressions:read"
    case suppressionsWrite = "suppressions:write"
    case callsRead = "calls:read"
    /// Placing calls, saying what came of them, and the phone in a call.
    case callsWrite = "calls:write"
    case stationsRead = "stations:read"
    case stationsWrite = "stations:write"
    case reportsRead = "reports:read"
    case eventsRead = "events:read"
    case webhooksRead = "webhooks:read"
    case webhooksWrite = "webhooks:write"
    case phonesRead = "phones:read"
    case phonesWrite = "phones:write"
    case usersRead = "users:read"
    case usersWrite = "users:write"
    case settingsRead = "settings:read"
    case settingsWrite = "settings:write"
    case auditRead = "audit:read"
    case metricsRead = "metrics:read"
}
