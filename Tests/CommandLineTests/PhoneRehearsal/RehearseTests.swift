import CampaignStore
import Campaigns
import Foundation
import TestSupport
import Testing

/// `offhook rehearse`, by the program itself and in its time.
@Suite("A rehearsal", .serialized) struct RehearseTests {
    private let program: Program
    /// Where copies are made, to see that none is left.
    private let temporary: URL

    init() throws {
        program = try Program()
        temporary = program.folder.appendingPathComponent("tmp")
        try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
    }

    private var database: String { program.folder.appendingPathComponent("offhook.db").path }

    /// A campaign that calls each contact once, however the call ends, and six numbers that are answered.
    ///
    /// - Parameter ending: 07 talks for 12 s, 06 until the person at the phone hangs up.
    private func campaign(_ rules: String, ending: String = "07") async throws {
        try program.write(
            """
            campaign: x
            region: US
            calling_rules: { \(rules) }
            pacing: { wrap_up: 1s }
            retry: { total_attempts: 1 }
            suppression: { none_because: "a test" }
            holidays: ["12-25"]
            """, to: "c.yaml")
        try program.write("phone\n" + (1...6).map { "212555\($0)3\(ending)\n" }.joined(), to: "l.csv")
        for words in [["campaign", "apply", "c.yaml"], ["import", "l.csv", "--campaign", "x"]] {
            let result = try await program.run(words: words)
            #expect(result.status == 0, "\(result.errors)")
        }
    }

    private func rehearse(_ options: String...) throws -> Process {
        try program.start(
            ["rehearse", "--campaign", "x"] + options, output: "rehearsal", environment: ["TMPDIR": temporary.path])
    }

