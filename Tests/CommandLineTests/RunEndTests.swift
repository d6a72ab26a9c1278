import CallingRules
import Campaigns
import Foundation
import Logging
import PhoneSimulator
import Testing

@testable import CampaignStore
@testable import Dialer
@testable import offhook

@Suite("What a run says of its end") struct RunEndTests {
    private static let list = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("FieldCases/run-eta/live.csv").path

    /// A quarter past nine in New York and a quarter past six in Los Angeles.
    private let start = Instant(milliseconds: 1_796_134_500_000)

    @Test("no end is told while nothing is due now, only when the next call is due")
    func nothingDue() async throws {
        let program = try Program()
        try program.write(
            """
            campaign: live
            region: US
            calling_rules: { pack: none, time_zone: contact, windows: { all: "08:00-20:00" } }
            pacing: { wrap_up: 0s }
            """, to: "live.yaml")
        #expect(try await program.run("campaign", "apply", "live.yaml").status == 0)
        let loaded = try await program.run("import", "--campaign", "live", Self.list)
        #expect(loaded.status == 0, "\(loaded.errors)")
        let store = try CampaignStore(path: program.folder.appendingPathComponent("offhook.db").path)
        try store.setState(.started, of: "live", at: start)
        #expect(try store.contactCounts().total == 12)
        let simulator = PhoneSimulator(clock: SimulatorClock(start: start.date, scale: 10), seed: 5)
        var behaviour = PhoneBehaviour()
        behaviour.agentHangsUpAfter = 5
        let phones = try await simulator.start(
            (1...3).map { .gxp(name: "desk-\($0)", passcode: "p", behaviour: behaviour) })
        _ = try store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true), at: start)
        let engine = try DialerEngine(
            store: store, clock: DialerClock(startingAt: start, scale: 10),
            options: EngineOptions(stations: [], end: .idle, packs: ["none": .none]), logger: Logger(label: "test"))
        let status = try await engine.run().status
        await simulator.stop()
        // Los Angeles opens later, and calls that failed are due again later.
        let due = try #require(status.nextDue)
        #expect(due > status.now && status.contacts.remaining > 0)
        #expect(status.expectedEnd == nil)
        let shown = ProgressDisplay.lines(status).joined(separator: " | ")
        #expect(
            shown.contains("\(status.contacts.remaining) of 12 contacts left, nothing due before \(due)"), "\(shown)")
        #expect(!shown.contains("to go"))
    }

    @Test("while calls go on, the end is told of those that wait for no later call")
    func pace() {
        var counts = ContactCounts(byState: [.done: 6, .ready: 3, .waitingRetry: 2, .callback: 1])
        counts.waiting = 3
        var status = EngineStatus(
            now: start + .seconds(60), startedAt: start, stations: [], devices: [:], outcomes: [:], callsLastMinute: 6,
            contacts: counts, finishedAtStart: 0, held: [], isStopping: false)
        let shown = ProgressDisplay.lines(status).last ?? ""
        #expect(
            shown.hasSuffix("6 of 12 contacts left, about 30 s to go without 3 that wait for a later call"), "\(shown)")
        status.nextDue = start + .seconds(86_400)
        #expect(
            ProgressDisplay.lines(status).last?.hasSuffix(
                "contacts left, nothing due before \(start + .seconds(86_400))") == true)
        // What is due now, and only waits for a station, is called at the pace so far.
        status.nextDue = start
        #expect(status.expectedEnd == start + .seconds(90))
    }
}
