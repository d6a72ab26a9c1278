import CampaignStore
import Campaigns
import Eligibility
import Dialer
import HTTPTypes
import Hummingbird
import PhoneNumbers

/// What came of a call: said during it, in wrap-up, or thought of again.
extension DeskInterface {
    static let mostNote = 4000

    static func addSaying(to table: inout RouteTable, _ reader: DeskReader) {
        let parts = reader.parts
        let said = Operation.Answer(200, "what follows, as a sentence", schema: "SaidAnswer")
        table.post(
            "/api/v1/desk/disposition", .interface(.agent, .callsWrite),
            "says what came of the call that is open, or thinks again of the last one",
            Operation("sayDesk", tag: tag, request: "SayRequest", answers: [said, nowhere, wrong])
        ) { request, context in
            let seat = try DeskSeat(context, parts)
            return Response.json(try await say(try await request.decoded(SayRequest.self), seat, context, reader))
        }
        table.post(
            "/api/v1/desk/do-not-call", .interface(.agent, .callsWrite),
            "puts all numbers of the contact on the do-not-call list at once, and says so of the call",
            Operation("doNotCallDesk", tag: tag, request: "DoNotCallRequest", answers: [said, nowhere, wrong])
        ) { request, context in
            let seat = try DeskSeat(context, parts)
            let body = try await request.decoded(DoNotCallRequest.self)
            return Response.json(try await doNotCall(body, seat, context, reader))
        }
        table.post(
            "/api/v1/desk/more-time", .interface(.agent, .callsWrite),
            "lets the wrap-up last longer, within the campaign's limit",
            Operation("moreTimeDesk", tag: tag, request: "MoreTimeRequest", answers: [done, nowhere, wrong])
        ) { request, context in
            let seat = try DeskSeat(context, parts)
            let body = try await request.decoded(MoreTimeRequest.self)
            guard (5...3600).contains(body.seconds) else {
                throw Problem.invalid(["seconds": "More time is 5 to 3600 seconds."])
            }
            let former = await DeskReader.status(of: seat.station, parts).wrapUpUntil
            try await ask(
                .moreTime(attempt: body.attemptId, seconds: body.seconds), seat, "more_time_taken", context, parts)
            guard await DeskReader.status(of: seat.station, parts).wrapUpUntil != former else {
                throw refused(
                    "The wrap-up has its longest already, by the campaign's limit; say what came of the call.")
            }
            return Response.json(try await reader.sheet(try DeskSeat(context, parts)))
        }
    }

    private static func say(
        _ body: SayRequest, _ seat: DeskSeat, _ context: ServeContext, _ reader: DeskReader
    ) async throws -> SaidAnswer {
        let parts = reader.parts
        let note = try note(body.note)
        let (attempt, isOpen) = try seat.attempt(body.attemptId, parts)
        guard let entry = try attempt.campaign.flatMap({ try reader.shelf.campaign(named: $0, parts) }),
            let disposition = entry.stored.campaign.dispositions.first(where: { $0.code == body.code })
        else {
            throw Problem.invalid(["code": "The campaign has no disposition “\(body.code)”."])
        }
        let callback = try body.callback.flatMap { $0.isEmpty ? nil : $0 }.map { text in
            let time = try CallbackCheck.time(text)
            guard disposition.isCallback else {
                throw Problem.invalid(["callback": "“\(disposition.label)” is no callback; leave the time out."])
            }
            let check = try reader.callbackCheck(of: attempt)
            let agreed = try time.settled(in: check.facts.area, check.rules.clock(named:))
            let answer = check.answer(agreed)
            guard answer.isAllowed else {
                let nearest = answer.nearest.map { " The nearest time is \($0.text)." } ?? ""
                throw Problem.invalid(["callback": "\(answer.text)\(nearest)"])
            }
            return agreed
        }
        let subject = "attempt \(attempt.attempt)"
        if isOpen {
            let request = AgentRequest.say(
                attempt: attempt.attempt, code: disposition.code, callback: callback, note: note)
            guard let refusal = try await parts.engine.ask(request, at: seat.station) else {
                try parts.audit("disposition_said", context, subject: subject, detail: disposition.code)
                return SaidAnswer(
                    attemptId: attempt.attempt, code: disposition.code, text: "\(disposition.label): noted.")
            }
            // The wrap-up may have run out while the answer was on its way: then it is a second thought.
            guard try DeskSeat(context, parts).attempt(attempt.attempt, parts).isOpen == false else {
                throw refused(refusal)
            }
        }
        guard let rules = entry.rules else {
            throw refused("The campaign's rules cannot be read; tell a manager.")
        }
        let changed = try await parts.act("disposition_changed", context, subject: subject, detail: disposition.code) {
            try parts.store.changeDisposition(
                of: AttemptID(attempt.attempt), to: disposition, callback: callback, note: note, by: seat.agent,
                rules: rules, at: parts.now())
        }
        return SaidAnswer(
            attemptId: attempt.attempt, code: disposition.code, text: "\(disposition.label)\(changed.text)")
    }

