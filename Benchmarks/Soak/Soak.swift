import Campaigns
import Dialer
import Foundation
import PhoneSimulator
import Proving

/// A campaign through 1,000 stations with faults on 5 % of requests: `offhook-soak [SECONDS]`, an hour by default.
///
/// The phones run in a process of their own, so that the memory measured is the dialer's.
@main
struct Soak {
    static let bases = 95
    static let desks = 50
    /// Growth of resident memory after warm-up that fails the run, in KiB: a tenth, or 8 MiB where that is more.
    static func growth(over warm: Int) -> Int { max(8 * 1024, warm / 10) }

    static func main() async throws {
        let arguments = CommandLine.arguments
        if arguments.count == 3, arguments[1] == "phones" {
            return try await phones(URL(fileURLWithPath: arguments[2]))
        }
        let seconds = arguments.dropFirst().first.flatMap { Int($0) } ?? 3600
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-soak-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let child = Process()
        child.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        child.arguments = ["phones", folder.path]
        try child.run()
        defer { child.terminate() }
        let yaml = folder.appendingPathComponent("phones.yaml")
        while !FileManager.default.fileExists(atPath: yaml.path) {
            guard child.isRunning else { fail("the phones did not start") }
            try await Task.sleep(for: .milliseconds(50))
        }
        let soak = try SoakRun(
            folder: folder, yaml: String(contentsOf: yaml, encoding: .utf8), stations: bases * 10 + desks,
            duration: .seconds(seconds), clock: .wall)
        print("\(bases) bases and \(desks) desk phones, \(bases * 10 + desks) stations, \(seconds) s ...")
        let memory = Task { try await watchMemory(seconds) }
        try await soak.run(for: .seconds(seconds))
        let (warm, last) = try await memory.value
        let used = cpuSeconds()
        let truth = try readTruth(folder.appendingPathComponent("truth.jsonl"))
        let result = try soak.result(truth: truth)
        let outcomes = result.outcomes.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        print("calls placed \(result.calls); attempts: \(outcomes.joined(separator: ", "))")
        print("memory after warm-up \(warm) KiB, at the end \(last) KiB; CPU of the dialer \(used) s in \(seconds) s")
        for problem in result.problems.prefix(20) { print("BROKEN: \(problem)") }
        guard result.problems.isEmpty else { fail("\(result.problems.count) promises were broken") }
        guard last - warm <= growth(over: warm) else { fail("memory grew by \(last - warm) KiB after warm-up") }
        print("every promise held")
    }

    /// The phones, until this process is ended.
    private static func phones(_ folder: URL) async throws {
        let floor = SoakFloor(bases: bases, desks: desks, truthLog: folder.appendingPathComponent("truth.jsonl"))
        let (simulator, yaml) = try await floor.start(clock: SimulatorClock())
        try yaml.write(to: folder.appendingPathComponent("phones.yaml"), atomically: true, encoding: .utf8)
        while true {
            try await Task.sleep(for: .seconds(3600))
            _ = await simulator.runningPhones()
        }
    }

    /// Resident memory at a third of the run, when all is warm, and at its end: the median of ten looks each.
    private static func watchMemory(_ seconds: Int) async throws -> (warm: Int, last: Int) {
        let pause = Duration.milliseconds(seconds * 1000 / 30)
        var looks: [Int] = []
        for _ in 0..<30 {
            try await Task.sleep(for: pause)
            looks.append(residentKiB())
        }
        return (looks[5..<15].sorted()[5], looks[20..<30].sorted()[5])
    }

    private static func readTruth(_ file: URL) throws -> [TruthEntry] {
        let decoder = JSONDecoder()
        // The last line may be half written: the phones still run.
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap {
            try? decoder.decode(TruthEntry.self, from: Data($0.utf8))
        }
    }

    private static func residentKiB() -> Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * Int(getpagesize()) / 1024
    }

    private static func cpuSeconds() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
    }

    private static func fail(_ sentence: String) -> Never {
        print("FAILED: \(sentence)")
        exit(1)
    }
}
