import CampaignStore
import Campaigns
import Foundation
import Testing

@Suite("The command restore") struct RestoreCommandTests {
    /// A campaign with two contacts, a sealed passcode, and a back-up of both.
    private func program() async throws -> Program {
        let program = try Program()
        try program.write("campaign: x\nregion: US\ncalling_rules: { pack: none }\n", to: "c.yaml")
        try program.write("phone\n2125550101\n2125550102\n", to: "l.csv")
        try program.write(
            "phones:\n  - { name: desk-1, family: gxp, address: 'http://127.0.0.1:9', passcode: secret }\n",
            to: "phones.yaml")
        for words in [
            ["phones", "apply", "--allow-local-phones", "phones.yaml"], ["campaign", "apply", "c.yaml"],
            ["import", "l.csv", "--campaign", "x"], ["campaign", "start", "x"], ["backup", "copy.db"],
        ] {
            let result = try await program.run(words: words)
            try #require(result.status == 0, "\(words): \(result.errors)")
        }
        return program
    }

    private func path(_ name: String, _ program: Program) -> String { program.folder.appendingPathComponent(name).path }

    private func remove(_ program: Program) {
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: path("offhook.db" + suffix, program))
        }
    }

    @Test("a back-up that was put in place by hand is as closed, reads on, and opens on words that are typed in full")
    func byHand() async throws {
        let program = try await program()
        #expect(try await program.run("check", "--db", "copy.db").output.contains("It is a back-up of"))
        remove(program)
        try FileManager.default.copyItem(atPath: path("copy.db", program), toPath: path("offhook.db", program))
        for words in [
            ["run", "--until-idle"], ["run", "--campaign", "x"], ["serve", "--port", "0"], ["campaign", "start", "x"],
        ] {
            let refused = try await program.run(words: words)
            #expect(refused.status != 0, "\(words)")
            #expect(refused.errors.contains("restored from a back-up of"), "\(words): \(refused.errors)")
            #expect(refused.errors.contains("calls since then are not in it"), "\(words): \(refused.errors)")
        }
        for words in [
            ["report", "attempts"], ["why", "2125550101"], ["export", "--campaign", "x"], ["check", "--replay"],
        ] {
            let read = try await program.run(words: words)
            #expect(read.status == 0, "\(words): \(read.errors)")
        }
        for words in [["--accept-repeats"], ["--accept-repeats", "yes"], ["--key", "k"]] {
            #expect(try await program.run(words: ["restore"] + words).status != 0, "\(words)")
        }
        #expect(try await program.run("campaign", "start", "x").status != 0)
        let accepted = try await program.run("restore", "--accept-repeats", "People may be called twice.")
        #expect(accepted.status == 0, "\(accepted.errors)")
        #expect(accepted.output.contains("offhook campaign start NAME"))
        #expect(try await program.run("campaign", "start", "x").status == 0)
        #expect(try await program.run("check", "--replay").output.contains("is sound"))
    }

    @Test(
        "a list that tells of no call to anybody opens nothing: empty, of calls before the back-up, or of strangers",
        arguments: ["number", "number,time\n2125550101,2020-01-01 10:00", "number\n3035550199"])
    func emptyList(text: String) async throws {
        let program = try await program()
        remove(program)
        #expect(try await program.run("restore", "copy.db").status == 0)
        try program.write(text + "\n", to: "none.csv")
        let brought = try await program.run("restore", "--calls-from", "none.csv")
        #expect(brought.status != 0, "\(brought.output)")
        #expect(!brought.output.contains("are open again"), "\(brought.output)")
        #expect(try await program.run("campaign", "start", "x").status != 0)
    }

    @Test("key and database come together; without a key it says what follows, and with another nothing is changed")
    func keys() async throws {
        let program = try await program()
        try FileManager.default.moveItem(atPath: path("offhook.db.key", program), toPath: path("kept.key", program))
        try program.write(String(repeating: "x", count: 32), to: "wrong.key")
        let wrong = try await program.run("restore", "copy.db", "--key", "wrong.key")
        #expect(wrong.status != 0 && wrong.errors.contains("wrong.key does not open"), "\(wrong.errors)")
        #expect(try await program.run("campaign", "show", "x").status == 0)
        let without = try await program.run("restore", "copy.db")
        #expect(without.status == 0 && without.errors.contains("No key opens 1"), "\(without.errors)")
        let with = try await program.run("restore", "copy.db", "--key", "kept.key")
        #expect(with.status == 0 && with.output.contains("Its key is offhook.db.key"), "\(with.errors)")
        for name in ["offhook.db", "offhook.db.key"] {
            let mode = try FileManager.default.attributesOfItem(atPath: path(name, program))[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
        // What stood there is kept, each time.
        let kept = try FileManager.default.contentsOfDirectory(atPath: program.folder.path).filter {
            $0.contains("before-restore")
        }
        #expect(kept.count >= 2)
    }

    @Test(
        "while an engine holds the database, or an import its lock, nothing is touched; nor where nothing was restored")
    func locks() async throws {
        let program = try await program()
        let database = path("offhook.db", program)
        do {
            let engine = try EngineLock(database: database)
            let refused = try await program.run("restore", "copy.db")
            #expect(refused.status != 0 && refused.errors.contains("Another Offhook"), "\(refused.errors)")
            engine.release()
        }
        do {
            let lock = try #require(try FileLock(path: database + ".import.lock"))
            let refused = try await program.run("restore", "copy.db")
            #expect(refused.status != 0 && refused.errors.contains("import is running"), "\(refused.errors)")
            lock.release()
        }
        let nothing = try await program.run("restore", "--accept-repeats", "people may be called twice")
        #expect(nothing.status != 0 && nothing.errors.contains("was not restored"), "\(nothing.errors)")
        #expect(try await program.run("campaign", "show", "x").status == 0)
    }

    @Test("rows of a list that hold no number keep the campaigns closed, unless repeats are accepted as well")
    func unreadRows() async throws {
        let program = try await program()
        try await program.run("restore", "copy.db")
        try program.write("2125550101\n,\nnobody\n", to: "called.csv")
        try program.write("phone,when\n2125550101,2099-01-01 10:00\nnobody,2099-01-01 10:00\n", to: "called.csv")
        let closed = try await program.run("restore", "--calls-from", "called.csv")
        #expect(closed.status != 0 && closed.errors.contains("1 rows of called.csv hold no number"), "\(closed.errors)")
        #expect(try await program.run("campaign", "start", "x").status != 0)
        let open = try await program.run(
            "restore", "--calls-from", "called.csv", "--accept-repeats", "people may be called twice")
        #expect(open.status == 0 && open.output.contains("open again"), "\(open.errors)")
        // A column of numbers alone needs no header.
        try program.write("(212) 555-0102\n", to: "plain.csv")
        let plain = try await program.run("restore", "--calls-from", "plain.csv")
        #expect(plain.status == 0 && plain.output.contains("From plain.csv: 1 call;"), "\(plain.output)\(plain.errors)")
    }
}
