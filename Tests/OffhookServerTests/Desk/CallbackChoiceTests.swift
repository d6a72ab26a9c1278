import CampaignStore
import Campaigns
import Eligibility
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import OffhookServer

@Suite("A callback for a contact in several time zones") struct DeskCallbackChoiceTests {
    @Test("shows what its time can mean, and is saved when somebody has chosen")
    func choice() async throws {
        let bench = try DeskBench(zones: ["America/Chicago", "America/New_York"])
        let anna = try await bench.agent("anna", at: "desk-1")
        let id = try bench.endedCall()
        try await bench.server.run { client async throws in
            let asked = try await client.send(
                .get, "/api/v1/desk/callback?attempt_id=\(id.value)&at=2026-03-11T15:30", as: anna
            ).value(CallbackAnswer.self)
            #expect(!asked.isAllowed)
            #expect(asked.choices?.map(\.at) == ["2026-03-11T15:30-04:00", "2026-03-11T15:30-05:00"])
            #expect(asked.choices?.map(\.timeZones) == [["America/New_York"], ["America/Chicago"]])
            let say = { (time: String) in
                try await client.send(
                    .post, "/api/v1/desk/disposition",
                    "{\"attempt_id\":\(id.value),\"code\":\"CB\",\"callback\":\"\(time)\"}", as: anna)
            }
            let refused = try await say("2026-03-11T15:30")
            #expect(refused.status == .unprocessableContent)
            #expect(try refused.problem().choices?.count == 2 && refused.problem().fields?["callback"] != nil)
            #expect(try bench.server.store.lastAttempt(of: "desk-1")?.disposition == "NI")
            let chosen = try #require(asked.choices?.last?.at)
            #expect(try await say(chosen).status == .ok)
            let due = try bench.server.store.contacts(holding: try DeskBench.number(1), at: bench.server.now).first
            #expect(due?.facts.notBefore == Instant(iso8601: "2026-03-11T20:30:00Z"))
        }
    }
}
