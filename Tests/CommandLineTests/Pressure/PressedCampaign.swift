import CampaignStore
import Campaigns
import Foundation
import GRDB
import PhoneNumbers
import PhoneSimulator
import Proving
import Testing

/// A campaign of short calls through virtual phones, while others strain its database.
final class PressedCampaign {
    let program: Program
    let phones: Process
    /// The folder of the database; a small disk of its own where the disk is to run full.
    let data: URL
    private(set) var engine: Process
    /// Numbers whose do-not-call entry a command confirmed.
    private(set) var confirmed: [String] = []
    private var imports = 0
    private let isOnSmallDisk: Bool

    private static let farEnds = """
        { "by_last_two_digits": { "02": { "fails": 486 } },
          "others": [ { "share": 1, "far_end": { "rings": 0.2, "answers": { "talks": 0.4 } } } ] }
        """

    /// - Parameter smallDisk: whether the database stands on a disk of 48 MiB; needs root.
    init(contacts: Int, smallDisk: Bool = false) async throws {
        program = try Program()
        isOnSmallDisk = smallDisk
        data = program.folder.appendingPathComponent("data")
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        if smallDisk { try Self.shell("mount -t tmpfs -o size=48m tmpfs '\(data.path)'") }
        try program.write(Self.farEnds, to: "far-ends.json")
        phones = try await program.startPhones([
            "--gxp", "6", "--far-ends", "far-ends.json", "--agent-hangs-up-after", "1", "--truth-log", "truth.jsonl",
        ])
        try program.write(
            """
            campaign: x
            region: US
            calling_rules: { pack: none }
            pacing: { wrap_up: 0s }
            retry: { short_answer: { attempts: 1, after: 1d }, failed_fast: { attempts: 1, after: 1d } }
            """, to: "x.yaml")
        // Lists come in beside the dialer, for a campaign that calls nobody.
        try program.write("campaign: y\nregion: US\ncalling_rules: { pack: none }\n", to: "y.yaml")
        // Until the dialer is there.
        engine = phones
        try write((0..<contacts).map { "2125\(String(500_000 + $0))" }, to: "x.csv")
        for arguments in [
            ["phones", "apply", "--allow-local-phones", "phones.yaml"], ["campaign", "apply", "x.yaml"],
            ["campaign", "apply", "y.yaml"],
            ["import", "x.csv", "--campaign", "x"],
        ] { try await run(arguments) }
        engine = try program.start(["run", "--campaign", "x"] + database, output: "run")
        try await callsGoOn()
    }

    deinit {
        for process in [engine, phones] where process.isRunning { kill(process.processIdentifier, SIGKILL) }
        if isOnSmallDisk { try? Self.shell("umount -l '\(data.path)'") }
    }

    private var path: String { data.appendingPathComponent("offhook.db").path }
    private var database: [String] { ["--db", path] }

    private static func shell(_ command: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(command)")
    }

    private func write(_ numbers: [String], to name: String) throws {
        try program.write((["phone"] + numbers).joined(separator: "\n") + "\n", to: name)
    }

    /// Runs a command to its end; it must succeed.
    @discardableResult
    private func run(_ arguments: [String]) async throws -> String {
        let result = try await program.run(words: arguments + database)
        try #require(result.status == 0, "\(arguments.joined(separator: " ")): \(result.errors)\(result.output)")
        return result.output
    }

    private func calls() -> Int {
        program.text("truth.jsonl").split(separator: "\n").count { $0.contains("call_started") }
    }

    /// Waits until further calls are placed, or the engine has ended.
    func callsGoOn(_ more: Int = 6) async throws {
        let wanted = calls() + more
        while calls() < wanted, engine.isRunning { try await Task.sleep(for: .milliseconds(20)) }
        #expect(engine.isRunning, "the engine ended: \(program.text("run.err"))")
    }

    // MARK: - What strains it

    func apply(_ pressure: Pressure) async throws {
        switch pressure {
        case .foreignLock(let milliseconds):
            let other = try DatabaseQueue(path: path, configuration: Self.unsafe)
            try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
            try await Task.sleep(for: .milliseconds(milliseconds))
            try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
            try other.close()
        case .list(let rows): try await importList(rows)
        case .registry(let rows):
            try write((0..<rows).map { "2025\(String(1_000_000 + $0).suffix(6))" }.shuffled(), to: "registry.csv")
            try await run(["dnc", "import", "registry.csv", "--source", "registry", "--region", "US"])
        case .undo(let rows):
            let list = try await importList(rows)
            let store = try store()
            let id = try #require(try store.imports().first { ($0.file as NSString).lastPathComponent == list }?.id)
            try store.close()
            try await run(["imports", "undo", String(id)])
        case .erasure: try await erase()
        case .fullDisk: try await fillDisk()
        case .commands(let count, let rounds):
            for round in 0..<rounds { try await commandsAtOnce(count, round) }
        }
    }

    private static var unsafe: Configuration {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(30)
        return configuration
    }

    @discardableResult
    private func importList(_ rows: Int) async throws -> String {
        imports += 1
        let name = "list-\(imports).csv"
        let start = 2_000_000 + imports * 1_000_000
        try write((0..<rows).map { "650\(String(start + $0).suffix(7))" }.shuffled(), to: name)
        try await run(["import", name, "--campaign", "y"])
        return name
    }

