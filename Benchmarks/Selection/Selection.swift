import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import Foundation
import PhoneNumbers

/// How long it takes to reserve the next contact with all rules on: `offhook-selection [CONTACTS] [--folder DIR]`.
///
/// Contacts lie in 30 areas of 30 zones. Each round reserves a contact, asks every rule with the facts of the moment, and puts the
/// contact back for a day, so that the due index fills as it does in a campaign.
@main
struct Selection {
    static let rounds = 5000

    static func main() throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        var folder = FileManager.default.temporaryDirectory
        if let index = arguments.firstIndex(of: "--folder"), index + 1 < arguments.count {
            folder = URL(fileURLWithPath: arguments[index + 1])
            arguments.removeSubrange(index...index + 1)
        }
        let contacts = arguments.first.flatMap { Int($0) } ?? 10_000
        try lookAtDisk(folder, contacts: contacts)
        let path = folder.appendingPathComponent("offhook-selection-\(getpid()).db").path
        defer {
            for suffix in ["", "-wal", "-shm", ".key"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        }
        let store = try CampaignStore(path: path)
        let now = Instant(milliseconds: 1_773_160_000_000)
        let (id, rules) = try makeCampaign(store, at: now)
        let began = ContinuousClock.now
        try load(contacts, into: id, store, at: now)
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        print("\(contacts) contacts loaded in \((ContinuousClock.now - began).components.seconds) s, \(size >> 20) MB")
        try measure(store, id, rules, contacts: contacts, at: now)
    }

    /// A contact with its number takes up to 700 bytes with indexes; twice that is wanted, for the log beside it.
    private static func lookAtDisk(_ folder: URL, contacts: Int) throws {
        let values = try FileManager.default.attributesOfFileSystem(forPath: folder.path)
        let free = (values[.systemFreeSize] as? NSNumber)?.int64Value ?? 0
        let needed = Int64(contacts) * 1400 + 100_000_000
        guard free > needed else {
            print(
                "\(contacts) contacts need \(needed >> 20) MB in \(folder.path), where \(free >> 20) MB are free; name another --folder."
            )
            exit(1)
        }
    }

    private static func makeCampaign(
        _ store: CampaignStore, at now: Instant
    ) throws -> (CampaignID, EligibilityRules) {
        let yaml = """
            campaign: bench
            region: US
            calling_rules: { pack: bench, windows: { all: "00:00-24:00" } }
            caps: [{ attempts: 3, within: 24h }, { attempts: 7, within: 7d }, { silence_after: refusal, lasting: 60d }]
            consent: required
            holidays: [12-25, easter]
            """
        let pack = try RulePackFile.read(
            """
            pack: bench
            version: "2026-03-01"
            region: US
            rules:
              - { places: [US], source: "the benchmark", hours: { all: "00:00-24:00" }, caps: [{ attempts: 4, within: 30d }] }
            """, file: "bench.yaml")
        let campaign = try CampaignFile.read(yaml, file: "bench.yaml")
        let id = try store.applyCampaign(campaign, yaml: yaml, file: "bench.yaml", script: nil, at: now).id
        try store.setState(.started, of: "bench", at: now)
        return (id, EligibilityRules(campaign: campaign, pack: pack))
    }

    private static func load(_ contacts: Int, into id: CampaignID, _ store: CampaignStore, at now: Instant) throws {
        let zones = TimeZone.knownTimeZoneIdentifiers.filter { $0.hasPrefix("America/") }.prefix(30)
        let areas = zones.map { Area(zones: [$0], region: "US", jurisdiction: "US-NY") }
        let fields = [["consent", "yes"], ["consent_date", "2026-01-31"], ["consent_proof", "form"]]
        var next = 0
        while next < contacts {
            let end = min(next + 500_000, contacts)
            _ = try store.importList(
                campaign: id, list: "list", file: "bench", sha256: "", options: "", at: now
            ) { importer in
                for index in next..<end {
                    guard let number = PhoneNumber(digits: 12_000_000_000 + Int64(index)) else { continue }
                    try importer.add(
                        NewContact(
                            name: nil, externalID: nil, priority: 0,
                            numbers: [
                                NewContact.Number(
                                    number: number, fileExtension: nil, kind: .mobile, validity: .valid,
                                    area: areas[(index &* 7919) % areas.count])
                            ], fields: ContactFields(fields)))
                }
            }
            next = end
        }
    }

    private static func measure(
        _ store: CampaignStore, _ id: CampaignID, _ rules: EligibilityRules, contacts: Int, at start: Instant
    ) throws {
        let open = try store.areas().map(\.id)
        var times: [Double] = []
        var now = start
        for _ in 0..<min(rounds, contacts / 2) {
            now = now + .milliseconds(500)
            let began = ContinuousClock.now
            guard
                let reservation = try store.reserveNextContact(
                    campaign: id, station: "bench", openAreas: open, at: now),
                let verdict = try store.eligibility(of: reservation, rules: rules, at: now)
            else { break }
            let took = ContinuousClock.now - began
            guard verdict.verdict.isAllowed else {
                print("a contact of the benchmark must be callable: \(verdict.reasons)")
                exit(1)
            }
            times.append(took.inSeconds * 1000)
            try store.release(
                reservation, notBefore: now + .seconds(86_400), reason: Reason(code: "bench", text: "bench"), at: now)
        }
        times.sort()
        let at = { (share: Double) in times.isEmpty ? 0 : times[min(times.count - 1, Int(Double(times.count) * share))]
        }
        let text = [0.5, 0.99, 1.0].map { "\((at($0) * 1000).rounded() / 1000)" }
        print(
            "\(times.count) reservations in \(open.count) areas: median \(text[0]) ms, 99th percentile \(text[1]) ms, most \(text[2]) ms"
        )
    }
}
