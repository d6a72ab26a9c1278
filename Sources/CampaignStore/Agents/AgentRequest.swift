import Campaigns
import Foundation
import GRDB

/// What an agent asks of the engine that runs, from another program.
public enum AgentRequest: Sendable, Hashable, Codable {
    /// Dial the contact that is shown.
    case take
    /// Pass the shown contact over, and why.
    case skip(reason: String?)
    /// Call a contact of the agent's choice.
    case call(campaign: Int64, contact: Int64)
    /// Call a number that the agent typed; it becomes a contact of the campaign only where the call is placed.
    case callNumber(campaign: Int64, number: NewContact.Number)
    /// Say what came of an attempt that is still open.
    case say(attempt: Int64, code: String, callback: CallbackTime?, note: String?)
    /// The agent has given the disposition of the call and wants the next one.
    case ready
    /// Take longer to say it.
    case moreTime(attempt: Int64, seconds: Int64)

    /// The word that stays when the request is answered; its texts go.
    var word: String {
        switch self {
        case .take: "take"
        case .skip: "skip"
        case .call: "call"
        case .callNumber: "call_number"
        case .say: "say"
        case .ready: "ready"
        case .moreTime: "more_time"
        }
    }
}

/// A request that waits for the engine.
public struct WaitingRequest: Sendable, Hashable {
    public var id: Int64
    public var station: String
    public var request: AgentRequest
    public var at: Instant
}

/// What the engine answered.
public enum AgentAnswer: Sendable, Hashable {
    case waiting
    case done
    /// A sentence that says why not.
    case refused(String)
}

/// What a station's agent has before them.
public struct StationDesk: Sendable, Hashable {
    public var agent: String?
    /// The contact that is shown in preview mode, and until when it can be taken.
    public var offer: (card: ContactCard, until: Instant)?
    /// The attempt that is not settled, with its contact.
    public var open: (attempt: AttemptRow, card: ContactCard?)?

    public static func == (left: StationDesk, right: StationDesk) -> Bool {
        left.agent == right.agent && left.offer?.card == right.offer?.card && left.offer?.until == right.offer?.until
            && left.open?.attempt == right.open?.attempt && left.open?.card == right.open?.card
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(agent)
        hasher.combine(offer?.card)
        hasher.combine(open?.attempt)
    }
}

extension CampaignStore {
    /// Leaves a request for the engine.
    ///
    /// - Returns: its number, to ask for the answer with.
    public func ask(_ request: AgentRequest, station: String, at now: Instant) throws -> Int64 {
        let text = String(decoding: try JSONEncoder().encode(request), as: UTF8.self)
        return try write { database in
            let known = try Int.fetchOne(
                database, sql: "SELECT 1 FROM stations WHERE name = ? AND removed_at IS NULL", arguments: [station])
            guard known != nil else { throw try Self.noStation(station, database) }
            try database.execute(
                sql: "INSERT INTO agent_requests (station, request, at) VALUES (?, ?, ?)",
                arguments: [station, text, now.milliseconds])
            return database.lastInsertedRowID
        }
    }

    /// The requests that wait, oldest first.
    public func waitingRequests() throws -> [WaitingRequest] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT id, station, request, at FROM agent_requests WHERE answered_at IS NULL ORDER BY id"
            ).compactMap { row in
                guard
                    let request = try? JSONDecoder().decode(
                        AgentRequest.self, from: Data((row["request"] as String).utf8))
                else { return nil }
                return WaitingRequest(
                    id: row["id"], station: row["station"], request: request,
                    at: Instant(milliseconds: row["at"]))
            }
        }
    }

    /// Answers a request; what it said of a person is forgotten, since the attempt holds it now.
    ///
    /// - Parameter refusal: why not, as a sentence; nil where it was done.
    public func answer(_ request: WaitingRequest, refusal: String?, at now: Instant) throws {
        try write {
            try $0.execute(
                sql: "UPDATE agent_requests SET answered_at = ?, refusal = ?, request = ? WHERE id = ?",
                arguments: [now.milliseconds, refusal, request.request.word, request.id])
        }
    }

    /// Takes a request back that no engine answered.
    ///
    /// - Returns: false where an engine answered after all.
    public func withdraw(request id: Int64) throws -> Bool {
        try write { database in
            try database.execute(
                sql: "DELETE FROM agent_requests WHERE id = ? AND answered_at IS NULL", arguments: [id])
            return database.changesCount == 1
        }
    }

    /// What became of a request.
    public func answer(to id: Int64) throws -> AgentAnswer {
        try read { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT answered_at, refusal FROM agent_requests WHERE id = ?", arguments: [id])
            guard row?["answered_at"] as Int64? != nil else { return .waiting }
            return (row?["refusal"] as String?).map(AgentAnswer.refused) ?? .done
        }
    }

    /// Notes the contact that a station's agent is shown, for other programs to see; nil when it is no longer shown.
    public func noteOffer(_ contact: ContactID?, until: Instant?, station: String) throws {
        try writeForNow {
            try $0.execute(
                sql: "UPDATE stations SET offer_contact_id = ?, offer_until = ? WHERE name = ?",
                arguments: [contact?.value, until?.milliseconds, station])
        }
    }

    /// What a station's agent has before them.
    ///
    /// - Throws: `StoreError.notFound`.
    public func desk(of station: String) throws -> StationDesk {
        try read { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM stations WHERE name = ? AND removed_at IS NULL", arguments: [station])
            guard let row else { throw try Self.noStation(station, database) }
            let card = { (contact: Int64) in
                try Row.fetchOne(database, sql: "\(ContactCard.select) WHERE c.id = ?", arguments: [contact])
                    .map(ContactCard.init)
            }
            var desk = StationDesk(agent: row["agent"])
            if let contact = row["offer_contact_id"] as Int64?, let until = row["offer_until"] as Int64?,
                let shown = try card(contact)
            {
                desk.offer = (shown, Instant(milliseconds: until))
            }
            let open = try Row.fetchOne(
                database, sql: "\(AttemptRow.select) WHERE t.station = ? AND t.phase <> 'settled'", arguments: [station]
            ).map(AttemptRow.init)
            if let open { desk.open = (open, try open.contact.flatMap(card)) }
            return desk
        }
    }

    /// The last settled attempt of a station; nil where it has none.
    public func lastAttempt(of station: String) throws -> AttemptRow? {
        try read { database in
            try Row.fetchOne(
                database,
                sql: "\(AttemptRow.select) WHERE t.station = ? AND t.phase = 'settled' ORDER BY t.id DESC LIMIT 1",
                arguments: [station]
            ).map(AttemptRow.init)
        }
    }
}