    private static func doNotCall(
        _ body: DoNotCallRequest, _ seat: DeskSeat, _ context: ServeContext, _ reader: DeskReader
    ) async throws -> SaidAnswer {
        let parts = reader.parts
        let (attempt, _) = try seat.attempt(body.attemptId, parts)
        let own = try attempt.contact.map { try parts.store.numbers(of: ContactID($0)) } ?? []
        let all = own + [attempt.number].compactMap { $0 }.filter { !own.contains($0) }
        // At once, not when the call ends: the wish is heard whatever becomes of the call.
        try await parts.act("do_not_call_added", context, subject: "attempt \(attempt.attempt)") {
            _ = try parts.store.suppress(all, campaign: nil, source: "agent", at: parts.now())
        }
        let count = all.count == 1 ? "The number is" : "All \(all.count) numbers are"
        let heard = "\(count) on the do-not-call list."
        let entry = try attempt.campaign.flatMap { try reader.shelf.campaign(named: $0, parts) }
        guard let disposition = entry?.stored.campaign.dispositions.first(where: { $0.dispositionClass == .doNotCall })
        else {
            return SaidAnswer(
                attemptId: attempt.attempt, code: nil, text: "\(heard) Say what came of the call as well.")
        }
        let request = SayRequest(attemptId: attempt.attempt, code: disposition.code, callback: nil, note: body.note)
        do {
            let said = try await say(request, seat, context, reader)
            return SaidAnswer(attemptId: said.attemptId, code: said.code, text: "\(heard) \(said.text)")
        } catch let problem as Problem {
            return SaidAnswer(attemptId: attempt.attempt, code: nil, text: "\(heard) \(problem.detail)")
        }
    }

    private static func note(_ text: String?) throws -> String? {
        guard let note = text?.trimmed, !note.isEmpty else { return nil }
        guard note.count <= mostNote else {
            throw Problem.invalid(["note": "A note has at most \(mostNote) characters."])
        }
        return note
    }
}

/// The body that says what came of a call.
struct SayRequest: Codable, Sendable {
    var attemptId: Int64
    /// The code of one of the campaign's dispositions.
    var code: String
    /// For a callback: a time on the contact's clock, or an instant of ISO 8601.
    var callback: String?
    var note: String?
}

/// The body of a wish not to be called.
struct DoNotCallRequest: Codable, Sendable {
    var attemptId: Int64
    var note: String?
}

/// The body that asks for more time.
struct MoreTimeRequest: Codable, Sendable {
    var attemptId: Int64
    var seconds: Int64
}

/// What was said, and what follows.
struct SaidAnswer: Codable, Sendable, Hashable {
    var attemptId: Int64
    /// The code of the disposition; nil where none was said.
    var code: String?
    var text: String
}
