import CampaignStore
import Campaigns
import Dialer
import HTTPTypes
import Hummingbird
import PhoneNumbers
import Supervision

/// The phone from the desk, and calls of the agent's choice.
extension DeskInterface {
    static func addCall(to table: inout RouteTable, _ reader: DeskReader) {
        let parts = reader.parts
        let numbers = TypedNumbers(share: parts.share)
        table.post(
            "/api/v1/desk/commands", .interface(.agent, .callsWrite),
            "gives the station's phone a command: hang up, hold, keys, accept and more, where the family has it",
            Operation("commandDeskPhone", tag: tag, request: "CommandRequest", answers: [done, nowhere, wrong])
        ) { request, context in
            let seat = try DeskSeat(context, parts)
            let body = try await request.decoded(CommandRequest.self)
            var command = try body.lineCommand()
            // Without a call of ours it is the agent's own that they hang up: one that they accepted, or dialled by hand.
            if command == .hangUp, let status = await parts.engine.stationStatus(of: [seat.station]).first,
                status.attempt == nil, let own = status.otherCall
            {
                command = .end(line: own.line)
            }
            if let refusal = await parts.engine.command(command, at: seat.station) {
                throw refused(refusal)
            }
            // Digits may be a card's or a pass phrase: what was pressed is nobody's to read later.
            try parts.audit("phone_commanded", context, subject: "station \(seat.station)", detail: body.command)
            return Response.json(try await reader.sheet(try DeskSeat(context, parts)))
        }
        table.post(
            "/api/v1/desk/calls", .interface(.agent, .callsWrite),
            "calls a number that was typed, or a callback of the asker's, under every rule of a campaign",
            Operation("placeDeskCall", tag: tag, request: "CallRequest", answers: [done, nowhere, wrong])
        ) { request, context in
            let seat = try DeskSeat(context, parts)
            let body = try await request.decoded(CallRequest.self)
            guard
                let entry = try reader.shelf.served(by: seat.station, seat.identity, parts)
                    .first(where: { $0.stored.campaign.name == body.campaign })
            else {
                throw Problem.invalid([
                    "campaign": "No started campaign “\(body.campaign)” is served by \(seat.station); choose another."
                ])
            }
            let call = try call(body, entry.stored, seat, numbers, parts)
            try await ask(call, seat, "call_asked_for", context, parts)
            return Response.json(try await reader.sheet(try DeskSeat(context, parts)))
        }
    }

    private static func call(
        _ body: CallRequest, _ campaign: StoredCampaign, _ seat: DeskSeat, _ numbers: TypedNumbers, _ parts: ServerParts
    ) throws -> AgentRequest {
        if let number = body.number?.trimmed, !number.isEmpty {
            return .callNumber(
                campaign: campaign.id.value, number: try numbers.read(number, region: campaign.campaign.region))
        }
        let callbacks = try parts.store.callbacks(for: seat.agent, limit: .max)
        guard let known = callbacks.first(where: { $0.card.contact.value == body.contactId }),
            known.card.campaign == campaign.id
        else {
            throw Problem.invalid(["number": "Type the number to call, or choose one of your callbacks."])
        }
        return .call(campaign: campaign.id.value, contact: known.card.contact.value)
    }
}

/// The body that commands the phone.
struct CommandRequest: Codable, Sendable {
    /// `hang_up`, `hold`, `resume`, `keys`, `accept`, `reject`, or a key such as `mute`.
    var command: String
    /// For `keys`: digits, `*` and `#`.
    var keys: String?
    /// For `accept` and `reject`: the line that rings.
    var line: Int?

    /// - Throws: ``Problem`` 422 where it is none.
    func lineCommand() throws -> LineCommand {
        switch command {
        case "hang_up": return .hangUp
        case "hold": return .hold
        case "resume": return .resume
        case "keys":
            guard let keys, (1...LineCommand.mostKeys).contains(keys.count),
                keys.allSatisfy({ "0123456789*#".contains($0) })
            else {
                throw Problem.invalid([
                    "keys": "Only digits, * and # can be pressed, at most \(LineCommand.mostKeys) at once."
                ])
            }
            return .keys(keys)
        case "accept", "reject":
            guard let line, (1...100).contains(line) else {
                throw Problem.invalid(["line": "Say which line rings."])
            }
            return command == "accept" ? .accept(line: line) : .reject(line: line)
        default:
            guard let key = DeskKey(rawValue: command) else {
                throw Problem.invalid(["command": "There is no command “\(command)”."])
            }
            return .press(key)
        }
    }
}

/// The body that places a call.
struct CallRequest: Codable, Sendable {
    /// The campaign whose rules hold.
    var campaign: String
    /// The number, as somebody types it.
    var number: String?
    /// In place of the number: a contact whose callback is the asker's.
    var contactId: Int64?
}
