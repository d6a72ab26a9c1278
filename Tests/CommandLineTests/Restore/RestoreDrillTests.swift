import CampaignStore
import Campaigns
import Foundation
import GRDB
import PhoneSimulator
import Testing

/// The drill of docs/reliability.md: back up while dialing, lose the file, restore, go on; nobody is called twice.
@Suite("Restoring a back-up", .serialized) struct RestoreDrillTests {
    /// Calls so short that a campaign of one attempt each is over in a while, and that end by themselves.
    private static let farEnds = """
        { "by_last_two_digits": {
            "01": { "rings": 0.3, "answers": { "talks": 1 } }, "02": { "fails": 486 },
            "03": { "rings": 0.2, "answers": { "talks": 2 } }, "04": { "rings": 0.5, "fails": 480 } },
          "others": [ { "share": 1, "far_end": { "rings": 0.4, "answers": { "talks": 1 } } } ] }
        """
    private static let contacts = 30

    /// A campaign in which nobody may be called a second time, dialed from phones of both families.
    private final class Drill {
        let program: Program
        let phones: Process

        init() async throws {
            program = try Program()
            try program.write(farEnds, to: "far-ends.json")
            phones = try await program.startPhones([
                "--gxp", "2", "--dp", "1", "--handsets", "2", "--far-ends", "far-ends.json", "--truth-log",
                "truth.jsonl",
            ])
            let once = ["busy_or_rejected", "failed_fast", "short_answer", "no_answer", "unknown", "phone_lost"]
                .map { "  \($0): { attempts: 1, after: 1s }\n" }.joined()
            try program.write(
                "campaign: x\nregion: US\ncalling_rules: { pack: none }\npacing: { wrap_up: 0s }\nretry:\n\(once)",
                to: "c.yaml")
            let rows = (0..<contacts).map { "2125\(55 + $0 / 100)\(10 + $0 % 90)0\(1 + $0 % 5)" }
            try program.write((["phone"] + rows).joined(separator: "\n") + "\n", to: "l.csv")
            for words in [
                ["phones", "apply", "--allow-local-phones", "phones.yaml"], ["campaign", "apply", "c.yaml"],
                ["import", "l.csv", "--campaign", "x"],
            ] {
                let result = try await program.run(words: words)
                try #require(result.status == 0, "\(words): \(result.errors)")
            }
        }

        /// Every call that the phones placed.
        func placed() throws -> [TruthEntry] { try truth(.callStarted) }

        private func truth(_ event: TruthEntry.Event) throws -> [TruthEntry] {
            let decoder = JSONDecoder()
            // The last line may be in the middle of being written.
            return program.text("truth.jsonl").split(separator: "\n").compactMap {
                try? decoder.decode(TruthEntry.self, from: Data($0.utf8))
            }.filter { $0.event == event && $0.direction == "outgoing" }
        }

        /// Backs up while calls run, goes on dialing, and kills the dialer in the middle of others.
        func backUpAndKill() async throws {
            let run = try program.start(["run", "--campaign", "x"], output: "run")
            defer { kill(run.processIdentifier, SIGKILL) }
            try await reach(5, run)
            let backup = try await program.run("backup", "copy.db")
            try #require(backup.status == 0, "\(backup.errors)")
            #expect(backup.output.contains("Paused in the copy: x."))
            try await reach(try placed().count + 8, run)
            kill(run.processIdentifier, SIGKILL)
            while run.isRunning { try await Task.sleep(for: .milliseconds(10)) }
            // The phones end their calls by themselves.
            while try truth(.callEnded).count < placed().count { try await Task.sleep(for: .milliseconds(50)) }
        }

        private func reach(_ calls: Int, _ run: Process) async throws {
            while try placed().count < calls {
                try #require(run.isRunning, "\(program.text("run.err"))")
                try await Task.sleep(for: .milliseconds(20))
            }
        }

        /// What dials is refused, with the commands that clear it.
        func expectClosed() async throws {
            for words in [["run", "--campaign", "x"], ["campaign", "start", "x"], ["serve", "--port", "0"]] {
                let refused = try await program.run(words: words)
                #expect(refused.status != 0, "\(words)")
                #expect(refused.errors.contains("restored from a back-up of"), "\(words): \(refused.errors)")
                #expect(refused.errors.contains("offhook restore --db offhook.db --accept-repeats"), "\(words)")
            }
        }