    private var leftOvers: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: temporary.path)) ?? ["unreadable"]
    }

    @Test("dials one's own list on another day, reaches its virtual phones alone, and leaves the database as it was")
    func apart() async throws {
        let (phone, hook) = (try UntouchedListener(), try UntouchedListener())
        try program.write(
            """
            local_phones: true
            phones:
              - { name: desk-1, family: gxp, address: "http://127.0.0.1:\(phone.port)", passcode: s3cret }
              - { name: desk-2, family: gxp, address: "http://192.0.2.10", passcode: s3cret }
            """, to: "phones.yaml")
        #expect(try await program.run("phones", "apply", "phones.yaml").status == 0)
        try await campaign("pack: none, windows: { all: \"09:00-21:00\" }")
        let store = try CampaignStore(path: database)
        _ = try store.addWebhook(
            campaign: store.campaign(named: "x").id, url: "http://127.0.0.1:\(hook.port)/", secret: "s",
            events: ["attempt_settled"], at: Instant(Date()))
        try store.setState(.started, of: "x", at: Instant(Date()))
        try store.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: database))

        let run = try rehearse("--from", "2026-12-23T10:00", "--speed", "20")
        var sockets: Set<SocketList.Entry> = []
        try await wait(for: "the end of the rehearsal") {
            sockets.formUnion(SocketList.of(run.processIdentifier))
            return !run.isRunning
        }
        let said = program.text("rehearsal.out")
        #expect(run.terminationStatus == 0, "\(program.text("rehearsal.err"))")
        #expect(said.contains("2 virtual stations"), "\(said)")
        #expect(said.contains("begins at 2026-12-23 Wed 10:00 in America/New_York (where most of its contacts are)"))
        #expect(said.contains("It ends with the hours of that day, at 2026-12-23 Wed 20:59"))
        #expect(said.contains("The list is done at 2026-12-23 Wed 1"))
        #expect(said.contains("6 calls, 0 of 6 contacts may still be called"))
        #expect(said.contains("Outcomes by hour") && said.contains("\n10:00 "))
        #expect(said.contains("Rules and limits"))
        #expect(said.contains("olls were punctual") || said.contains("came later than their interval allows"))
        #expect(said.contains("The copy of the database is deleted."))

        #expect(!phone.wasContacted && !hook.wasContacted)
        // Both ends of every connection that was seen, and every address that was listened at: the virtual phones' for one.
        #expect(!sockets.isEmpty)
        #expect(sockets.allSatisfy { $0.local.hasPrefix("127.0.0.1:") }, "\(sockets)")
        #expect(
            sockets.allSatisfy { $0.remote.hasPrefix("127.0.0.1:") || $0.remote == "0.0.0.0:0" }, "\(sockets)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: database)) == before)
        #expect(try await program.attempts().isEmpty)
        #expect(leftOvers.isEmpty)
    }

    @Test("goes on beside an engine that dials from the database, keeps the copy where asked, and there nothing dials")
    func besideAnEngine() async throws {
        _ = try await program.startPhones(["--gxp", "1", "--truth-log", "truth.jsonl", "--agent-hangs-up-after", "600"])
        #expect(try await program.run("phones", "apply", "--allow-local-phones", "phones.yaml").status == 0)
        try await campaign("pack: none", ending: "06")
        let engine = try program.start(["run", "--campaign", "x"], output: "run")
        try await program.wait(for: "call_answered", in: "truth.jsonl")
        let run = try rehearse(
            "--from", "2027-01-12T10:00", "--until", "40s", "--speed", "20", "--stations", "3", "--keep", "kept.db")
        try await program.end(of: run)
        #expect(run.terminationStatus == 0, "\(program.text("rehearsal.err"))")
        #expect(engine.isRunning)
        kill(engine.processIdentifier, SIGKILL)
        #expect(program.text("rehearsal.out").contains("3 virtual stations"))
        #expect(leftOvers.isEmpty)

        let kept = try CampaignStore(path: program.folder.appendingPathComponent("kept.db").path)
        let mode = try FileManager.default.attributesOfItem(atPath: kept.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        var attempts: [AttemptRow] = []
        try kept.attempts { attempts.append($0) }
        let rehearsed = attempts.filter { $0.intendedAt >= Instant(milliseconds: 1_799_766_000_000) }
        // The list's other five, since the engine's call counts for the sixth: nobody follows that one here.
        #expect(rehearsed.count > 0)
        #expect(attempts.contains { $0.outcome == "unknown" && $0.evidence?.notes == [.stationGone] })
        #expect(attempts.allSatisfy { $0.phase == "settled" })
        #expect(try kept.devices().isEmpty)
        #expect(try kept.campaign(named: "x").state == .paused)
        #expect(throws: StoreError.self) { try kept.setState(.started, of: "x", at: Instant(Date())) }
        #expect(try kept.problems() == [])
        try kept.close()
        try await program.end(of: engine)
        #expect(try await program.attempts().allSatisfy { ($0["at"] as? String)?.hasPrefix("2027") != true })
    }

    @Test("on a holiday nobody is called, and it says why; under a pack that is too old by then it goes on")
    func otherDays() async throws {
        try FileManager.default.createDirectory(
            at: program.folder.appendingPathComponent("rules"), withIntermediateDirectories: true)
        try program.write(
            """
            pack: own
            version: "2026-11-01"
            region: US
            rules:
              - { places: [US], source: "a test", hours: { all: "08:00-21:00" } }
            """, to: "rules/own.yaml")
        try await campaign("pack: own")
        let holiday = try rehearse("--from", "2026-12-25T10:00", "--until", "15s")
        try await program.end(of: holiday)
        var said = program.text("rehearsal.out")
        #expect(said.contains("The end was reached at 2026-12-25 Fri 10:00"), "\(said)")
        #expect(said.contains("0 calls, 6 of 6 contacts may still be called"))
        #expect(said.contains("No phones are configured, so there are 4 virtual desk phones."))
        #expect(said.contains("What holds the rest back: 6 contacts ") && said.contains("12-25"))

        let later = try rehearse("--from", "2028-01-12T10:00")
        try await program.end(of: later)
        said = program.text("rehearsal.out")
        #expect(said.contains("The rule pack own of 2026-11-01 is too old to dial by on that day."), "\(said)")
        #expect(said.contains("6 calls, 0 of 6 contacts may still be called"))
        #expect(leftOvers.isEmpty)
    }

    @Test("Ctrl-C lets running calls end, shows the reports, and the copy is gone")
    func interrupted() async throws {
        try await campaign("pack: none")
        let run = try rehearse("--from", "2026-12-23T10:00", "--until", "8h", "--speed", "10")
        // The engine has begun.
        try await program.wait(for: "Phones are claimed in", in: "rehearsal.err")
        kill(run.processIdentifier, SIGINT)
        try await program.end(of: run)
        #expect(run.terminationReason == .exit && run.terminationStatus == 0, "\(program.text("rehearsal.err"))")
        #expect(program.text("rehearsal.err").contains("No further call is placed"))
        let said = program.text("rehearsal.out")
        #expect(said.contains("Stopped at 2026-12-23 Wed 10:0") && said.contains("Rules and limits"), "\(said)")
        #expect(leftOvers.isEmpty)
    }
}
