import CallingRules
import CampaignStore
import Campaigns
import CivilTime
import Eligibility
import Foundation
import PhoneNumbers

/// How long it takes to reserve the next contact with all rules on: `offhook-selection [CONTACTS] [--folder DIR]`.
///
/// Contacts lie in 30 areas of 30 zones. One in ten was called before and is due again, as a retry or a callback, about every other
/// second; some were called so often that a cap denies them, and some are on the do-not-call list. Each round reserves a contact
/// and asks every rule with the facts of the moment. One that may be called is put back for a day, so that the due index fills as
/// it does in a campaign; one that may not, as the rules say.
///
/// It fails where the 99th percentile is over 2 ms.
@main
struct Selection {
    static let rounds = 5000
    /// The time from one round to the next, on the virtual clock.
    static let step: Duration = .milliseconds(500)
    /// What reserving may take at the 99th percentile, in milliseconds.
    static let limit = 2.0

    static func main() throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        var folder = FileManager.default.temporaryDirectory
        if let index = arguments.firstIndex(of: "--folder"), index + 1 < arguments.count {
            folder = URL(fileURLWithPath: arguments[index + 1])
            arguments.removeSubrange(index...index + 1)
        }
        let contacts = arguments.first.flatMap { Int($0) } ?? 10_000
        try lookAtDisk(folder, contacts: contacts)
        // The files are gone before the program ends, well or not.
        let percentile = try run(contacts, in: folder)
        guard percentile <= limit else {
            print("the 99th percentile is \(percentile) ms, over \(limit) ms")
            exit(1)
        }
    }

    /// Loads and measures in a database of its own; the 99th percentile in milliseconds.
    private static func run(_ contacts: Int, in folder: URL) throws -> Double {
        let path = folder.appendingPathComponent("offhook-selection-\(getpid()).db").path
        defer {
            for suffix in ["", "-wal", "-shm", ".key"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        }
        let store = try CampaignStore(path: path)
        let now = Instant(milliseconds: 1_773_160_000_000)
        let (id, rules) = try makeCampaign(store, at: now)
        let began = ContinuousClock.now
        try load(contacts, into: id, store, at: now)
        let loaded = ContinuousClock.now
        let past = try History.write(path: path, contacts: contacts, at: now)
        let entries = try suppress(contacts, store, at: now)
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        print(
            "\(contacts) contacts loaded in \((loaded - began).components.seconds) s, \(past.calls) calls to "
                + "\(past.contacts) of them and \(entries) do-not-call entries in "
                + "\((ContinuousClock.now - loaded).components.seconds) s, \(size >> 20) MB")
        return try measure(store, id, rules, contacts: contacts, at: now)
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
        return (id, EligibilityRules(campaign: campaign, pack: pack, clocks: ZoneClocks(ZoneSource.system.data)))
    }

    private static func load(_ contacts: Int, into id: CampaignID, _ store: CampaignStore, at now: Instant) throws {
        let zones = ZoneSource.system.data.names.filter { $0.hasPrefix("America/") }.prefix(30)
        let areas = zones.map { Area(zones: [$0], region: "US", jurisdiction: "US-NY") }
        let fields = [["consent", "yes"], ["consent_date", "2026-01-31"], ["consent_proof", "form"]]
        let known = ContactFields(fields)
        let rows = { (indices: Range<Int>) in
            PackedRows(
                indices.compactMap { index in
                    PhoneNumber(digits: firstNumber + Int64(index)).map { number in
                        ImportRow.contact(
                            NewContact(
                                name: nil, externalID: nil, priority: 0,
                                numbers: [
                                    NewContact.Number(
                                        number: number, fileExtension: nil, kind: .mobile, validity: .valid,
                                        area: areas[(index &* 7919) % areas.count])
                                ], fields: known))
                    }
                })
        }
        _ = try store.importList(campaign: id, list: "list", file: "bench", sha256: "", options: "", at: now) {
            for start in stride(from: 0, to: contacts, by: 10_000) {
                try $0.add(rows(start..<min(start + 10_000, contacts)))
            }
        }
    }

    private static let firstNumber: Int64 = 12_000_000_000

    /// Puts one number in 211 on the do-not-call list, and a prefix that covers none of them.
    private static func suppress(_ contacts: Int, _ store: CampaignStore, at now: Instant) throws -> Int {
        let numbers = stride(from: 5, to: contacts, by: 211).compactMap { PhoneNumber(digits: firstNumber + Int64($0)) }
        for start in stride(from: 0, to: numbers.count, by: 10_000) {
            let piece = Array(numbers[start..<min(start + 10_000, numbers.count)])
            _ = try store.suppress(piece, campaign: nil, source: "bench", at: now)
        }
        _ = try store.suppress([SuppressionSubject.prefix(1999)], campaign: nil, source: "bench", at: now)
        return numbers.count + 1
    }

    private static func measure(
        _ store: CampaignStore, _ id: CampaignID, _ rules: EligibilityRules, contacts: Int, at start: Instant
    ) throws -> Double {
        let open = try store.areas().map(\.id)
        var times: [Double] = []
        var now = start
        var again = 0
        var denied = 0
        for _ in 0..<min(rounds, contacts / 2) {
            now = now + step
            let began = ContinuousClock.now
            guard
                let reservation = try store.reserveNextContact(
                    campaign: id, station: "bench", openAreas: open, at: now),
                let verdict = try store.eligibility(of: reservation, rules: rules, at: now)
            else { break }
            times.append((ContinuousClock.now - began).inSeconds * 1000)
            if History.hasCalls(contact: reservation.contact.value) { again += 1 }
            if verdict.verdict.isAllowed {
                try store.release(
                    reservation, notBefore: now + .seconds(86_400), reason: Reason(code: "bench", text: "bench"),
                    at: now)
            } else {
                denied += 1
                try store.putBack(reservation, denied: verdict, at: now)
            }
        }
        times.sort()
        let at = { (share: Double) in times.isEmpty ? 0 : times[min(times.count - 1, Int(Double(times.count) * share))]
        }
        let text = [0.5, 0.99, 1.0].map { "\((at($0) * 1000).rounded() / 1000)" }
        print(
            "\(times.count) reservations in \(open.count) areas, \(again) of contacts that were called before, \(denied) denied: "
                + "median \(text[0]) ms, 99th percentile \(text[1]) ms, most \(text[2]) ms")
        return (at(0.99) * 1000).rounded() / 1000
    }
}
