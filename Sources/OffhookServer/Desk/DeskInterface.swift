import CampaignStore
import Campaigns
import Dialer
import Foundation
import HTTPTypes
import Hummingbird

/// The desk under `/api/v1/desk`: what its page shows, and what its agent does. Everything is about the station where whoever
/// asks sits; there is no way to name another.
enum DeskInterface {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        describe(&table.schemas)
        let reader = DeskReader(parts: parts, shelf: CampaignShelf())
        addReading(to: &table, reader)
        addSeat(to: &table, reader)
        addWork(to: &table, reader)
        addCall(to: &table, reader)
        addSaying(to: &table, reader)
    }

    private static func describe(_ schemas: inout SchemaCatalog) {
        schemas.add(DeskSheet.self)
        schemas.add(DaySheet.self)
        schemas.add(SeatList.self)
        schemas.add(CallbackAnswer.self)
        schemas.add(SaidAnswer.self)
        schemas.add(SeatRequest.self)
        schemas.add(PauseRequest.self)
        schemas.add(SkipRequest.self)
        schemas.add(CommandRequest.self)
        schemas.add(CallRequest.self)
        schemas.add(SayRequest.self)
        schemas.add(DoNotCallRequest.self)
        schemas.add(MoreTimeRequest.self)
    }

    static let tag = "desk"
    /// What the answers of all these routes have in common.
    static let nowhere = Operation.Answer(
        409, "nobody sits there, or it cannot be done now; the sentence says why", schema: "ProblemDocument",
        mediaType: "application/problem+json")
    static let wrong = Operation.Answer(
        422, "a field cannot be taken; the sentence says why", schema: "ProblemDocument",
        mediaType: "application/problem+json")
    static let done = Operation.Answer(200, "it is done; the desk as it is now", schema: "DeskSheet")

    private static func addReading(to table: inout RouteTable, _ reader: DeskReader) {
        let parts = reader.parts
        table.get(
            "/api/v1/desk", .interface(.agent, .callsRead), "the desk of the station where the asker sits",
            Operation(
                "getDesk", tag: tag,
                answers: [.init(200, "state, contact, call, caller and last call", schema: "DeskSheet"), nowhere])
        ) { _, context in
            Response.json(try await reader.sheet(try DeskSeat(context, parts)))
        }
        table.get(
            "/api/v1/desk/day", .interface(.agent, .callsRead), "the asker's calls of today and callbacks that are due",
            Operation(
                "getDeskDay", tag: tag, answers: [.init(200, "calls, talk, results and callbacks", schema: "DaySheet")])
        ) { request, context in
            let user = try context.user()
            return Response.json(
                try DaySheet(
                    of: user, ViewerTime(request, context), reader.shelf, parts, try await isStaffed(user, parts)))
        }
        table.get(
            "/api/v1/desk/stations", .interface(.agent, .stationsRead),
            "the stations, which are free and who has the others",
            Operation(
                "listDeskStations", tag: tag, answers: [.init(200, "every station", schema: "SeatList")])
        ) { _, context in
            Response.json(SeatList(stations: try await Seat.all(for: try context.user(), parts)))
        }
        table.get(
            "/api/v1/desk/callback", .interface(.agent, .callsRead),
            "whether a callback's time is allowed, and the nearest time that is",
            Operation(
                "checkDeskCallback", tag: tag,
                parameters: [
                    .init("attempt_id", "the call that is open, or the last one", type: "integer", isRequired: true),
                    .init(
                        "at", "a time on the contact's clock, 2026-11-25T15:30, or an instant of ISO 8601",
                        isRequired: true),
                ],
                answers: [.init(200, "the verdict", schema: "CallbackAnswer"), nowhere, wrong])
        ) { request, context in
            let seat = try DeskSeat(context, parts)
            guard let text = request.uri.queryParameters["attempt_id"], let number = Int64(text) else {
                throw Problem.invalid(["attempt_id": "attempt_id is the number of a call."])
            }
            let at = request.uri.queryParameters["at"].map(String.init) ?? ""
            let time = try CallbackCheck.time(at.removingPercentEncoding ?? at)
            let (attempt, _) = try seat.attempt(number, parts)
            return Response.json(try reader.callbackCheck(of: attempt).answer(time))
        }
    }

    private static func isStaffed(_ user: User, _ parts: ServerParts) async throws -> Bool {
        try parts.store.devices().flatMap(\.stations).contains { $0.agent == user.name }
    }

    private static func addSeat(to table: inout RouteTable, _ reader: DeskReader) {
        let parts = reader.parts
        table.add(
            .put, "/api/v1/desk/station", .interface(.agent, .stationsWrite),
            "seats the asker at a station, paused until they say ready; needs a log-in, since its page proves that they are there",
            Operation("takeDeskStation", tag: tag, request: "SeatRequest", answers: [done, nowhere, wrong])
        ) { request, context in
            let session = try session(context)
            let body = try await request.decoded(SeatRequest.self)
            try await DeskRoutes.sit(session, at: body.station, parts, context)
            var seated = context
            seated.identity?.session?.station = body.station
            return Response.json(try await reader.sheet(try DeskSeat(seated, parts)))
        }
        table.add(
            .delete, "/api/v1/desk/station", .interface(.agent, .stationsWrite), "takes the asker from the station",
            Operation("leaveDeskStation", tag: tag, answers: [.init(204, "nobody sits there any more"), nowhere])
        ) { _, context in
            let seat = try DeskSeat(context, parts)
            guard let session = seat.identity.session else { throw sessionNeeded }
            try await DeskRoutes.leave(session, parts, context)
            return Response(status: .noContent)
        }
    }

    private static func session(_ context: ServeContext) throws -> StoredSession {
        guard let session = context.identity?.session else { throw sessionNeeded }
        return session
    }

    private static let sessionNeeded = Problem(
        .conflict, "A token sits nowhere; log in and take the station on the desk's page.", code: "session_needed")
}

extension DeskReader {
    /// What callback times of a call are held against.
    ///
    /// - Throws: ``Problem`` 409 where the call has no contact or its campaign no rules.
    func callbackCheck(of attempt: AttemptRow) throws -> CallbackCheck {
        guard let contact = attempt.contact,
            let rules = try attempt.campaign.flatMap({ try shelf.campaign(named: $0, parts) })?.rules,
            let facts = try parts.store.facts(of: ContactID(contact), number: attempt.number, at: parts.now())
        else {
            throw Problem(.conflict, "The call has no contact that could be called back.", code: "no_contact")
        }
        return CallbackCheck(facts: facts, rules: rules, now: parts.now())
    }
}

/// The body that takes a station.
struct SeatRequest: Codable, Sendable {
    var station: String
}
