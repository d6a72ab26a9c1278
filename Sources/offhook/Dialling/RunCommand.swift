import ArgumentParser
import CampaignStore
import Campaigns
import Dialer
import Foundation
import Reports
import Supervision

/// `offhook run`: the dialer alone.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Dial: give each ready station the next allowed number, until told otherwise.")
    @OptionGroup var database: DatabaseOptions
    @Option(help: "A campaign to start and dial; may stand several times. None: all that are started.") var campaign:
        [String] = []
    @Option(help: "A pattern of the stations that are staffed, such as 'desk-*'; may stand several times.")
    var stations: [String] = []
    @Flag(help: "Stop when nothing is due now.") var untilIdle = false
    @Flag(help: "Stop when no contact can ever be dialled again.") var untilDone = false
    @Option(help: "json ends with one JSON summary.") var format: OutputFormat = .table
    @OptionGroup var logOptions: LogOptions

    func validate() throws {
        if untilIdle, untilDone { throw ValidationError("--until-idle and --until-done exclude each other.") }
        if format == .csv { throw ValidationError("run writes a table or json, not csv.") }
    }

    func run() async throws {
        try DescriptorRoom.make()
        let log = try logOptions.start(besides: database.path)
        let store = try database.openExisting()
        for name in campaign { _ = try store.campaign(named: name) }
        let share = try ShareDirectory.data(store.path)
        var options = EngineOptions(
            campaigns: campaign, stations: stations, end: untilDone ? .done : untilIdle ? .idle : .never,
            packs: try share.packs(), judgesPackAge: true, onStep: try KillPoint.fromEnvironment())
        options.readPacks = { try share.packs() }
        // The lock comes first: a second engine must not even start a campaign.
        let engine = try DialerEngine(store: store, clock: .wall, options: options, logger: log.logger)
        try start(in: store, log)
        let started = try store.campaigns().filter { $0.state == .started }
        if started.isEmpty {
            throw CommandFailure(
                "No campaign is started; run: offhook run --campaign NAME, or offhook campaign start NAME")
        }
        let session = RunSession(engine: engine, store: store, quiet: format == .json, log: log)
        let summary = try await session.run(announcing: options)
        try session.finish(summary, format: format)
        if summary.end == .noStation {
            let list = summary.status.stations.map { "\($0.name) \($0.state.rawValue)" }.joined(separator: ", ")
            throw CommandFailure("No phone can dial (\(list)); see offhook phones check.")
        }
    }
}

extension RunCommand {
    /// Starts the named campaigns, but none that a brake has paused: whoever restarts a run, a supervisor perhaps, has not
    /// looked at why.
    private func start(in store: CampaignStore, _ log: ProgramLog) throws {
        var refused: [String] = []
        for name in campaign {
            if let reason = try store.brakeReason(of: store.campaign(named: name)) {
                refused.append(
                    "Campaign “\(name)” was paused by a brake: \(reason) When that is mended: offhook campaign start \(name)"
                )
            } else {
                try store.setState(.started, of: name, at: database.now)
            }
        }
        // The others are dialled all the same, as they are when a brake takes hold during a run.
        guard refused.count < campaign.count || campaign.isEmpty else {
            throw CommandFailure(refused.joined(separator: "\n"))
        }
        refused.forEach(log.announce)
    }
}
