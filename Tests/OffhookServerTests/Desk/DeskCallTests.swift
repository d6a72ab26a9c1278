import CallingRules
import CampaignStore
import Campaigns
import Dialer
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import PhoneNumbers
import PhoneSimulator
import TestSupport
import Testing

@testable import OffhookServer

@Suite("A call from the desk, over a virtual phone", .serialized) struct DeskCallTests {
    @Test(
        "Ready brings the call with its card; what is said during it is there after a reload; it is settled at its end")
    func progressive() async throws {
        let live = try await LiveDesk(mode: "progressive")
        try await live.run { client async throws in
            let seated = try await live.desk(client, "paused") { $0.state.station.state == "paused" }
            #expect(seated.state.headline == "Paused: \(DeskRoutes.satDown)")
            #expect(seated.contact == nil && seated.campaigns == ["live"])
            #expect(try await live.post(client, "ready").status == .ok)
            let inCall = try await live.desk(client, "in call") { $0.state.station.state == "in_call" }
            #expect(inCall.contact?.name == "Ada Lovelace" && inCall.contact?.script == "Hello Ada Lovelace.")
            let attempt = try #require(inCall.call?.attemptId)
            #expect(inCall.state.timerSince != nil && inCall.call?.saidCode == nil)
            #expect(
                try await live.post(
                    client, "disposition", "{\"attempt_id\":\(attempt),\"code\":\"SALE\",\"note\":\"two years\"}"
                ).status == .ok)
            let reloaded = try await live.desk(client, "said") { $0.call?.saidCode == "SALE" }
            #expect(reloaded.call?.attemptId == attempt && reloaded.state.station.state == "in_call")
            #expect(try await live.post(client, "pause", "{\"reason\":\"Lunch\"}").status == .ok)
            #expect(try await live.post(client, "commands", "{\"command\":\"hang_up\"}").status == .ok)
            let over = try await live.desk(client, "over") { $0.call == nil && $0.lastCall != nil }
            #expect(over.lastCall?.attemptId == attempt)
            #expect(over.lastCall?.saidCode == "SALE" && over.lastCall?.note == "two years")
            let paused = try await live.desk(client, "paused") { $0.state.station.state == "paused" }
            #expect(paused.state.headline == "Paused: Lunch")
        }
    }

    @Test("in preview the card comes first and Dial calls; in wrap-up there is more time, and what is said ends it")
    func preview() async throws {
        let live = try await LiveDesk(mode: "preview")
        try await live.run { client async throws in
            #expect(try await live.post(client, "ready").status == .ok)
            let offer = try await live.desk(client, "offer") { $0.state.countdownUntil != nil && $0.contact != nil }
            #expect(offer.state.headline == "Next contact" && offer.call == nil)
            #expect(offer.contact?.name == "Ada Lovelace")
            #expect(try await live.post(client, "take").status == .ok)
            let inCall = try await live.desk(client, "in call") { $0.state.station.state == "in_call" }
            let attempt = try #require(inCall.call?.attemptId)
            #expect(try await live.post(client, "commands", "{\"command\":\"hang_up\"}").status == .ok)
            let wrapUp = try await live.desk(client, "wrap-up") { $0.state.station.state == "wrap_up" }
            let until = try #require(wrapUp.state.countdownUntil)
            #expect(
                try await live.post(client, "more-time", "{\"attempt_id\":\(attempt),\"seconds\":60}").status == .ok)
            let longer = try await live.desk(client, "longer") { $0.state.countdownUntil != until }
            #expect(try #require(longer.state.countdownUntil) > until)
            #expect(
                try await live.post(client, "disposition", "{\"attempt_id\":\(attempt),\"code\":\"NI\"}").status == .ok)
            let ready = try await live.desk(client, "ready") { $0.state.station.state == "ready" }
            #expect(ready.lastCall?.saidCode == "NI" && ready.contact == nil)
        }
    }

    @Test("who rings at the station is looked up in all contacts, and can be turned away")
    func incoming() async throws {
        let live = try await LiveDesk(mode: "manual")
        try await live.run { client async throws in
            _ = try await live.desk(client, "paused") { $0.state.station.state == "paused" }
            _ = try await live.simulator.incomingCall(to: "desk-1", from: "2125550306")
            let ringing = try await live.desk(client, "ringing") { $0.caller?.isRinging == true }
            #expect(ringing.caller?.number == "+12125550306")
            #expect(ringing.caller?.contacts.map(\.name) == ["Ada Lovelace"])
            let line = try #require(ringing.caller?.line)
            let call = "{\"campaign\":\"live\",\"number\":\"2125550306\"}"
            #expect(try await live.post(client, "calls", call).status == .conflict, "never dialled over")
            #expect(
                try await live.post(client, "commands", "{\"command\":\"reject\",\"line\":\(line)}").status == .ok)
            _ = try await live.desk(client, "quiet") { $0.caller == nil }
        }
    }

    @Test("a call that was accepted at the desk is hung up there")
    func accepted() async throws {
        let live = try await LiveDesk(mode: "manual")
        try await live.run { client async throws in
            _ = try await live.desk(client, "paused") { $0.state.station.state == "paused" }
            _ = try await live.simulator.incomingCall(to: "desk-1", from: "2125550306")
            let ringing = try await live.desk(client, "ringing") { $0.caller?.isRinging == true }
            let line = try #require(ringing.caller?.line)
            #expect(
                try await live.post(client, "commands", "{\"command\":\"accept\",\"line\":\(line)}").status == .ok)
            _ = try await live.desk(client, "talking") { $0.caller?.isRinging == false }
            #expect(try await live.post(client, "commands", "{\"command\":\"hang_up\"}").status == .ok)
            _ = try await live.desk(client, "quiet") { $0.caller == nil }
        }
    }
}
