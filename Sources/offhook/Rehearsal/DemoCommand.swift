import ArgumentParser
import CampaignStore
import Campaigns
import Dialer
import Foundation
import Logging
import PhoneNumbers
import PhoneSimulator
import Reports
import Supervision

/// `offhook demo`: a whole campaign through virtual phones, on a clock of its own.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Watch a campaign dial twelve virtual phones over real HTTP; no real call is placed.")
    @Flag(help: "Keep the phones running afterwards, until Ctrl-C.") var serve = false

    /// How much faster than real time the demo runs.
    static let scale = 10.0

    func run() async throws {
        // Tuesday 10:00 in New York, so that the real calling hours hold whenever the demo is run.
        guard let start = Instant(iso8601: "2026-03-10T10:00:00-04:00") else { return }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-demo-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let store = try CampaignStore(path: folder.appendingPathComponent("demo.db").path)
        let simulator = PhoneSimulator(clock: SimulatorClock(start: start.date, scale: Self.scale), seed: 7)
        var behaviour = PhoneBehaviour()
        behaviour.agentHangsUpAfter = 25
        let specs =
            (1...8).map { SimulatedPhoneSpec.gxp(name: "desk-\($0)", passcode: "demo", behaviour: behaviour) }
            + [SimulatedPhoneSpec.dp(name: "base-1", handsets: 4, passcode: "demo", behaviour: behaviour)]
        let phones = try await simulator.start(specs)
        let yaml = PhoneSimulator.phonesYAML(for: phones)
        _ = try store.applyDevices(PhonesFile.read(yaml, file: "phones.yaml"), at: start)
        print(
            "8 desk phones and a base with 4 handsets answer on loopback. The clock starts on Tuesday 10:00 in New York and runs ten times as fast."
        )

        let source = try CampaignSource(DemoList.folder().path)
        let campaign = try store.applyCampaign(
            source.campaign, yaml: source.draft.yaml, file: source.path, script: nil, at: start)
        if let barred = PhoneNumber(e164: "+12125550306") {
            _ = try store.suppress([barred], campaign: nil, source: "by hand", at: start)
        }
        let list = folder.appendingPathComponent("crm-export.csv")
        try DemoList.csv.write(to: list, atomically: true, encoding: .utf8)
        let stored = try store.campaign(named: source.campaign.name)
        let file = try ListFile(list.path)
        let plan = ImportPlan()
        let opened = try plan.open(file, for: stored, ShareDirectory.data())
        let counts = try file.load(
            opened, into: store, request: try plan.request(file, opened: opened, for: stored), at: start,
            progress: { _ in }
        ).counts
        print("\nThe list, as a CRM exported it:\n" + ImportSummary.table(counts).text + "\n")

        let clock = DialerClock(startingAt: start, scale: Self.scale)
        let engine = try DialerEngine(
            store: store, clock: clock, options: EngineOptions(end: .done, packs: try ShareDirectory.packs()),
            logger: Logger.offhook)
        try store.setState(.started, of: source.campaign.name, at: start)
        let session = RunSession(engine: engine, store: store, quiet: false)
        let summary = try await session.run()
        try session.finish(summary, format: .table)
        try check(counts, try store.contactCounts(campaigns: [campaign.id]), ended: summary.end)
        print(
            """

            Look further:
              offhook report attempts --db \(store.path)
              offhook why '(212) 555-0302' --db \(store.path) --at 2026-03-10T14:30:00Z
            """)
        if serve { await keepServing(yaml) }
        await simulator.stop()
    }

    /// The totals add up to the list, or the demo fails.
    private func check(_ counts: ImportCounts, _ contacts: ContactCounts, ended: RunSummary.End) throws {
        let accounted = counts.imported + counts.updated + counts.duplicates + counts.quarantined
        let final = [ContactState.done, .exhausted, .suppressed].map { contacts.byState[$0] ?? 0 }
        print(
            "\n\(counts.read) rows read: \(counts.duplicates) duplicates, \(counts.quarantined) quarantined, "
                + "\(final[0]) done, \(final[1]) exhausted, \(final[2]) suppressed.")
        guard accounted == counts.read, ended == .stopped || final.reduce(0, +) == counts.imported else {
            throw CommandFailure("The totals do not add up to the list; this is a fault of the program.")
        }
    }

    private func keepServing(_ yaml: String) async {
        print("\nThe phones keep running until Ctrl-C:\n\(yaml)")
        let (ended, continuation) = AsyncStream.makeStream(of: Void.self)
        let interrupts = Interrupts { _ in continuation.yield() }
        for await _ in ended { break }
        interrupts.cancel()
    }
}

/// The demo's list: 200 rows with what real exports hold.
enum DemoList {
    /// The demo's campaign folder in the source tree, or beside the installed data.
    static func folder() throws -> URL {
        let share = try ShareDirectory.find()
        let candidates = [share, share.deletingLastPathComponent()].map { $0.appendingPathComponent("campaigns/demo") }
        guard let found = candidates.first(where: { FileManager.default.fileExists(atPath: $0.path) }) else {
            throw CommandFailure("The demo's campaign folder was not found beside \(share.path); reinstall Offhook.")
        }
        return found
    }

    /// Several ways of writing numbers, blanks, duplicates, a suppressed number and a wrong row.
    static let csv: String = {
        let cities = ["212", "312", "617", "404", "215", "202", "704", "919"]
        var rows = ["Name,Phone,City"]
        for index in 1...196 {
            let area = cities[index % cities.count]
            let last = 301 + index / cities.count
            let number =
                switch index % 4 {
                case 0: "(\(area)) 555-0\(last)"
                case 1: "\(area)-555-0\(last)"
                case 2: "+1 \(area) 555 0\(last)"
                default: "1.\(area).555.0\(last)"
                }
            rows.append("Contact \(index),\(number),City \(index % cities.count)")
        }
        rows.append("Same again,(212) 555-0302,New York")
        rows.append("No number,,Boston")
        rows.append("Barred,2125550306,New York")
        rows.append("Wrong,12-34,Chicago")
        return rows.joined(separator: "\r\n") + "\r\n"
    }()
}
