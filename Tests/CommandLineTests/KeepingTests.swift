import CampaignStore
import Campaigns
import Foundation
import TestSupport
import Testing

@Suite("Keeping the database") struct KeepingTests {
    @Test("a back-up taken during a run is sound, and put in place it dials nothing until repeats are accepted")
    func backup() async throws {
        let program = try Program()
        _ = try await program.startPhones(["--gxp", "3", "--agent-hangs-up-after", "1"])
        try program.write(
            "campaign: x\nregion: US\ncalling_rules: { pack: none }\npacing: { wrap_up: 0s }\n", to: "c.yaml")
        try program.write("phone\n" + (1...6).map { "212555\($0)307" }.joined(separator: "\n") + "\n", to: "l.csv")
        try await program.run("phones", "apply", "--allow-local-phones", "phones.yaml")
        try await program.run("campaign", "apply", "c.yaml")
        try await program.run("import", "l.csv", "--campaign", "x")
        let run = try program.start(["run", "--campaign", "x"], output: "run")
        try await wait(for: "a call") { try await !program.attempts().isEmpty }
        let backup = try await program.run("backup", "copy.db")
        #expect(backup.status == 0, "\(backup.errors)")
        #expect(backup.output.contains("offhook.db.key"))
        #expect(try await program.run("check").output.contains("while an engine runs"))
        kill(run.processIdentifier, SIGTERM)
        try await program.end(of: run)

        let files = FileManager.default
        for name in ["offhook.db", "offhook.db-wal", "offhook.db-shm"] {
            try? files.removeItem(at: program.folder.appendingPathComponent(name))
        }
        try files.moveItem(
            at: program.folder.appendingPathComponent("copy.db"),
            to: program.folder.appendingPathComponent("offhook.db"))
        let idle = try await program.run("run", "--until-idle")
        #expect(idle.status != 0)
        #expect(idle.errors.contains("restored from a back-up of"))
        let accepted = try await program.run("restore", "--accept-repeats", "people may be called twice")
        #expect(accepted.status == 0, "\(accepted.errors)")
        // The copy was taken in the middle of calls: the next run follows them up, and the passcodes still open.
        let again = try await program.run("run", "--campaign", "x", "--until-idle")
        #expect(again.status == 0, "\(again.errors)")
        let check = try await program.run("check", "--replay")
        #expect(check.status == 0, "\(check.errors)")
    }

    @Test("a person is exported as JSON and erased on a second word; a mistyped database is not made")
    func contact() async throws {
        let program = try Program()
        try program.write("campaign: x\nregion: US\ncalling_rules: { pack: none }\n", to: "c.yaml")
        try program.write("name,phone,city\nAda Lovelace,2125550302,Marylebone\nBob,2125550303,Oslo\n", to: "l.csv")
        try await program.run("campaign", "apply", "c.yaml")
        try await program.run("import", "l.csv", "--campaign", "x")
        let export = try await program.run("contact", "export", "(212) 555-0302")
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(export.output.utf8)) as? [String: Any])
        #expect((document["contacts"] as? [[String: Any]])?.first?["name"] as? String == "Ada Lovelace")
        #expect(document["number"] as? String == "+12125550302")
        #expect(export.output.contains("Marylebone") && !export.output.contains("Oslo"))
        let asked = try await program.run("contact", "erase", "2125550302")
        #expect(asked.status != 0 && asked.errors.contains("--yes"))
        let erased = try await program.run("contact", "erase", "2125550302", "--yes")
        #expect(erased.status == 0, "\(erased.errors)")
        let after = try await program.run("contact", "export", "2125550302")
        #expect(!after.output.contains("Lovelace") && !after.output.contains("Marylebone"))
        #expect(after.output.contains("erased"))
        #expect(try await program.run("why", "2125550303").output.contains("ready"))
        let removal = try await program.run("dnc", "remove", "2125550302")
        #expect(removal.status != 0 && removal.errors.contains("asked to be erased"), "\(removal.errors)")
        #expect(removal.errors.contains("stores the person again") && removal.errors.contains("--yes"))
        #expect(try await program.run("dnc", "list").output.contains("+12125550302"))
        #expect(try await program.run("dnc", "remove", "2125550302", "--yes").status == 0)
        #expect(try await !program.run("dnc", "list").output.contains("+12125550302"))
        let missing = try await program.run("check", "--db", "typo.db")
        #expect(missing.status != 0 && missing.errors.contains("typo.db"))
        #expect(!FileManager.default.fileExists(atPath: program.folder.appendingPathComponent("typo.db").path))
        // A file that was cut to nothing is no sound database either.
        try program.write("", to: "cut.db")
        for arguments in [["check", "--replay"], ["backup", "copy.db"], ["run", "--campaign", "x"]] {
            let refused = try await program.run(words: arguments + ["--db", "cut.db"])
            #expect(refused.status != 0 && refused.errors.contains("back-up"), "\(arguments): \(refused.errors)")
        }
        #expect(program.text("cut.db").isEmpty)
    }

    @Test("periods are listed, set, refused where a rule looks back longer, and what is due goes on demand")
    func retention() async throws {
        let program = try Program()
        let campaign = { (retention: String) in
            "campaign: x\nregion: US\ncalling_rules: { pack: none }\ncaps: [{ attempts: 3, within: 30d }]\n\(retention)\n"
        }
        try program.write(campaign("retention: { calls: 7d }"), to: "short.yaml")
        let short = try await program.run("campaign", "apply", "short.yaml")
        #expect(short.status != 0 && short.errors.contains("30d or longer"), "\(short.errors)")
        try program.write(campaign("retention: { cals: 40d }"), to: "typo.yaml")
        #expect(try await program.run("campaign", "apply", "typo.yaml").errors.contains("calls"))
        try program.write(campaign("retention: { audit: 40d }"), to: "wide.yaml")
        #expect(try await program.run("campaign", "apply", "wide.yaml").errors.contains("offhook retention set audit"))
        try program.write(campaign("retention: { calls: 40d, notes: 1d }"), to: "c.yaml")
        #expect(try await program.run("campaign", "apply", "c.yaml").status == 0)
        #expect(try await program.run("campaign", "show", "x").output.contains("retention: { calls: 40d, notes: 1d }"))
        let refused = try await program.run("retention", "set", "calls", "10d")
        #expect(refused.status != 0 && refused.errors.contains("30d or longer"), "\(refused.errors)")
        #expect(try await program.run("retention", "set", "cals", "10d").errors.contains("quarantined_rows"))
        #expect(try await program.run("retention", "set", "audit", "1h").errors.contains("7d"))
        #expect(try await program.run("retention", "set", "calls", "400d").status == 0)
        try program.write("phone\n12\n", to: "l.csv")
        try await program.run("import", "l.csv", "--campaign", "x")
        let list = try await program.run("retention", "list")
        for words in ["calls", "400d", "set", "campaign x", "its file", "default"] {
            #expect(list.output.contains(words), "\(words): \(list.output)")
        }
        let run = try await program.run("retention", "run", "--dry-run", "--format", "csv")
        #expect(run.output.contains("kind,due") && run.output.contains("calls,0"), "\(run.output)")
        #expect(try await program.run("retention", "run").status == 0)
        #expect(try await program.run("retention", "list").output.contains("removed nothing"))
        let compact = try await program.run("compact")
        #expect(compact.status == 0, "\(compact.errors)")
        #expect(try await program.run("check", "--replay").status == 0)
    }
}
