import AsyncHTTPClient
import CallingRules
import CampaignStore
import Campaigns
import Dialer
import Foundation
import Logging
import OffhookServer
import PhoneSimulator
import ServiceLifecycle

/// 200 agents' live pages over HTTP while 200 virtual phones of another process are in calls: how late do the pages hear of it?
///
/// `offhook-live [SECONDS] [AGENTS]`, a minute and 200 by default. The time of an event is the one at which the dialer knew: since when a station is in
/// its state. Server and pages share this process, so that the figure holds the pages' own work as well.
@main
struct Live {
    static let warmUp = 20
    /// The promise: no page later than this at the 99th percentile, in milliseconds.
    static let limit = 500.0

    static func main() async throws {
        let arguments = CommandLine.arguments
        if arguments.count == 4, arguments[1] == "phones" {
            return try await LiveFloor.phones(Int(arguments[3]) ?? 0, URL(fileURLWithPath: arguments[2]))
        }
        let seconds = arguments.dropFirst().first.flatMap { Int($0) } ?? 60
        let agents = arguments.dropFirst(2).first.flatMap { Int($0) } ?? 200
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-live-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let phones = try await startPhones(agents, folder)
        defer { phones.terminate() }
        let yaml = try String(contentsOf: folder.appendingPathComponent("phones.yaml"), encoding: .utf8)
        let store = try CampaignStore(path: folder.appendingPathComponent("live.db").path)
        let pages = try LiveFloor.load(
            store, yaml: yaml, agents: agents, contacts: agents * (warmUp + seconds) / 4)
        let lateness = Lateness()
        let used = try await serve(store) { base in
            try await listen(pages, base, lateness, seconds)
        }
        report(lateness.sorted, agents: agents, cpu: used, seconds: seconds)
    }

    private static func startPhones(_ agents: Int, _ folder: URL) async throws -> Process {
        let child = Process()
        child.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        child.arguments = ["phones", folder.path, String(agents)]
        try child.run()
        while !FileManager.default.fileExists(atPath: folder.appendingPathComponent("phones.yaml").path) {
            guard child.isRunning else { fail("the phones did not start") }
            try await Task.sleep(for: .milliseconds(50))
        }
        return child
    }

    /// Runs engine and server while a body lasts.
    ///
    /// - Returns: what the body returns.
    private static func serve(
        _ store: CampaignStore, _ body: @escaping @Sendable (String) async throws -> Double
    ) async throws -> Double {
        var logger = Logger(label: "live")
        logger.logLevel = .error
        let hub = try LiveHub(store: store)
        let engine = try DialerEngine(
            store: store, clock: .wall,
            options: EngineOptions(presence: .desk, packs: ["none": RulePack.none], onChange: { hub.note($0) }),
            logger: logger)
        let server = try OffhookServer(
            configuration: ServerConfiguration(port: 0, share: share()), store: store, engine: engine, hub: hub,
            logger: logger, now: { Instant(Date()) })
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = try server.application { port.yield($0) }
        let services: [any Service] = [application] + server.services + [EngineService(engine: engine)]
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: services, logger: logger))
        let running = Task { try await group.run() }
        var result = 0.0
        for await port in ports {
            result = try await body("http://127.0.0.1:\(port)")
            break
        }
        await group.triggerGracefulShutdown()
        // What still rings is of no interest here.
        running.cancel()
        _ = try? await running.value
        return result
    }

    /// Holds all pages open, and counts after they are warm.
    ///
    /// - Returns: the seconds of processor that server and pages used while it was counted.
    private static func listen(
        _ agents: [LiveFloor.Agent], _ base: String, _ lateness: Lateness, _ seconds: Int
    ) async throws -> Double {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = agents.count * 2
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let used = try await withThrowingTaskGroup(of: Double?.self) { group in
            for agent in agents {
                group.addTask {
                    try await AgentPage(agent: agent, base: base, client: client, lateness: lateness).listen()
                    return nil
                }
            }
            group.addTask {
                try await Task.sleep(for: .seconds(warmUp))
                let before = cpuSeconds()
                lateness.count(true)
                print("\(agents.count) pages, \(agents.count) phones, \(seconds) s ...")
                try await Task.sleep(for: .seconds(seconds))
                lateness.count(false)
                return cpuSeconds() - before
            }
            while let ended = try await group.next() {
                guard let ended else { throw AgentPage.Failure("a live page was ended by the server") }
                group.cancelAll()
                return ended
            }
            return 0.0
        }
        try await client.shutdown()
        return used
    }

    private static func report(_ late: [Double], agents: Int, cpu: Double, seconds: Int) {
        guard late.count > agents * seconds / 10 else {
            fail("only \(late.count) changes reached the pages; the phones were not in calls")
        }
        let at = { (share: Double) in Int(late[min(late.count - 1, Int(Double(late.count) * share))]) }
        print(
            "changes \(late.count); event to page in ms: median \(at(0.5)), 99th percentile \(at(0.99)), most \(Int(late.last ?? 0))"
        )
        print("CPU of server and pages together: \(Int(cpu)) s in \(seconds) s")
        if Double(at(0.99)) > limit { fail("the 99th percentile is over \(Int(limit)) ms") }
    }

    /// The share folder of the source tree, or the one that OFFHOOK_SHARE names.
    private static func share() -> URL {
        ProcessInfo.processInfo.environment["OFFHOOK_SHARE"].map { URL(fileURLWithPath: $0) }
            ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("share")
    }

    private static func cpuSeconds() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }

    private static func fail(_ sentence: String) -> Never {
        print("FAILED: \(sentence)")
        exit(1)
    }
}
