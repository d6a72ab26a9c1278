import Campaigns
import Foundation
import PhoneSimulator
import Testing

@testable import offhook

@Suite("phones check") struct PhonesCheckTests {
    @Test("each phone that cannot dial is named with what is wrong and what to do")
    func advice() async throws {
        let program = try Program()
        let phones = try await program.startPhones(["--gxp", "2", "--passcode", "right"])
        defer { phones.terminate() }
        let yaml = program.text("phones.yaml")
        let second = try #require(yaml.range(of: "desk-2"))
        try program.write(
            yaml[..<second.lowerBound]
                + yaml[second.lowerBound...].replacingOccurrences(of: "right", with: "wrong-4711")
                + "\n  - { name: desk-3, family: gxp, address: \"http://127.0.0.1:9\", passcode: x }\n",
            to: "phones.yaml")
        #expect(try await program.run("phones", "apply", "--allow-local-phones", "phones.yaml").status == 0)
        let check = try await program.run("phones", "check", "--format", "json")
        #expect(check.status != 0)
        let rows = try #require(
            try JSONSerialization.jsonObject(with: Data(check.output.utf8)) as? [[String: Any]])
        let advice = rows.reduce(into: [String: String]()) {
            $0[$1["station"] as? String ?? ""] = $1["advice"] as? String ?? ""
        }
        #expect(advice["desk-1"] == "")
        #expect(advice["desk-2"]?.contains("offhook stations ready desk-2") == true)
        #expect(advice["desk-3"]?.contains("power and network") == true)
        #expect(!(check.output + check.errors).contains("wrong-4711"))
        let one = try await program.run("phones", "check", "desk-1")
        #expect(one.status == 0 && !one.output.contains("desk-2"))
    }

    @Test("a phone that refused the passcode is asked once in all, until a person says that it is mended, or --again")
    func lockedOut() async throws {
        let program = try Program()
        let phones = try await program.startPhones([
            "--dp", "1", "--handsets", "2", "--passcode", "right", "--truth-log", "truth.jsonl",
        ])
        defer { phones.terminate() }
        let yaml = program.text("phones.yaml")
        try program.write(yaml.replacingOccurrences(of: "right", with: "wrong-4711"), to: "phones.yaml")
        try await program.run("phones", "apply", "--allow-local-phones", "phones.yaml")
        let asked = { program.text("truth.jsonl").components(separatedBy: "api-get_hs_line_status").count - 1 }
        for names in [[], ["base-1/1"], ["base-1/2"], []] {
            let check = try await program.run(words: ["phones", "check"] + names)
            #expect(check.status != 0 && check.output.contains("locked out"))
            #expect(asked() == 1)
        }
        let list = try await program.run("stations", "list")
        let lockedOut = list.output.split(whereSeparator: \.isNewline).filter {
            $0.contains("base-1/") && $0.contains("locked out")
        }
        #expect(lockedOut.count == 2, "\(list.output)")
        let again = try await program.run("phones", "check", "--again")
        #expect(again.status != 0 && again.output.contains("locked out"))
        #expect(asked() == 2)
        // Mended: it is asked when a person has said so.
        try program.write(yaml, to: "phones.yaml")
        try await program.run("phones", "apply", "--allow-local-phones", "phones.yaml")
        for station in ["base-1/1", "base-1/2"] { try await program.run("stations", "ready", station) }
        let mended = try await program.run("phones", "check")
        #expect(mended.status == 0, "\(mended.output) \(mended.errors)")
    }

    @Test("a test call shows the words of the line as they change, and says when none has to be added")
    func learn() async throws {
        let program = try Program()
        let phones = try await program.startPhones([
            "--gxp", "1", "--dp", "1", "--handsets", "1", "--dp-words", "single:Talking", "--agent-hangs-up-after", "1",
            "--truth-log", "truth.jsonl",
        ])
        defer { phones.terminate() }
        try await program.run("phones", "apply", "--allow-local-phones", "phones.yaml")
        let known = try await program.run("phones", "check", "desk-1", "--learn", "2125550307")
        #expect(known.status == 0, "\(known.errors)")
        #expect(known.output.contains("shows “connected”") && known.output.contains("Every word is known"))
        let single = try await program.run("phones", "check", "base-1/1", "--learn", "2125550307")
        #expect(single.output.contains("cannot be told"))
        #expect(program.text("truth.jsonl").components(separatedBy: "call_started").count == 3)
        let emergency = try await program.run("phones", "check", "desk-1", "--learn", "911")
        #expect(emergency.status != 0)
        let two = try await program.run("phones", "check", "desk-1", "base-1/1", "--learn", "2125550307")
        #expect(two.status != 0 && two.errors.contains("one station"))
    }

    @Test("a phone that says of its own calls that they come in is told apart, and the lesson says what to write down")
    func ringing() async throws {
        let program = try Program()
        let phones = try await program.startPhones([
            "--gxp", "1", "--calling-word", "ringing", "--hides-numbers", "--agent-hangs-up-after", "1",
        ])
        defer { phones.terminate() }
        try await program.run("phones", "apply", "--allow-local-phones", "phones.yaml")
        let lesson = try await program.run("phones", "check", "desk-1", "--learn", "2125550309")
        #expect(lesson.output.contains("states: { ringing: calling }"), "\(lesson.output) \(lesson.errors)")
    }

    @Test(
        "what unknown words mean follows from their order in the call",
        arguments: [
            (["Dialling", "Talking"], ["Dialling": LinePhase.calling, "Talking": .connected]),
            (["calling", "Talking"], ["Talking": .connected]),
            (["Anruf", "Klingelt", "connected"], ["Anruf": .calling, "Klingelt": .calling]),
            (["ringing", "connected"], ["ringing": .calling]), (["dialing", "ringing"], ["ringing": .connected]),
            (["Busy"], [:]), (["calling", "connected"], [:]), ([], [:]),
        ])
    func lesson(words: [String], meanings: [String: LinePhase]) {
        var lesson = WordLesson(known: WordMap())
        for word in words + ["idle"] { lesson.see(word) }
        #expect(Dictionary(uniqueKeysWithValues: lesson.meanings.map { ($0.word, $0.phase) }) == meanings)
        #expect(lesson.advice.contains("states:") == !meanings.isEmpty)
    }

    @Test("a word that YAML would read as something else is quoted")
    func quoted() {
        #expect(YAMLText.plain("Talking") == "Talking")
        #expect(YAMLText.plain("on") == "\"on\"")
        #expect(YAMLText.plain("in call: \"x\"") == "\"in call: \\\"x\\\"\"")
    }
}
