import Campaigns
import CampaignStore
import Crypto
import Foundation
import PhoneNumbers
import PhoneSimulator

/// The phones of the benchmark, and a campaign that keeps them all busy.
struct LiveFloor {
    /// Short calls, so that much happens: each rings for a moment and talks a few seconds.
    private static let farEnds = FarEndTable(
        byLastTwoDigits: [:], others: [.init(1, .answers(rings: 2, talks: 4))])

    /// Runs the phones until this process is ended, and writes their phones.yaml into a folder.
    static func phones(_ count: Int, _ folder: URL) async throws {
        let simulator = PhoneSimulator(clock: SimulatorClock(), seed: 3, farEnds: farEnds)
        var behaviour = PhoneBehaviour()
        behaviour.agentHangsUpAfter = 10
        let phones = try await simulator.start(
            (1...count).map { .gxp(name: "desk-\($0)", passcode: "bench", behaviour: behaviour) })
        try PhoneSimulator.phonesYAML(for: phones)
            .write(to: folder.appendingPathComponent("phones.yaml"), atomically: true, encoding: .utf8)
        while true {
            try await Task.sleep(for: .seconds(3600))
            _ = await simulator.runningPhones()
        }
    }

    /// A browser of an agent who is logged in.
    struct Agent: Sendable {
        var station: String
        var cookie: String
        var csrf: String
    }

    /// Loads phones, contacts and agents; each agent is logged in already.
    static func load(_ store: CampaignStore, yaml: String, agents: Int, contacts: Int) throws -> [Agent] {
        let now = Instant(Date())
        _ = try store.applyDevices(PhonesFile.read(yaml, file: "phones.yaml", mayBeLocal: true), at: now)
        let campaign = """
            campaign: live
            region: US
            calling_rules: { pack: none }
            pacing: { wrap_up: 2s, calls_per_minute: 6000, max_concurrent: 500 }

            """
        let id = try store.applyCampaign(
            CampaignFile.read(campaign, file: "live.yaml"), yaml: campaign, file: "live.yaml", script: nil, at: now
        ).id
        try store.setState(.started, of: "live", at: now)
        let area = Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY")
        _ = try store.importList(campaign: id, list: "l", file: "l.csv", sha256: "", options: "", at: now) { importer in
            for index in 0..<contacts {
                guard let number = PhoneNumber(digits: 12_122_000_000 + Int64(index)) else { continue }
                let entry = NewContact.Number(
                    number: number, fileExtension: nil, kind: .mobile, validity: .valid, area: area)
                try importer.add(NewContact(name: nil, externalID: nil, priority: 0, numbers: [entry]))
            }
        }
        return try (1...agents).map { index in
            let user = try store.addUser(
                UserSettings(name: "agent-\(index)", displayName: "Agent \(index)", role: .agent), at: now)
            let secret = UUID().uuidString
            let csrf = UUID().uuidString
            try store.beginSession(
                tokenHash: Data(SHA256.hash(data: Data(secret.utf8))), user: user.id, csrfToken: csrf,
                address: "bench", expiresAt: now + .seconds(86_400), at: now)
            return Agent(station: "desk-\(index)", cookie: "offhook=\(secret)", csrf: csrf)
        }
    }
}
