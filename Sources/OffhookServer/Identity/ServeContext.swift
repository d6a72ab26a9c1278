import CampaignStore
import Campaigns
import CivilTime
import Foundation
import Hummingbird
import Logging
import NIOCore

/// What is known of a request: who it is, from where, and the form it brought.
public struct ServeContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Who it is; nil where nobody is logged in.
    public var identity: Identity?
    /// The address that it came from, behind trusted proxies the one they say.
    public var remoteAddress: String
    /// The zone of times for whoever has set none and whose browser tells none.
    public var defaultZone = Zone.utc
    /// When the request came, by the wall's clock.
    public var now = Instant(milliseconds: 0)
    /// All zones, as the program has them when the request comes.
    public var zones = ZoneData.none
    /// The fields of its form; none where it brought none.
    public var form = FormFields()
    /// The connection, for streams that must notice when its other end is gone.
    let channel: any Channel

    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
        remoteAddress = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }

    /// What stands in the path in the place of `{name}`, decoded.
    ///
    /// - Throws: ``Problem`` 404 where it cannot be read.
    public func path(_ name: String) throws -> String {
        guard let text = parameters.get(name)?.removingPercentEncoding else { throw Problem.notFound("such address") }
        return text
    }

    /// A number in the path in the place of `{name}`.
    ///
    /// - Throws: ``Problem`` 404 where it is none.
    public func number(_ name: String) throws -> Int64 {
        guard let number = Int64(try path(name)) else { throw Problem.notFound("such address") }
        return number
    }

    /// Who it is.
    ///
    /// - Throws: ``Problem`` 401; never behind a route with a role.
    public func user() throws -> User {
        guard let identity else { throw Problem(.unauthorized, "Log in first.", code: "not_logged_in") }
        return identity.user
    }
}

/// Who makes a request.
public struct Identity: Sendable, Hashable {
    public var user: User
    /// The session of a browser; nil for a token.
    public var session: StoredSession?
    /// The token of a program; nil for a browser.
    public var token: APIToken?

    /// An identity by session or token.
    public init(user: User, session: StoredSession? = nil, token: APIToken? = nil) {
        self.user = user
        self.session = session
        self.token = token
    }

    /// Whether a scope is granted; sessions have all.
    public func has(_ scope: TokenScope) -> Bool { token?.scopes.contains(scope.rawValue) ?? true }

    /// Whether a campaign, or what belongs to it, may be seen.
    public func maySee(_ campaign: CampaignID?) -> Bool { campaign.map(user.maySee) ?? (user.campaigns == nil) }

    /// The name that the audit log keeps.
    public var auditName: String { token.map { "\(user.name) (token \($0.name))" } ?? user.name }
}
