import CampaignStore
import Campaigns
import Dialer
import HTTPTypes

/// Who acts, and at which station: an agent acts at the station where they sit, and at no other.
struct DeskSeat: Sendable {
    let identity: Identity
    let station: String
    let desk: StationDesk

    var user: User { identity.user }
    /// The name under which calls are theirs.
    var agent: String { identity.user.name }

    /// The seat of whoever makes a request: the session's station; for a token the one where its user sat down last.
    ///
    /// - Throws: ``Problem`` 409 where they sit nowhere.
    init(_ context: ServeContext, _ parts: ServerParts) throws {
        guard let identity = context.identity else {
            throw Problem(.unauthorized, "Log in first.", code: "not_logged_in")
        }
        let name = identity.session.map(\.station) ?? identity.user.station
        guard let name, let desk = try? parts.store.desk(of: name), desk.agent == identity.user.name else {
            throw Problem(.conflict, "You sit at no station; choose one.", code: "no_station")
        }
        self.identity = identity
        station = name
        self.desk = desk
    }

    /// A call that this agent may say something of: the one that is open at the station, or the last one.
    ///
    /// - Throws: ``Problem`` 404 where it is neither.
    func attempt(_ number: Int64, _ parts: ServerParts) throws -> (attempt: AttemptRow, isOpen: Bool) {
        if let open = desk.open?.attempt, open.attempt == number, open.agent ?? agent == agent { return (open, true) }
        if let last = try lastCall(parts), last.attempt == number { return (last, false) }
        throw Problem.notFound("such call of yours at \(station)")
    }

    /// The agent's last call at the station that is over, of the last twelve hours.
    func lastCall(_ parts: ServerParts) throws -> AttemptRow? {
        try parts.store.lastCall(of: agent, at: station, since: parts.now() - .seconds(12 * 3600))
    }
}
