import CampaignStore
import Campaigns
import Dialer
import HTTPTypes
import HummingbirdTesting
import PhoneNumbers
import Testing

@testable import OffhookServer

@Suite("What an agent says of a call") struct DeskSayingTests {
    @Test(
        "a callback is checked on the contact's clock: open hours are allowed, closed ones name the nearest that is",
        arguments: [
            ("2026-03-11T15:30", true, nil), ("2026-03-11T21:30", false, "2026-03-12T09:00"),
            ("2026-03-13T20:00", false, "2026-03-16T09:00"), ("2026-03-14T12:00", false, "2026-03-16T09:00"),
            ("2026-03-11T08:59", false, "2026-03-11T09:00"), ("2026-03-09T12:00", false, "2026-03-10T10:01"),
            ("2026-03-11T19:30:00Z", true, nil),
        ] as [(String, Bool, String?)])
    func callback(at: String, isAllowed: Bool, nearest: String?) async throws {
        let bench = try DeskBench()
        let anna = try await bench.agent("anna", at: "desk-1")
        let (id, _) = try bench.openCall()
        try await bench.server.run { client async throws in
            let path = "/api/v1/desk/callback?attempt_id=\(id.value)&at=\(at)"
            let answer = try await client.send(.get, path, as: anna).value(CallbackAnswer.self)
            #expect(answer.isAllowed == isAllowed)
            #expect(answer.nearest?.local == nearest)
            #expect(answer.timeZone == "America/New_York" && !answer.text.isEmpty)
        }
    }

    @Test("a callback time that cannot be read, or belongs to no callback, or is not allowed is refused at its field")
    func refusedCallbacks() async throws {
        let bench = try DeskBench()
        let anna = try await bench.agent("anna", at: "desk-1")
        let id = try bench.endedCall()
        try await bench.server.run { client async throws in
            for (code, time) in [("CB", "soon"), ("SALE", "2026-03-11T15:30"), ("CB", "2026-03-11T21:30")] {
                let answer = try await client.send(
                    .post, "/api/v1/desk/disposition",
                    "{\"attempt_id\":\(id.value),\"code\":\"\(code)\",\"callback\":\"\(time)\"}", as: anna)
                #expect(answer.status == .unprocessableContent, "\(code) \(time)")
                #expect(try answer.problem().fields?["callback"] != nil)
            }
            #expect(try bench.server.store.lastAttempt(of: "desk-1")?.disposition == "NI")
        }
    }

    @Test("the last call can be thought of again: result, note and callback change, and my day tells them")
    func secondThoughts() async throws {
        let bench = try DeskBench()
        let anna = try await bench.agent("anna", at: "desk-1")
        let id = try bench.endedCall(note: "was cooking")
        try await bench.server.run { client async throws in
            let before = try await client.send(.get, "/api/v1/desk", as: anna).value(DeskSheet.self)
            #expect(before.lastCall?.saidCode == "NI" && before.lastCall?.note == "was cooking")
            let answer = try await client.send(
                .post, "/api/v1/desk/disposition",
                "{\"attempt_id\":\(id.value),\"code\":\"CB\",\"callback\":\"2026-03-11T15:30\",\"note\":\"after lunch\"}",
                as: anna)
            #expect(answer.status == .ok)
            let after = try await client.send(.get, "/api/v1/desk", as: anna).value(DeskSheet.self)
            #expect(after.lastCall?.saidCode == "CB" && after.lastCall?.note == "after lunch")
            let day = try await client.send(.get, "/api/v1/desk/day", as: anna).value(DaySheet.self)
            #expect(day.calls == 1 && day.answered == 1 && day.talkSeconds == 61)
            #expect(day.results == [.init(label: "Call back", calls: 1)])
            #expect(day.callbacks.map(\.dueAt) == ["2026-03-11T19:30:00.000Z"])
            #expect(day.callbacks.first?.name == "Ada Lovelace 1" && day.callbacks.first?.isDue == false)
        }
    }

    @Test("what is said as the wrap-up runs out is not lost: it becomes a second thought")
    func lateWord() async throws {
        let bench = try DeskBench()
        let anna = try await bench.agent("anna", at: "desk-1")
        let id = try bench.endedCall(saying: "none")
        try await bench.server.run { client async throws in
            let answer = try await client.send(
                .post, "/api/v1/desk/disposition",
                "{\"attempt_id\":\(id.value),\"code\":\"SALE\",\"note\":\"two years\"}",
                as: anna)
            #expect(answer.status == .ok)
            let last = try #require(try bench.server.store.lastAttempt(of: "desk-1"))
            #expect(last.disposition == "SALE" && last.note == "two years")
        }
    }

    @Test(
        "a wish not to be called is heard at once, during the call, whether the campaign lists it or not",
        arguments: [true, false])
    func doNotCall(isListed: Bool) async throws {
        let bench = try DeskBench(wishIsListed: isListed)
        let anna = try await bench.agent("anna", at: "desk-1")
        let (id, _) = try bench.openCall()
        try await bench.server.run { client async throws in
            let answer = try await client.send(
                .post, "/api/v1/desk/do-not-call", "{\"attempt_id\":\(id.value)}", as: anna)
            #expect(try answer.value(SaidAnswer.self).text.contains("on the do-not-call list"))
            let number = try DeskBench.number(1)
            let entries = try bench.server.store.suppressions(of: number, at: bench.server.now)
            #expect(entries.count == 1 && entries.first?.campaign == nil && entries.first?.source == "agent")
            #expect(try bench.server.store.auditLog().contains { $0.act == "do_not_call_added" })
        }
    }

    @Test("after the call the wish is also said of it, where the campaign lists it")
    func doNotCallLater() async throws {
        let bench = try DeskBench(wishIsListed: true)
        let anna = try await bench.agent("anna", at: "desk-1")
        let id = try bench.endedCall()
        try await bench.server.run { client async throws in
            let answer = try await client.send(
                .post, "/api/v1/desk/do-not-call", "{\"attempt_id\":\(id.value)}", as: anna)
            #expect(try answer.value(SaidAnswer.self).code == "DNC")
            #expect(try bench.server.store.lastAttempt(of: "desk-1")?.disposition == "DNC")
        }
    }

    @Test("a result that the campaign has not, and a note without end, are refused")
    func nonsense() async throws {
        let bench = try DeskBench()
        let anna = try await bench.agent("anna", at: "desk-1")
        let id = try bench.endedCall()
        let long = String(repeating: "x", count: DeskInterface.mostNote + 1)
        try await bench.server.run { client async throws in
            for body in ["\"code\":\"NOPE\"", "\"code\":\"SALE\",\"note\":\"\(long)\""] {
                let answer = try await client.send(
                    .post, "/api/v1/desk/disposition", "{\"attempt_id\":\(id.value),\(body)}", as: anna)
                #expect(answer.status == .unprocessableContent)
            }
            #expect(try bench.server.store.lastAttempt(of: "desk-1")?.disposition == "NI")
        }
    }
}
