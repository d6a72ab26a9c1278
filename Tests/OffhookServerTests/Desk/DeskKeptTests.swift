import CampaignStore
import Campaigns
import Dialer
import HTTPTypes
import HummingbirdTesting
import PhoneNumbers
import Testing

@testable import OffhookServer

/// Over a virtual phone: what an agent says is kept, and what was refused does not come back as a call.
@Suite("What the desk confirms and refuses, over a virtual phone", .serialized) struct DeskKeptTests {
    private func say(
        _ live: LiveDesk, _ client: any TestClientProtocol, _ attempt: Int64, _ code: String
    ) async throws -> HTTPResponse.Status {
        try await live.post(client, "disposition", "{\"attempt_id\":\(attempt),\"code\":\"\(code)\"}").status
    }

    @Test("a sale that is said while the line still shows calling is in the reports, and the contact is done")
    func saidWhileCalling() async throws {
        // 03 rings for ever.
        let live = try await LiveDesk(mode: "progressive", ending: 3)
        try await live.run { client async throws in
            #expect(try await live.post(client, "ready").status == .ok)
            let calling = try await live.desk(client, "calling") { $0.call != nil }
            let attempt = try #require(calling.call?.attemptId)
            #expect(try await say(live, client, attempt, "SALE") == .ok)
            #expect(try live.store.attempt(AttemptID(attempt)).disposition == "SALE", "on disk before it is confirmed")
            #expect(try await live.post(client, "pause", "{\"reason\":\"Lunch\"}").status == .ok)
            #expect(try await live.post(client, "commands", "{\"command\":\"hang_up\"}").status == .ok)
            let over = try await live.desk(client, "over") { $0.call == nil && $0.lastCall != nil }
            #expect(over.lastCall?.saidCode == "SALE")
            let row = try live.store.attempt(AttemptID(attempt))
            #expect(row.outcome != "answered" && row.disposition == "SALE" && row.dispositionClass == "success")
            let contact = try live.store.contact(ContactID(try #require(row.contact)))
            #expect(contact.state == .done, "a sale is not called again")
        }
    }

    @Test("a wrap-up whose disposition was said during the call lasts, and ends with Ready")
    func readyEndsWrapUp() async throws {
        let live = try await LiveDesk(mode: "progressive")
        try await live.run { client async throws in
            #expect(try await live.post(client, "ready").status == .ok)
            let inCall = try await live.desk(client, "in call") { $0.state.station.state == "in_call" }
            let attempt = try #require(inCall.call?.attemptId)
            #expect(try await say(live, client, attempt, "NI") == .ok)
            #expect(try await live.post(client, "commands", "{\"command\":\"hang_up\"}").status == .ok)
            let wrapUp = try await live.desk(client, "wrap-up") { $0.state.station.state == "wrap_up" }
            #expect(wrapUp.call?.saidCode == "NI" && wrapUp.state.actions.contains { $0.id == "ready" && $0.isEnabled })
            #expect(try await live.post(client, "ready").status == .ok)
            let ready = try await live.desk(client, "ready") { $0.state.station.state == "ready" }
            #expect(ready.lastCall?.saidCode == "NI")
        }
    }

    @Test("a wrap-up that ends in silence pauses the station, also in the database, until the agent says Ready")
    func silence() async throws {
        let live = try await LiveDesk(mode: "progressive", wrapUp: "1s")
        try await live.run { client async throws in
            #expect(try await live.post(client, "ready").status == .ok)
            _ = try await live.desk(client, "in call") { $0.state.station.state == "in_call" }
            #expect(try await live.post(client, "commands", "{\"command\":\"hang_up\"}").status == .ok)
            let paused = try await live.desk(client, "paused") { $0.state.station.state == "paused" }
            #expect(paused.state.headline == "Paused: \(DialerHeart.noDisposition)")
            #expect(try live.store.devices().flatMap(\.stations).first?.pausedReason == DialerHeart.noDisposition)
            #expect(try await live.post(client, "ready").status == .ok)
            _ = try await live.desk(client, "ready") { $0.state.station.state == "ready" }
        }
    }

    @Test("a number that is typed and refused leaves no contact behind, whatever refuses it")
    func refusedNumber() async throws {
        let live = try await LiveDesk(mode: "manual")
        let number = try #require(PhoneNumber(digits: 12_125_550_906))
        let call = "{\"campaign\":\"live\",\"number\":\"212 555 0906\"}"
        try await live.run { client async throws in
            _ = try await live.desk(client, "paused") { $0.state.station.state == "paused" }
            #expect(try await live.post(client, "calls", call).status == .conflict, "the station is paused")
            #expect(try live.store.contacts(holding: number, at: live.now).isEmpty)
            #expect(try await live.post(client, "ready").status == .ok)
            _ = try await live.desk(client, "ready") { $0.state.station.state == "ready" }
            _ = try live.store.suppress([number], campaign: nil, source: "t", at: live.now)
            let denied = try await live.post(client, "calls", call)
            #expect(denied.status == .conflict, "it is on the do-not-call list")
            #expect(try live.store.contacts(holding: number, at: live.now).isEmpty)
            _ = try live.store.unsuppress(number, campaign: nil, at: live.now)
            #expect(try await live.post(client, "calls", call).status == .ok)
            let contacts = try live.store.contacts(holding: number, at: live.now)
            #expect(contacts.map(\.state) == [.inAttempt])
            #expect(try await live.post(client, "commands", "{\"command\":\"hang_up\"}").status == .ok)
            _ = try await live.desk(client, "over") { $0.state.station.state != "dialing" }
        }
    }
}