    /// An export that nobody reads stands still with its pipe full.
    private func erase() async throws {
        let waiting = Process()
        waiting.executableURL = URL(fileURLWithPath: "/bin/sh")
        waiting.arguments = [
            "-c", "'\(Program.executable.path)' export --campaign x --db '\(path)' | sleep 600",
        ]
        try waiting.run()
        defer {
            try? Self.shell("pkill -9 -P \(waiting.processIdentifier) || true")
            kill(waiting.processIdentifier, SIGKILL)
            waiting.waitUntilExit()
        }
        try await callsGoOn(2)
        try await run(["contact", "erase", "+12125500001", "--yes"])
        try await callsGoOn()
    }

    private func fillDisk() async throws {
        let filler = data.appendingPathComponent("filler").path
        try Self.shell("dd if=/dev/zero of='\(filler)' bs=64k 2>/dev/null || true")
        while !program.text("run.err").contains("disk is full"), engine.isRunning {
            try await Task.sleep(for: .milliseconds(20))
        }
        try await Task.sleep(for: .seconds(2))
        try Self.shell("rm '\(filler)'")
    }

    private func commandsAtOnce(_ count: Int, _ round: Int) async throws {
        let numbers = try await withThrowingTaskGroup(of: String?.self, returning: [String].self) { group in
            for index in 0..<count {
                let (program, database) = (program, database)
                group.addTask {
                    let number = "+1303555\(String(10_000 + round * 100 + index).suffix(4))"
                    let commands = [
                        ["dnc", "add", number], ["lists", "list"], ["why", "+12125500003"], ["report", "outcomes"],
                        ["agent", "sign-in", "desk-1", "Ada"],
                    ]
                    let command = commands[index % commands.count]
                    let result = try await program.run(words: command + database)
                    guard result.status == 0 else {
                        Issue.record("\(command.joined(separator: " ")): \(result.errors)")
                        return nil
                    }
                    return command[1] == "add" ? number : nil
                }
            }
            return try await group.reduce(into: [String]()) { if let number = $1 { $0.append(number) } }
        }
        confirmed += numbers
    }

    // MARK: - What must hold

    /// Other commands open the database and close it, which must leave the engine's log alone.
    func openAndClose() async throws {
        for command in [
            ["lists", "list"], ["stations", "list"], ["dnc", "add", "+13035559\(100 + confirmed.count)"],
        ] {
            try await run(command)
            if command[1] == "add" { confirmed.append(command[2]) }
        }
        try await callsGoOn()
        let log = FileIdentity(path: path + "-wal")
        let held = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(engine.processIdentifier)/fd")
            .map { "/proc/\(engine.processIdentifier)/fd/\($0)" }
            .filter {
                (try? FileManager.default.destinationOfSymbolicLink(atPath: $0))?.contains("offhook.db-wal") == true
            }
        #expect(!held.isEmpty)
        for descriptor in held {
            #expect(FileIdentity(path: descriptor) == log, "the engine writes to a log that is not the one on disk")
        }
    }

    /// The dialer dies, commands open the database, and the next run settles what was left; nobody further is called.
    func killAndSettle() async throws {
        kill(engine.processIdentifier, SIGKILL)
        while engine.isRunning { try await Task.sleep(for: .milliseconds(5)) }
        for command in [["lists", "list"], ["lists", "pause", "x", "--campaign", "x"], ["check"]] {
            try await run(command)
        }
        let last = try await program.run(words: ["run", "--campaign", "x", "--until-idle"] + database)
        #expect(last.status == 0, "\(last.errors)")
    }

    /// - Returns: every promise that was broken.
    func problems() async throws -> [String] {
        let check = try await program.run(words: ["check", "--replay"] + database)
        var problems = check.status == 0 ? [] : [check.errors]
        let store = try store()
        defer { try? store.close() }
        var attempts: [AttemptRow] = []
        try store.attempts { attempts.append($0) }
        let decoder = JSONDecoder()
        let truth = try program.text("truth.jsonl").split(separator: "\n").map {
            try decoder.decode(TruthEntry.self, from: Data($0.utf8))
        }
        problems += TruthComparison(attempts: attempts, truth: truth).problems
        let events = try store.journal(limit: .max).filter { $0.event == "suppression_added" }.compactMap(\.number)
        for text in confirmed {
            let digits = try #require(Int64(text.dropFirst()))
            let number = try #require(PhoneNumber(digits: digits))
            if try !store.isSuppressed(number, campaign: nil, at: Instant(Date())) {
                problems.append("\(text) was confirmed and is not on the do-not-call list")
            }
            if !events.contains(number) { problems.append("\(text) was confirmed and its event is not in the journal") }
        }
        return problems
    }

    /// The longest time between two intents of the run that was strained, in milliseconds.
    func longestGap() throws -> Int {
        let store = try store()
        defer { try? store.close() }
        var times: [Int64] = []
        try store.attempts { times.append($0.intendedAt.milliseconds) }
        times.sort()
        return Int(zip(times, times.dropFirst()).map { $1 - $0 }.max() ?? 0)
    }

    private func store() throws -> CampaignStore { try CampaignStore(path: path) }
}
