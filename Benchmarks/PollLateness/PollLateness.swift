import CallingRules
import CampaignStore
import Campaigns
import Dialer
import Foundation
import Logging
import PhoneSimulator

/// 200 virtual phones, each polled every second over real HTTP: how late are the polls?
///
/// The phones' own truth log is the witness: the time between two requests to a phone, less the second that lies between them.
@main
struct PollLateness {
    static let phones = 200
    static let seconds = 60
    /// The promise: no poll later than this at the 99th percentile.
    static let limit = 250.0

    static func main() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-bench-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let simulator = PhoneSimulator(clock: SimulatorClock())
        let running = try await simulator.start(
            (1...phones).map { .gxp(name: "desk-\($0)", passcode: "bench") })
        let store = try CampaignStore(path: folder.appendingPathComponent("bench.db").path)
        let now = Instant(Date())
        _ = try store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: running), file: "phones.yaml", mayBeLocal: true), at: now)
        let yaml = "campaign: bench\nregion: US\ncalling_rules: { pack: none }\n"
        _ = try store.applyCampaign(
            CampaignFile.read(yaml, file: "bench.yaml"), yaml: yaml, file: "bench.yaml", script: nil, at: now)
        try store.setState(.started, of: "bench", at: now)
        let engine = try DialerEngine(
            store: store, clock: .wall, options: EngineOptions(packs: ["none": RulePack.none]),
            logger: Logger(label: "bench"))
        let run = Task { try await engine.run() }
        print("polling \(phones) phones for \(seconds) s ...")
        try await Task.sleep(for: .seconds(seconds))
        await engine.stop()
        _ = try await run.value
        let log = await simulator.truthLog()
        await simulator.stop()
        try report(log)
    }

    private static func report(_ log: [TruthEntry]) throws {
        let polls = log.filter { $0.event == .request && $0.function == "api-get_line_status" }
        var late: [Double] = []
        for times in Dictionary(grouping: polls, by: \.phone).values {
            let sorted = times.map(\.milliseconds).sorted()
            // The first two polls of a phone belong to its start.
            for (earlier, later) in zip(sorted.dropFirst(2), sorted.dropFirst(3)) {
                late.append(Double(later - earlier) - 1000)
            }
        }
        late.sort()
        guard late.count > phones * seconds / 2 else {
            print("only \(late.count) gaps were seen; the phones were not polled every second")
            throw ExitCode.failure
        }
        let at = { (share: Double) in late[min(late.count - 1, Int(Double(late.count) * share))] }
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let cpu = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        print("gaps \(late.count); late by ms: median \(at(0.5)), 99th percentile \(at(0.99)), most \(late.last ?? 0)")
        print("CPU of dialer and phones together: \(Int(cpu)) s in \(seconds) s")
        guard at(0.99) <= limit else {
            print("FAILED: the 99th percentile is over \(limit) ms")
            throw ExitCode.failure
        }
    }

    enum ExitCode: Error { case failure }
}
