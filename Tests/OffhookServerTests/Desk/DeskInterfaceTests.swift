import CampaignStore
import Campaigns
import CivilTime
import Dialer
import HTTPTypes
import HummingbirdTesting
import NIOCore
import PhoneNumbers
import Testing

@testable import OffhookServer

@Suite("The desk's interface") struct DeskInterfaceTests {
    @Test("without a station there is no desk; the page lets choose one, and says who has the others")
    func choice() async throws {
        let bench = try DeskBench()
        _ = try await bench.agent("ben", at: "desk-2")
        let ben = try #require(try bench.server.store.user(named: "ben"))
        let anna = try bench.server.session(of: try await bench.server.user("anna", .agent))
        try await bench.server.run { client async throws in
            let answer = try await client.send(.get, "/api/v1/desk", as: anna)
            #expect(answer.status == .conflict)
            #expect(try answer.problem().code == "no_station")
            let page = await bench.server.parts.desks.open(ben.id, at: "desk-2") {}
            let seats = try await client.send(.get, "/api/v1/desk/stations", as: anna).value(SeatList.self).stations
            #expect(seats.map(\.isFree) == [true, false])
            #expect(seats.last?.takenBy == "Ben")
            let html = try await client.get("/desk", anna.headers).text
            #expect(html.contains("Choose your station") && html.contains("taken by Ben"))
            await bench.server.parts.desks.close(page)
            let later = try await client.send(.get, "/api/v1/desk/stations", as: anna).value(SeatList.self).stations
            #expect(later.map(\.isFree) == [true, true])
        }
    }

    @Test("who sits down is paused until they say Ready, and the station is remembered")
    func sitting() async throws {
        let bench = try DeskBench()
        let anna = try bench.server.session(of: try await bench.server.user("anna", .agent))
        let paused = { @Sendable in
            try bench.server.store.devices().flatMap(\.stations).first { $0.name == "desk-1" }?.pausedReason
        }
        try await bench.server.run { client async throws in
            let seated = try await client.post("/desk/station", "csrf=\(anna.csrf)&station=desk-1", anna.headers)
            #expect(seated.status == .seeOther && seated.headers[.location] == "/desk")
            #expect(try paused() == DeskRoutes.satDown)
            #expect(try await client.send(.post, "/api/v1/desk/ready", as: anna).status == .ok)
            #expect(try paused() == nil)
            // Sitting down again at the same station, as a second tab does, takes nothing back.
            _ = try await client.post("/desk/station", "csrf=\(anna.csrf)&station=desk-1", anna.headers)
            #expect(try paused() == nil)
            #expect(try await client.get("/desk", anna.headers).text.contains("data-station=\"desk-1\""))
            _ = try await client.post("/desk/leave", "csrf=\(anna.csrf)", anna.headers)
            let html = try await client.get("/desk", anna.headers).text
            #expect(html.contains("value=\"desk-1\" checked") && html.contains("your last one"))
        }
    }

    @Test("a pause has a reason of the campaign's or another, never none")
    func pausing() async throws {
        let bench = try DeskBench()
        let anna = try await bench.agent("anna", at: "desk-1")
        try await bench.server.run { client async throws in
            let sheet = try await client.send(.get, "/api/v1/desk", as: anna).value(DeskSheet.self)
            #expect(sheet.pauseReasons == ["Tea", "Coaching"])
            for reason in ["Tea", "Dentist at 3"] {
                let answer = try await client.send(
                    .post, "/api/v1/desk/pause", "{\"reason\":\" \(reason) \"}", as: anna)
                #expect(answer.status == .ok)
                let stored = try bench.server.store.devices().flatMap(\.stations).first?.pausedReason
                #expect(stored == reason)
            }
            let blank = try await client.send(.post, "/api/v1/desk/pause", "{\"reason\":\"  \"}", as: anna)
            #expect(blank.status == .unprocessableContent)
            #expect(try blank.problem().fields?["reason"] != nil)
        }
    }

