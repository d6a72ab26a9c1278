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

/// A server whose engine runs, over one virtual phone; time goes as it does.
private struct LiveDesk {
    static let yaml = """
        campaign: live
        region: US
        calling_rules: { pack: none }
        pacing: { mode: MODE, wrap_up: 30m, wrap_up_limit: 2h }
        dispositions:
          - { code: SALE, label: Sale, class: success }
          - { code: NI, label: Not interested, class: not_interested }
        """

    let simulator: PhoneSimulator
    let folder: URL
    let store: CampaignStore
    let engine: DialerEngine
    let hub: LiveHub
    let server: OffhookServer
    let session: BenchSession
    let user: User

    init(mode: String) async throws {
        let start = Instant(Date())
        simulator = PhoneSimulator(clock: SimulatorClock(start: start.date, scale: 1), seed: 3)
        let phones = try await simulator.start([.gxp(name: "desk-1", passcode: "secret-4711")])
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try CampaignStore(path: folder.appendingPathComponent("t.db").path)
        _ = try store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true), at: start)
        let yaml = Self.yaml.replacing("MODE", with: mode)
        let campaign = try store.applyCampaign(
            CampaignFile.read(yaml, file: "c.yaml"), yaml: yaml, file: "c.yaml", script: "Hello {{name}}.", at: start
        ).id
        // 06 answers soon and talks until the phone hangs up.
        let number = try #require(PhoneNumber(digits: 12_125_550_306))
        let area = Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY")
        _ = try store.importList(campaign: campaign, list: "l", file: "l.csv", sha256: "", options: "", at: start) {
            try $0.add(
                NewContact(
                    name: "Ada Lovelace", externalID: nil, priority: 0,
                    numbers: [
                        NewContact.Number(
                            number: number, fileExtension: nil, kind: .mobile, validity: .valid, area: area)
                    ]))
        }
        try store.setState(.started, of: "live", at: start)
        let hub = try LiveHub(store: store)
        self.hub = hub
        engine = try DialerEngine(
            store: store, clock: .wall,
            options: EngineOptions(presence: .desk, packs: ["none": .none], onChange: { hub.note($0) }),
            logger: Logger(label: "test"))
        server = try OffhookServer(
            configuration: ServerConfiguration(
                share: ServerBench.share, passwords: PasswordHasher.Cost(rounds: 2, blockSize: 1, parallelism: 1)),
            store: store, engine: engine, hub: hub, logger: Logger(label: "test"), now: { Instant(Date()) })
        user = try store.addUser(UserSettings(name: "anna", displayName: "Anna", role: .agent), at: start)
        let secret = SecretText.random()
        let csrf = SecretText.random()
        try store.beginSession(
            tokenHash: SecretText.hash(of: secret), user: user.id, csrfToken: csrf, address: "test",
            expiresAt: start + .seconds(3600), at: start)
        session = BenchSession(cookie: "offhook=\(secret)", csrf: csrf)
    }

    /// Runs a test while the engine runs and the agent's page is live.
    func run(_ test: @escaping @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let running = Task { try await engine.run() }
        do {
            while await !engine.isRunning { try await Task.sleep(for: .milliseconds(5)) }
            try await Application(router: server.router(), logger: Logger(label: "test")).test(.router) { client in
                _ = try await client.send(.put, "/api/v1/desk/station", "{\"station\":\"desk-1\"}", as: session)
                _ = await server.parts.desks.open(user.id, at: "desk-1") {}
                try await test(client)
            }
        } catch {
            // The phone goes with the test, and a call on it with the phone.
            await simulator.stop()
            running.cancel()
            await engine.stop()
            throw error
        }
        await engine.stop()
        _ = try await running.value
        await simulator.stop()
        try FileManager.default.removeItem(at: folder)
    }

    /// The desk once it is as wanted.
    func desk(
        _ client: any TestClientProtocol, _ what: String, until isWanted: (DeskSheet) -> Bool
    ) async throws -> DeskSheet {
        var last: DeskSheet?
        do {
            try await wait(for: "the desk to be “\(what)”") {
                let sheet = try await client.send(.get, "/api/v1/desk", as: session).value(DeskSheet.self)
                last = sheet
                return isWanted(sheet)
            }
        } catch let error as NeverHappened {
            throw StoreError.refused("\(error); it was last “\(last?.state.headline ?? "")”.")
        }
        return try #require(last)
    }

    func post(_ client: any TestClientProtocol, _ path: String, _ body: String = "{}") async throws -> TestResponse {
        try await client.send(.post, "/api/v1/desk/\(path)", body, as: session)
    }
}

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
