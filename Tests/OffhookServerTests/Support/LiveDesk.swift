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
struct LiveDesk {
    static let yaml = """
        campaign: live
        region: US
        calling_rules: { pack: none }
        pacing: { mode: MODE, wrap_up: WRAPUP, wrap_up_limit: 2h }
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

    /// - Parameter ending: the last two digits of the only contact's number: 06 answers soon and talks until the phone hangs up.
    init(mode: String, wrapUp: String = "30m", ending: Int64 = 6) async throws {
        let start = Instant(Date())
        simulator = PhoneSimulator(clock: SimulatorClock(start: start.date, scale: 1), seed: 3)
        let phones = try await simulator.start([.gxp(name: "desk-1", passcode: "secret-4711")])
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try CampaignStore(path: folder.appendingPathComponent("t.db").path)
        _ = try store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true), at: start)
        let yaml = Self.yaml.replacing("MODE", with: mode).replacing("WRAPUP", with: wrapUp)
        let campaign = try store.applyCampaign(
            CampaignFile.read(yaml, file: "c.yaml"), yaml: yaml, file: "c.yaml", script: "Hello {{name}}.", at: start
        ).id
        let number = try #require(PhoneNumber(digits: 12_125_550_300 + ending))
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

    var now: Instant { Instant(Date()) }

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
