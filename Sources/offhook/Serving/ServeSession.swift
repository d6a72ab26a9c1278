import CallingRules
import CampaignStore
import Campaigns
import Dialer
import Foundation
import Logging
import OffhookServer
import ServiceLifecycle

/// A server in a terminal: engine and pages side by side, until Ctrl-C.
struct ServeSession: Sendable {
    let store: CampaignStore
    let configuration: ServerConfiguration
    /// Patterns of stations that dial without an agent's page.
    let stations: [String]
    let packs: [String: RulePack]
    /// Reads the packs anew, where an update of them may come; nil for ``packs`` alone.
    var readPacks: (@Sendable () throws -> [String: RulePack])?
    let log: ProgramLog
    var clock = DialerClock.wall
    /// Whether packs can be too old to call by: where the clock is the time of day.
    var judgesPackAge = true
    var onStep: (@Sendable (EngineStep) -> Void)?

    /// Serves until a signal: then no further call is placed, running calls are followed, and the pages stay up until the last
    /// has ended. A second signal leaves at once.
    ///
    /// - Parameter onRunning: told of the server's address once it listens.
    func run(onRunning: @escaping @Sendable (String) async -> Void = { _ in }) async throws {
        let hub = try LiveHub(store: store)
        var options = EngineOptions(
            stations: stations, presence: .desk, packs: packs, judgesPackAge: judgesPackAge, onStep: onStep,
            onChange: { hub.note($0) })
        options.readPacks = readPacks
        let engine = try DialerEngine(store: store, clock: clock, options: options, logger: log.logger)
        let clock = clock
        let server = try OffhookServer(
            configuration: configuration, store: store, engine: engine, hub: hub, logger: log.logger,
            now: { clock.wallTime() })
        try store.setSetting("public_url", to: configuration.baseURL)
        let welcome = FirstAdministrator(server: server, log: log)
        let address = configuration.baseURL
        let log = log
        let (listens, isListening) = AsyncStream.makeStream(of: Void.self)
        let application = try server.application { _ in
            isListening.yield()
            log.announce("Offhook serves at \(address)")
            welcome.invite()
            await onRunning(address)
        }
        let interrupts = Interrupts.stopping(engine, log)
        defer { interrupts.cancel() }
        // The engine's end is the server's: pages show the last calls to their end.
        let running = ServiceGroupConfiguration.ServiceConfiguration(
            service: EngineService(engine: engine, begins: listens),
            successTerminationBehavior: .gracefullyShutdownGroup,
            failureTerminationBehavior: .gracefullyShutdownGroup)
        var services: [any Service] = [ListeningService(application, configuration)] + server.services
        if let events = server.phoneEvents(onListening: { port in
            log.announce("Offhook listens to phones' events at port \(port)")
        }) {
            services.append(events)
        }
        let others = services.map { service in
            ServiceGroupConfiguration.ServiceConfiguration(
                service: EndsInTime(service: service), failureTerminationBehavior: .gracefullyShutdownGroup)
        }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: others + [running], logger: log.logger))
        try await group.run()
    }
}