        /// Dials until nobody is left, and looks who was called how often.
        func finish() async throws {
            let last = try await program.run("run", "--campaign", "x", "--until-done")
            #expect(last.status == 0, "\(last.errors)")
            let numbers = try placed().compactMap(\.number).map { String($0.suffix(10)) }
            let twice = Dictionary(grouping: numbers, by: { $0 }).filter { $0.value.count > 1 }.keys.sorted()
            #expect(twice == [], "called twice")
            // An intent that no call followed, cut off by the kill or the back-up, may leave its contact uncalled.
            #expect(numbers.count > contacts - 8)
            let check = try await program.run("check", "--replay")
            #expect(check.status == 0, "\(check.errors)")
        }

        func path(_ name: String) -> String { program.folder.appendingPathComponent(name).path }

        /// The name under which the former database is kept.
        func kept() throws -> String? {
            try FileManager.default.contentsOfDirectory(atPath: program.folder.path).filter {
                $0.contains("before-restore") && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm")
            }.sorted().first
        }
    }

    @Test(
        "the database is lost in the middle of calls: with the numbers that the phones called, nobody is called twice",
        .timeLimit(.minutes(15)))
    func lostWhole() async throws {
        let drill = try await Drill()
        defer { drill.phones.terminate() }
        try await drill.backUpAndKill()
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: drill.path("offhook.db" + suffix))
        }
        let restored = try await drill.program.run("restore", "copy.db")
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(restored.output.contains("Missing since"))
        #expect(restored.output.contains("Every campaign is closed until the calls since are known."))
        try await drill.expectClosed()
        let rows = try drill.placed().map { "\($0.number ?? ""),\($0.time)" }
        try drill.program.write("number,time\n" + rows.joined(separator: "\n") + "\n", to: "called.csv")
        let brought = try await drill.program.run("restore", "--calls-from", "called.csv")
        #expect(brought.status == 0, "\(brought.errors)")
        #expect(brought.output.contains("The campaigns are open again"), "\(brought.output)")
        try await drill.finish()
    }

    @Test(
        "the lost database is damaged in its middle: what can be read of it is enough, and nobody is called twice",
        .timeLimit(.minutes(15)))
    func damaged() async throws {
        let drill = try await Drill()
        defer { drill.phones.terminate() }
        try await drill.backUpAndKill()
        try Self.damage(drill.path("offhook.db"))
        #expect(try await drill.program.run("check").status != 0)
        let broken = try Data(contentsOf: URL(fileURLWithPath: drill.path("offhook.db")))
        let restored = try await drill.program.run("restore", "copy.db", "--calls-from", "offhook.db")
        #expect(restored.status == 0, "\(restored.output)\(restored.errors)")
        #expect(restored.output.contains("The campaigns are open again"), "\(restored.output)")
        #expect(restored.output.contains("could be read in its journal alone"), "\(restored.output)")
        let kept = try #require(try drill.kept())
        #expect(try Data(contentsOf: URL(fileURLWithPath: drill.path(kept))) == broken)
        let again = try await drill.program.run("restore", "--calls-from", kept)
        #expect(again.status == 0 && again.output.contains(" 0 calls"), "\(again.output)\(again.errors)")
        try await drill.finish()
    }

    /// Writes over the page of the newest attempts, which stands in the middle of the file.
    private static func damage(_ path: String) throws {
        let queue = try DatabaseQueue(path: path)
        let page = try queue.writeWithoutTransaction { database in
            _ = try Row.fetchAll(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            return try Int.fetchOne(
                database,
                sql: """
                    SELECT pageno FROM dbstat WHERE name = 'attempts' AND pagetype = 'leaf' ORDER BY path DESC LIMIT 1
                    """)
        }
        try queue.close()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        defer { try? file.close() }
        try file.seek(toOffset: UInt64(try #require(page) - 1) * 4096)
        try file.write(contentsOf: Data(repeating: 0, count: 4096))
    }
}
