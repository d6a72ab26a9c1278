import Foundation
import Testing

@Suite("Closing a place on the command line") struct RulesCloseTests {
    let program: Program

    init() throws {
        program = try Program()
    }

    private func campaign() async throws {
        try program.write(
            "campaign: spring\nregion: US\ncalling_rules: { pack: none }\nsuppression: { none_because: customers }\n",
            to: "spring.yaml")
        // New Orleans.
        try program.write("name,phone\nAda,504-555-0123\n", to: "list.csv")
        #expect(try await program.run("campaign", "apply", "spring.yaml").status == 0)
        #expect(try await program.run("import", "list.csv", "--campaign", "spring").status == 0)
        try await program.run("campaign", "start", "spring")
    }

    @Test("why and check say that the place is closed, by whom and until when; opened again the number may be called")
    func closes() async throws {
        try await campaign()
        let closed = try await program.run(
            "rules", "close", "us-la", "--until", "2099-12-31", "--source", "Proclamation 41 JBE 2026")
        #expect(closed.status == 0, "\(closed.errors)")
        #expect(closed.output.contains("US-LA is closed to calls until the end of 2099-12-31"))
        #expect(try await program.run("rules", "closed").output.contains("Proclamation 41 JBE 2026"))
        let why = try await program.run("why", "+15045550123")
        #expect(why.output.contains("emergency: NO"), "\(why.output)")
        #expect(why.output.contains("US-LA is closed to calls until the end of 2099-12-31 (Proclamation 41 JBE 2026)"))
        #expect(why.output.contains("offhook rules open"))
        let check = try await program.run("campaign", "check", "spring.yaml")
        #expect((check.output + check.errors).contains("1 contact is not called until then"), "\(check.output)")
        let inventory = try await program.run("report", "inventory", "--campaign", "spring")
        #expect(inventory.output.contains("closed for an emergency"), "\(inventory.output)")
        let opened = try await program.run("rules", "open", "US-LA")
        #expect(opened.status == 0, "\(opened.errors)")
        #expect(try await program.run("why", "+15045550123").output.contains("Every rule allows a call now"))
    }

    @Test(
        "a place, a day or a source that cannot be meant is refused with what to do",
        arguments: [
            (["US-Louisiana", "--until", "2099-12-31", "--source", "x"], "did you mean “US-LA”"),
            (["US-LA", "--until", "2020-12-31", "--source", "x"], "is over"),
            (["US-LA", "--until", "tomorrow", "--source", "x"], "is not a day"),
            (["US-LA", "--until", "2099-12-31", "--source", " "], "who declared the emergency"),
        ])
    func refused(words: [String], piece: String) async throws {
        try await campaign()
        let answer = try await program.run(words: ["rules", "close"] + words)
        #expect(answer.status != 0)
        #expect(answer.errors.contains(piece), "\(answer.errors)")
        let none = try await program.run("rules", "open", "US-LA")
        #expect(none.status != 0)
        #expect(none.errors.contains("no place is"), "\(none.errors)")
    }
}