    @Test("Ready does not lift a lock-out")
    func lockedOut() async throws {
        let bench = try DeskBench()
        let anna = try await bench.agent("anna", at: "desk-1")
        try bench.server.store.lockOut(station: "desk-1", at: bench.server.now)
        try await bench.server.run { client async throws in
            let answer = try await client.send(.post, "/api/v1/desk/ready", as: anna)
            #expect(try answer.problem().code == "locked_out")
            #expect(try bench.server.store.devices().flatMap(\.stations).first?.lockedOutAt != nil)
        }
    }

    @Test("the desk shows the contact with script, fields, clock and earlier calls, the same after a reload")
    func sheet() async throws {
        let bench = try DeskBench()
        let anna = try await bench.agent("anna", at: "desk-1")
        let (id, _) = try bench.openCall()
        try await bench.server.run { client async throws in
            let sheet = try await client.send(.get, "/api/v1/desk", as: anna).value(DeskSheet.self)
            let contact = try #require(sheet.contact)
            #expect(contact.name == "Ada Lovelace 1" && contact.number == "+12125550101")
            #expect(contact.script == "Good day Ada Lovelace 1, your plan Gold ends.")
            #expect(contact.timeZone == "America/New_York" && contact.place == "US-NY")
            let zone = try #require(ZoneSource.system.data.zone("America/New_York"))
            let steps = try contact.clock.map { (try #require(Instant(iso8601: $0.from)), $0.utcOffset) }
            #expect(steps.count > 3 && steps[0].0 <= bench.server.now)
            for (from, offset) in steps { #expect(zone.utcOffset(at: from.wholeSeconds) == offset, "\(from)") }
            // What the script shows between two steps is what the server would say.
            for (step, next) in zip(steps, steps.dropFirst()) {
                #expect(step.0 < next.0 && zone.nextChange(after: step.0.wholeSeconds) == next.0.wholeSeconds)
            }
            #expect(contact.fields == [.init(name: "Plan", value: "Gold")])
            #expect(contact.history.isEmpty, "the open call is no history yet")
            #expect(sheet.call?.attemptId == id.value)
            #expect(sheet.call?.choices.map(\.code) == ["SALE", "CB", "NI"])
            let again = try await client.send(.get, "/api/v1/desk", as: anna).value(DeskSheet.self)
            #expect(again.contact == sheet.contact && again.call == sheet.call)
        }
    }

    @Test("a limited manager at a desk is not shown whom they may not see")
    func limited() async throws {
        let bench = try DeskBench()
        let yaml = "campaign: other\nregion: US\ncalling_rules: { pack: none }\n"
        let other = try bench.server.store.applyCampaign(
            CampaignFile.read(yaml, file: "o.yaml"), yaml: yaml, file: "o.yaml", script: nil, at: bench.server.now
        ).id
        let mia = try await bench.server.user("mia", .manager, campaigns: [other])
        let session = try bench.server.session(of: mia)
        let stored = try #require(
            try bench.server.store.sessions(of: mia.id, idle: .seconds(60), at: bench.server.now).first)
        try await bench.server.parts.desks.sit(mia, at: "desk-1", session: stored)
        try bench.openCall("mia")
        try await bench.server.run { client async throws in
            let answer = try await client.send(.get, "/api/v1/desk", as: session)
            let sheet = try answer.value(DeskSheet.self)
            #expect(sheet.contact == nil && sheet.call == nil && sheet.campaigns.isEmpty)
            #expect(!answer.text.contains("Lovelace"))
        }
    }

    @Test(
        "an agent acts at their own station alone: another's call is none of theirs, and whoever lost the station acts nowhere"
    )
    func others() async throws {
        let bench = try DeskBench()
        let anna = try await bench.agent("anna", at: "desk-1")
        let (id, _) = try bench.openCall("anna")
        let ben = try await bench.agent("ben", at: "desk-2")
        let say = "{\"attempt_id\":\(id.value),\"code\":\"SALE\"}"
        try await bench.server.run { client async throws in
            for (path, body) in [
                ("disposition", say), ("do-not-call", "{\"attempt_id\":\(id.value)}"),
            ] {
                let answer = try await client.send(.post, "/api/v1/desk/\(path)", body, as: ben)
                #expect(answer.status == .notFound, "\(path)")
            }
            let check = "/api/v1/desk/callback?attempt_id=\(id.value)&at=2026-03-11T12:00"
            #expect(try await client.send(.get, check, as: ben).status == .notFound)
            let number = try DeskBench.number(1)
            #expect(try bench.server.store.suppressions(of: number, at: bench.server.now).isEmpty)
            let sit = "{\"station\":\"desk-1\"}"
            let early = try await client.send(.put, "/api/v1/desk/station", sit, as: ben)
            #expect(try early.problem().code == "call_open")
            try bench.end(id)
            // Ben takes desk-1 over, whose page is gone: anna's session still names it, and is nobody there.
            #expect(try await client.send(.put, "/api/v1/desk/station", sit, as: ben).status == .ok)
            #expect(try await client.send(.post, "/api/v1/desk/disposition", say, as: ben).status == .notFound)
            for path in ["ready", "take", "disposition", "commands", "calls", "more-time"] {
                let answer = try await client.send(.post, "/api/v1/desk/\(path)", say, as: anna)
                #expect(try answer.problem().code == "no_station", "\(path)")
            }
        }
    }

    @Test("nobody leaves in the middle of a call")
    func leaving() async throws {
        let bench = try DeskBench()
        let anna = try await bench.agent("anna", at: "desk-1")
        try bench.openCall()
        try await bench.server.run { client async throws in
            let answer = try await client.send(.delete, "/api/v1/desk/station", as: anna)
            #expect(try answer.problem().code == "call_open")
            #expect(try bench.server.store.desk(of: "desk-1").agent == "anna")
        }
    }

    @Test("a token reads the desk of its user, and sits nowhere by itself")
    func token() async throws {
        let bench = try DeskBench()
        _ = try await bench.agent("anna", at: "desk-1")
        let user = try #require(try bench.server.store.user(named: "anna"))
        let token = try bench.server.token(of: user, [.callsRead, .stationsWrite])
        try await bench.server.run { client async throws in
            let headers: HTTPFields = [.authorization: "Bearer \(token)", .contentType: "application/json"]
            #expect(try await client.get("/api/v1/desk", headers).status == .ok)
            let sits = try await client.execute(
                uri: "/api/v1/desk/station", method: .put, headers: headers,
                body: .init(string: "{\"station\":\"desk-2\"}"))
            #expect(try sits.problem().code == "session_needed")
            let says = try await client.execute(
                uri: "/api/v1/desk/disposition", method: .post, headers: headers, body: .init(string: "{}"))
            #expect(says.status == .forbidden)
        }
    }

    @Test("a refusal of the engine is told in its words; a number or a key that is none is told at its field")
    func refusals() async throws {
        let bench = try DeskBench()
        let anna = try await bench.agent("anna", at: "desk-1")
        try await bench.server.run { client async throws in
            let call = { @Sendable (body: String) in
                try await client.send(.post, "/api/v1/desk/calls", body, as: anna)
            }
            let engine = try await call("{\"campaign\":\"spring\",\"number\":\"(212) 555-0142\"}")
            #expect(engine.status == .conflict)
            #expect(try engine.problem().detail.contains("does not drive"))
            let short = try await call("{\"campaign\":\"spring\",\"number\":\"911\"}")
            #expect(try short.problem().fields?["number"]?.contains("never dialled") == true)
            #expect(
                try await call("{\"campaign\":\"other\",\"number\":\"2125550142\"}").status == .unprocessableContent)
            #expect(try await call("{\"campaign\":\"spring\",\"contact_id\":1}").status == .unprocessableContent)
            for body in [
                "{\"command\":\"explode\"}", "{\"command\":\"keys\",\"keys\":\"12a\"}", "{\"command\":\"accept\"}",
            ] {
                let answer = try await client.send(.post, "/api/v1/desk/commands", body, as: anna)
                #expect(answer.status == .unprocessableContent, "\(body)")
            }
        }
    }
}
