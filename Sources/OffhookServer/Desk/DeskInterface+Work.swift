import CampaignStore
import Campaigns
import Dialer
import HTTPTypes
import Hummingbird

/// Being ready or not, and what a preview offers.
extension DeskInterface {
    static func addWork(to table: inout RouteTable, _ reader: DeskReader) {
        let parts = reader.parts
        table.post(
            "/api/v1/desk/ready", .interface(.agent, .stationsWrite), "lets the next call come",
            Operation("readyDesk", tag: tag, answers: [done, nowhere])
        ) { _, context in
            let seat = try DeskSeat(context, parts)
            // Ready would lift a lock-out, and the phone would count another wrong passcode: that is an administrator's to do.
            guard try !isLockedOut(seat.station, parts) else {
                throw Problem(
                    .conflict, "The phone refuses Offhook's passcode; ask an administrator to mend it.",
                    code: "locked_out")
            }
            try await parts.act("station_made_ready", context, subject: "station \(seat.station)") {
                try parts.store.setPause(nil, station: seat.station, at: parts.now())
            }
            // Who has given the disposition and is ready has wrapped up.
            if await parts.engine.family(of: seat.station) != nil {
                _ = try await parts.engine.ask(.ready, at: seat.station)
            }
            return Response.json(try await reader.sheet(try DeskSeat(context, parts)))
        }
        table.post(
            "/api/v1/desk/pause", .interface(.agent, .stationsWrite),
            "lets no further call come; one that runs goes on",
            Operation("pauseDesk", tag: tag, request: "PauseRequest", answers: [done, nowhere, wrong])
        ) { request, context in
            let seat = try DeskSeat(context, parts)
            let reason = try await request.decoded(PauseRequest.self).reason.trimmed
            guard (1...100).contains(reason.count) else {
                throw Problem.invalid(["reason": "Say in 1 to 100 characters why you pause."])
            }
            try await parts.act("station_paused", context, subject: "station \(seat.station)", detail: reason) {
                try parts.store.setPause(reason, station: seat.station, at: parts.now())
            }
            return Response.json(try await reader.sheet(seat))
        }
        table.post(
            "/api/v1/desk/take", .interface(.agent, .callsWrite), "dials the contact that is shown",
            Operation("takeDeskOffer", tag: tag, answers: [done, nowhere])
        ) { _, context in
            let seat = try DeskSeat(context, parts)
            try await ask(.take, seat, "contact_taken", context, parts)
            return Response.json(try await reader.sheet(try DeskSeat(context, parts)))
        }
        table.post(
            "/api/v1/desk/skip", .interface(.agent, .callsWrite), "passes the contact over that is shown",
            Operation("skipDeskOffer", tag: tag, request: "SkipRequest", answers: [done, nowhere, wrong])
        ) { request, context in
            let seat = try DeskSeat(context, parts)
            let reason = try await request.decoded(SkipRequest.self).reason?.trimmed ?? ""
            guard reason.count <= 200 else {
                throw Problem.invalid(["reason": "A reason has at most 200 characters."])
            }
            try await ask(.skip(reason: reason.isEmpty ? nil : reason), seat, "contact_skipped", context, parts)
            return Response.json(try await reader.sheet(try DeskSeat(context, parts)))
        }
    }

    /// Asks the engine, and writes the act down where it was done.
    ///
    /// - Throws: ``Problem`` 409 with the engine's sentence.
    static func ask(
        _ request: AgentRequest, _ seat: DeskSeat, _ act: String, _ context: ServeContext, _ parts: ServerParts
    ) async throws {
        if let refusal = try await parts.engine.ask(request, at: seat.station) { throw refused(refusal) }
        try parts.audit(act, context, subject: "station \(seat.station)")
    }

    static func refused(_ sentence: String) -> Problem { Problem(.conflict, sentence, code: "refused") }

    private static func isLockedOut(_ station: String, _ parts: ServerParts) throws -> Bool {
        try parts.store.devices().flatMap(\.stations).contains { $0.name == station && $0.lockedOutAt != nil }
    }
}

/// The body that pauses.
struct PauseRequest: Codable, Sendable {
    var reason: String
}

/// The body that passes a contact over.
struct SkipRequest: Codable, Sendable {
    var reason: String?
}
