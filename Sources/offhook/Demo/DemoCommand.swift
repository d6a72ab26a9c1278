import ArgumentParser
import CampaignStore
import Campaigns
import Dialer
import Foundation
import Logging
import OffhookServer
import PhoneSimulator
import Reports
import Supervision

/// `offhook demo`: a whole campaign through virtual phones, on a clock of its own.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Watch a campaign dial twelve virtual phones over real HTTP; no real call is placed.",
        discussion: """
            With --serve a longer campaign runs in real time behind the web pages, until Ctrl-C: log in as administrator, manager or
            agent and click through it. Two stations are left for the agents, the others have agents of their own.
            """)
    @Flag(help: "Serve the web pages over a campaign that runs, until Ctrl-C.") var serve = false
    @Option(help: "The port of the web pages, with --serve.") var port = 8080
    @OptionGroup var logOptions: LogOptions

    /// How much faster than real time the demo runs where nobody has to keep up with it.
    static let scale = 10.0
    /// How many people are on the list of a demo that is watched.
    static let contacts = 196
    /// The same for one that is served: enough for an hour.
    static let contactsServed = 1600
    /// How long an agent of a served demo may say what came of a call.
    static let wrapUpServed: Duration = .seconds(20)

    func validate() throws {
        guard (1...65535).contains(port) else { throw ValidationError("A port is a number from 1 to 65535.") }
    }

    func run() async throws {
        // Tuesday 10:00 in New York, so that the real calling hours hold whenever the demo is run.
        guard let start = Instant(iso8601: "2026-03-10T10:00:00-04:00") else { return }
        try DescriptorRoom.make()
        let log = try logOptions.start()
        if serve { try await serve(from: start, log) } else { try await watch(from: start, log) }
    }

    private func watch(from start: Instant, _ log: ProgramLog) async throws {
        Console.say(
            "8 desk phones and a base with 4 handsets answer on loopback. The clock starts on Tuesday 10:00 in New York and runs ten times as fast."
        )
        let floor = try await DemoFloor(at: start, scale: Self.scale, contacts: Self.contacts, isForPeople: false)
        let store = floor.store
        let clock = DialerClock(startingAt: start, scale: Self.scale)
        let engine = try DialerEngine(
            store: store, clock: clock, options: EngineOptions(end: .done, packs: try ShareDirectory.packs()),
            logger: log.logger)
        let session = RunSession(engine: engine, store: store, quiet: false, log: log)
        let summary = try await session.run()
        try session.finish(summary, format: .table)
        try check(floor.counts, try store.contactCounts(campaigns: [floor.campaign.id]), ended: summary.end)
        Console.say(
            """

            Look further:
              offhook report attempts --db \(store.path)
              offhook why '(212) 555-0302' --db \(store.path) --at 2026-03-10T14:30:00Z
              offhook demo --serve       the same behind web pages, to click through
            """)
        await floor.simulator.stop()
    }

    private func serve(from start: Instant, _ log: ProgramLog) async throws {
        Console.say(
            "8 desk phones and a base with 4 handsets answer on loopback. The clock starts on Tuesday 10:00 in New York and runs in real time."
        )
        let floor = try await DemoFloor(
            at: start, scale: 1, contacts: Self.contactsServed, wrapUp: Self.wrapUpServed, isForPeople: true)
        let passwords = PasswordHasher(cost: .standard)
        let accounts = try await DemoAccounts.add(to: floor.store, passwords, at: start)
        let stations = try floor.store.devices().flatMap { $0.stations.map(\.name) }
        var configuration = ServerConfiguration(port: port, share: try ShareDirectory.find())
        // Its phones are virtual ones, on loopback.
        configuration.allowsLocalPhones = true
        let session = ServeSession(
            store: floor.store, configuration: configuration,
            stations: stations.filter { !DemoFloor.desks.contains($0) }, packs: try ShareDirectory.packs(), log: log,
            clock: DialerClock(startingAt: start, scale: 1), judgesPackAge: false)
        do {
            try await session.run { address in Console.say(layout: Self.invitation(address, accounts)) }
        } catch {
            await floor.simulator.stop()
            throw error
        }
        await floor.simulator.stop()
    }

    private static func invitation(_ address: String, _ accounts: [DemoAccounts.Account]) -> String {
        let table = Table(
            columns: ["role", "name", "password"],
            rows: accounts.map { [.text($0.user.role.rawValue), .text($0.user.name), .text($0.password)] })
        return """

            The campaign runs. Open \(address) and log in:

            \(table.text)

            Agents sit down at \(DemoFloor.desks.joined(separator: " or ")); the other ten stations dial by themselves. Two roles at a time
            need two browsers, or a private window. Ctrl-C ends the demo, and nothing of it is kept in use.
            """
    }

    /// The totals add up to the list, or the demo fails.
    private func check(_ counts: ImportCounts, _ contacts: ContactCounts, ended: RunSummary.End) throws {
        let accounted = counts.imported + counts.updated + counts.duplicates + counts.quarantined
        let final = [ContactState.done, .exhausted, .suppressed].map { contacts.byState[$0] ?? 0 }
        Console.say(
            "\n\(counts.read) rows read: \(counts.duplicates) duplicates, \(counts.quarantined) quarantined, "
                + "\(final[0]) done, \(final[1]) exhausted, \(final[2]) suppressed.")
        guard accounted == counts.read, ended == .stopped || final.reduce(0, +) == counts.imported else {
            throw CommandFailure("The totals do not add up to the list; this is a fault of the program.")
        }
    }
}
