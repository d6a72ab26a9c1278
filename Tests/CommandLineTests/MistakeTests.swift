import Foundation
import Testing

@Suite("Mistakes of a first-time user") struct MistakeTests {
    private func failure(_ program: Program, _ arguments: [String]) async throws -> String {
        let process = try program.start(arguments, output: "mistake")
        try await program.end(of: process)
        #expect(process.terminationStatus != 0, "\(arguments) must fail")
        return program.text("mistake.err")
    }

    @Test("files and names that are not there, or not right, each give one clear sentence and a failure")
    func mistakes() async throws {
        let program = try Program()
        try program.write("campaign: x\nregion: US\ncalling_rules: { pack: none }\n", to: "c.yaml")
        try program.write("phones:\n  - { name: a, family: fax }\n", to: "bad-phones.yaml")
        try program.write("name,mobile\nAda,2125550302\n", to: "l.csv")
        try program.write("name,city\nAda,London\n", to: "no-phone.csv")
        try program.write("campaign: [\n", to: "broken.yaml")
        try program.write("this is no database, only a text that is long enough to be read as a header", to: "text.db")
        #expect(try await program.run("campaign", "apply", "c.yaml").status == 0)
        for (arguments, hint) in [
            (["import", "l.csv", "--campaign", "x", "--map", "Mobil=phone"], "mobile"),
            (["import", "no-phone.csv", "--campaign", "x"], "--map"),
            (["import", "gone.csv", "--campaign", "x"], "gone.csv"),
            (["import", "l.csv", "--campaign", "z"], "no campaign"),
            (["import", ".", "--campaign", "x"], "cannot be read"),
            (["campaign", "apply", "broken.yaml"], "broken.yaml:"),
            (["phones", "apply", "bad-phones.yaml"], "bad-phones.yaml:2"),
            (["campaign", "list", "--db", "text.db"], "text.db"),
            (["run", "--campaign", "x"], "phones apply"),
            (["why", "12"], "12"),
            (["why", "2125550302", "--at", "noon"], "--at"),
            (["dnc", "add", "abc"], "abc"),
            (["report", "outcomes", "--by", "moon"], "hour"),
        ] {
            let errors = try await failure(program, arguments)
            #expect(errors.contains(hint), "\(arguments): \(errors)")
        }
    }

    @Test("a list imported twice adds nothing the second time, and says so in JSON")
    func twice() async throws {
        let program = try Program()
        try program.write("campaign: x\nregion: US\ncalling_rules: { pack: none }\n", to: "c.yaml")
        try program.write("name,mobile\nAda,212 555 0302\nBob,(212) 555-0302\nCid,12\n", to: "l.csv")
        try await program.run("campaign", "apply", "c.yaml")
        try await program.run("dnc", "add", "+12125550302")
        let first = try await program.run("import", "l.csv", "--campaign", "x", "--format", "json")
        #expect(
            first.output.trimmingCharacters(in: .newlines)
                == #"{"duplicates":1,"imported":1,"quarantined":1,"read":3,"suppressed":1,"updated":0}"#)
        let second = try await program.run("import", "l.csv", "--campaign", "x", "--format", "json")
        #expect(second.output.contains(#""imported":0"#))
        let why = try await program.run("why", "2125550302")
        #expect(why.output.contains("do-not-call") || why.output.contains("do not call"))
        #expect(try await program.run("dnc", "remove", "2125550302").status == 0)
        #expect(try await program.run("why", "2125550302").output.contains("ready"))
    }

    @Test("wrong passcode and switched-off phones: check says which, and the run says that no phone can dial")
    func noPhone() async throws {
        let program = try Program()
        let phones = try await program.startPhones(["--gxp", "1", "--passcode", "right"])
        defer { phones.terminate() }
        try program.write(
            program.text("phones.yaml").replacingOccurrences(of: "right", with: "wrong-4711"), to: "phones.yaml")
        try program.write("campaign: x\nregion: US\ncalling_rules: { pack: none }\n", to: "c.yaml")
        try program.write("phone\n2125550307\n", to: "l.csv")
        try await program.run("phones", "apply", "--allow-local-phones", "phones.yaml")
        try await program.run("campaign", "apply", "c.yaml")
        try await program.run("import", "l.csv", "--campaign", "x")
        let check = try await program.run("phones", "check")
        #expect(check.status != 0)
        #expect(check.output.contains("locked out"))
        let run = try await program.run("run", "--campaign", "x", "--until-idle")
        #expect(run.status != 0)
        #expect(run.errors.contains("No phone can dial"))
        #expect(!(run.output + run.errors + check.output + check.errors).contains("wrong-4711"))
    }
}
