import CampaignStore
import Dialer
import Foundation
import PhoneSimulator
import Testing

/// A campaign of short calls through virtual phones in a process of their own, and a dialer that is killed again and again.
final class CrashedCampaign {
    let program: Program
    let phones: Process
    private(set) var kills = 0
    /// What was acknowledged and is not there any more, or is another.
    private(set) var lost: [String] = []
    /// Looks at the database while a dialer ran.
    private(set) var looks = 0
    /// Imports that said that they were done, by their file.
    private(set) var importsDone: [String] = []
    /// Imports that were killed.
    private(set) var importsKilled = 0
    /// Numbers whose erasure was confirmed.
    private(set) var erased: [String] = []
    /// Settled attempts as they were seen, and imports that were done.
    private var acknowledged: [String: String] = [:]
    /// Rows of a list that is imported beside the dialer.
    static let rowsBeside = 5000

    /// Calls as short as they can be: what is tested is the moments between steps, of which each call has all.
    private static let farEnds = """
        { "by_last_two_digits": {
            "01": { "rings": 0.4, "answers": { "talks": 1.2 } },
            "02": { "fails": 486 },
            "03": { "rings": 0.3, "answers": { "talks": 15 } },
            "04": { "rings": 2.6, "fails": 480 },
            "05": { "rings": 0, "answers": { "talks": 0.05 } } },
          "others": [ { "share": 1, "far_end": { "rings": 1, "answers": { "talks": 2 } } } ] }
        """

    init(contacts: Int) async throws {
        program = try Program()
        try program.write(Self.farEnds, to: "far-ends.json")
        phones = try await program.startPhones([
            "--gxp", "5", "--dp", "1", "--handsets", "3", "--far-ends", "far-ends.json", "--failed-shows", "0.3",
            "--truth-log", "truth.jsonl",
        ])
        // What a crash leaves unknown is tried again at once: the harness wants the second intent, not the day's delay.
        let again = "{ attempts: 2, after: 1s }"
        try program.write(
            """
            campaign: x
            region: US
            calling_rules: { pack: none }
            pacing: { wrap_up: 1s }
            retry:
              busy_or_rejected: \(again)
              failed_fast: \(again)
              short_answer: { attempts: 1, after: 1s }
              unknown: { attempts: 20, after: 1s }
              phone_lost: { attempts: 20, after: 1s }
              total_attempts: 30
            """, to: "c.yaml")
        // Lists come in beside the dialer, for a campaign that calls nobody.
        try program.write("campaign: y\nregion: US\ncalling_rules: { pack: none }\n", to: "y.yaml")
        let rows = (0..<contacts).map { "2125\(55 + $0 / 100)\(10 + $0 % 90)0\($0 % 6)" }
        try program.write((["phone"] + rows).joined(separator: "\n") + "\n", to: "l.csv")
        for arguments in [
            ["phones", "apply", "--allow-local-phones", "phones.yaml"], ["campaign", "apply", "c.yaml"],
            ["campaign", "apply", "y.yaml"],
            ["import", "l.csv", "--campaign", "x"],
        ] {
            let process = try program.start(arguments, output: "setup")
            while process.isRunning { try await Task.sleep(for: .milliseconds(10)) }
            try #require(process.terminationStatus == 0, "\(arguments): \(program.text("setup.err"))")
        }
    }

    /// Runs the dialer until it kills itself at a step, or is killed after a time; what it had acknowledged by then is kept in
    /// mind, and looked for while the next one runs: a look in between would do the recovery that the next start has to do.
    ///
    /// - Parameters:
    ///   - beside: what others do to the database at the same time.
    ///   - lock: how long another program holds the write lock, where it does.
    func runAndKill(
        at step: EngineStep?, count: Int, orAfter delay: Duration, beside: StrainBeside, lock: Duration
    ) async throws {
        let environment = step.map { ["OFFHOOK_KILL_AT": "\($0.rawValue):\(count)"] } ?? [:]
        // Without an end of its own: on a busy machine the campaign could be done before it is killed.
        let process = try program.start(
            ["run", "--campaign", "x"], output: "run-\(kills)", environment: environment)
        let deadline = ContinuousClock.now + (step == nil ? delay : .seconds(20))
        let (program, number) = (program, kills)
        let strain = Task { try await beside.apply(to: program, lock: lock, number: number) }
        let list = beside == .list ? try startImport() : nil
        var nextLook = ContinuousClock.now + .milliseconds(300)
        while process.isRunning, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(5))
            guard ContinuousClock.now >= nextLook else { continue }
            // A dialer that is being killed just now may leave a lock for a moment: the next look has it.
            try? look()
            nextLook = ContinuousClock.now + .milliseconds(300)
        }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        if let list { try await end(list) }
        if let number = try await strain.value { erased.append(number) }
        while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
        #expect(
            process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL,
            "the run for \(step?.rawValue ?? "a random kill") ended by itself: \(program.text("run-\(kills).err"))")
        kills += 1
    }

    private func startImport() throws -> Process {
        let rows = (0..<Self.rowsBeside).map { "Person \($0),720\(520 + kills)\(String(10_000 + $0).suffix(4))" }
        try program.write((["name,phone"] + rows).joined(separator: "\n") + "\n", to: "beside-\(kills).csv")
        return try program.start(["import", "beside-\(kills).csv", "--campaign", "y"], output: "import-\(kills)")
    }

    /// Kills an import that is not done.
    private func end(_ process: Process) async throws {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
        if process.terminationReason == .exit {
            #expect(process.terminationStatus == 0, "\(program.text("import-\(kills).err"))")
            importsDone.append("beside-\(kills).csv")
        } else {
            importsKilled += 1
        }
    }

    /// Holds what is stored against what was acknowledged before, and keeps in mind what is new.
    func look() throws {
        let store = try store()
        defer { try? store.close() }
        var now: [String: String] = [:]
        try store.attempts {
            guard $0.phase == "settled" else { return }
            now["attempt \($0.attempt)"] = "\($0.outcome ?? "none"), \($0.disposition ?? "none")"
        }
        for entry in try store.imports() where entry.state == "done" {
            now["import \(entry.id) of \(entry.file)"] = "\(entry.counts)"
        }
        for (what, was) in acknowledged where now[what] != was {
            lost.append("\(what) was “\(was)” and is “\(now[what] ?? "gone")”")
        }
        acknowledged.merge(now) { $1 }
        looks += 1
    }

    func store() throws -> CampaignStore {
        try CampaignStore(path: program.folder.appendingPathComponent("offhook.db").path)
    }

    /// The phones' truth log.
    func truth() throws -> [TruthEntry] {
        let decoder = JSONDecoder()
        return try program.text("truth.jsonl").split(separator: "\n").map {
            try decoder.decode(TruthEntry.self, from: Data($0.utf8))
        }
    }
}
