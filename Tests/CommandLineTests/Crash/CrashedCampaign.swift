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

    /// Calls as short as they can be: what is tested is the moments between steps, of which each call has all.
    private static let farEnds = """
        { "by_last_two_digits": {
            "01": { "rings": 0.4, "answers": { "talks": 1.2 } },
            "02": { "fails": 486 },
            "03": { "rings": 0.3, "answers": { "talks": 3 } },
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
        let rows = (0..<contacts).map { "2125\(55 + $0 / 100)\(10 + $0 % 90)0\($0 % 6)" }
        try program.write((["phone"] + rows).joined(separator: "\n") + "\n", to: "l.csv")
        for arguments in [
            ["phones", "apply", "phones.yaml"], ["campaign", "apply", "c.yaml"],
            ["import", "l.csv", "--campaign", "x"],
        ] {
            let process = try program.start(arguments, output: "setup")
            while process.isRunning { try await Task.sleep(for: .milliseconds(10)) }
            try #require(process.terminationStatus == 0, "\(arguments): \(program.text("setup.err"))")
        }
    }

    /// Runs the dialer until it kills itself at a step, or is killed after a time.
    func runAndKill(at step: EngineStep?, count: Int, orAfter delay: Duration) async throws {
        let environment = step.map { ["OFFHOOK_KILL_AT": "\($0.rawValue):\(count)"] } ?? [:]
        let process = try program.start(
            ["run", "--campaign", "x", "--until-done"], output: "run-\(kills)", environment: environment)
        let deadline = ContinuousClock.now + (step == nil ? delay : .seconds(20))
        while process.isRunning, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(5)) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
        #expect(
            process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL,
            "the run for \(step?.rawValue ?? "a random kill") ended by itself: \(program.text("run-\(kills).err"))")
        kills += 1
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
