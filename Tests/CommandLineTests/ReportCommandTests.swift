import Foundation
import Testing

@Suite("Reports on the command line") struct ReportCommandTests {
    private let program: Program

    init() async throws {
        program = try await CalledProgram().program
    }

    private func rows(_ words: String...) async throws -> [[String: Any]] {
        let report = try await program.run(words: ["report"] + words + ["--format", "json"])
        return try #require(
            try JSONSerialization.jsonObject(with: Data(report.output.utf8)) as? [[String: Any]],
            "\(report.output) \(report.errors)")
    }

    @Test("people read what is covered, figures, an aligned table with bars, and totals")
    func people() async throws {
        let report = try await program.run("report", "outcomes", "--zone", "America/New_York")
        #expect(report.status == 0, "\(report.errors)")
        #expect(report.output.hasPrefix("Outcomes by campaign\nAll time, clock of America/New_York\n"))
        #expect(report.output.contains("Calls 4   Connected 2   Persons 1   Contact rate 25 %   Successes 1"))
        #expect(report.output.contains("50 % █████"))
        #expect(report.output.contains("\nall "))
    }

    @Test("machines are given the main table, or the one that is asked for")
    func machines() async throws {
        let outcomes = try await rows("outcomes", "--by", "hour")
        #expect(Set(outcomes.compactMap { $0["hour"] as? String }) == ["10:00"])
        #expect(outcomes.compactMap { $0["attempts"] as? Int }.reduce(0, +) == 4)
        let agents = try await rows("dispositions", "--section", "agents")
        #expect(agents.first?["agent"] as? String == "ada")
        #expect(agents.first?["successes"] as? Int == 1)
        let conflicts = try await rows("conflicts")
        #expect(conflicts.compactMap { $0["class"] as? String } == ["no_answer"])
        let closing = try await program.run("report", "closing", "--campaign", "spring", "--format", "csv")
        #expect(closing.output.hasPrefix("step,contacts,share,calls\r\non the list,6,1.0,\r\n"), "\(closing.output)")
    }

    @Test("time is of the clock that is asked for: the same calls are of another day in Tokyo")
    func zones() async throws {
        let york = try await rows(
            "outcomes", "--since", "2026-11-24", "--until", "2026-11-24", "--by", "day", "--zone", "America/New_York")
        #expect(Set(york.compactMap { $0["day"] as? String }) == ["2026-11-24"])
        let tokyo = try await rows("outcomes", "--by", "day", "--zone", "Asia/Tokyo")
        #expect(Set(tokyo.compactMap { $0["day"] as? String }) == ["2026-11-25"])
        let early = try await rows(
            "outcomes", "--since", "2026-11-24", "--until", "2026-11-24T10:15", "--zone", "America/New_York")
        #expect(early.compactMap { $0["attempts"] as? Int }.reduce(0, +) == 3)
    }

    @Test("attempts keep their columns, and are filtered like the others")
    func attempts() async throws {
        let csv = try await program.run("report", "attempts", "--format", "csv")
        #expect(
            csv.output.hasPrefix(
                "attempt,campaign,contact,number,station,intended_at,commanded_at,ended_at,outcome,disposition,ring_ms,talk_ms,"
                    + "evidence,list,pass,phase,zone,rule_pack,follow_up,agent\r\n"))
        #expect(csv.output.split(separator: "\r\n").count == 5)
        let some = try await rows("attempts", "--since", "2026-11-24T15:30Z", "--until", "2026-11-24T16:00:00Z")
        #expect(some.isEmpty)
        let later = try await rows(
            "attempts", "--since", "2026-11-24T15:15:00Z", "--until", "2026-11-25", "--list", "march", "--campaign",
            "spring")
        #expect(later.compactMap { $0["outcome"] as? String } == ["busy_or_rejected"])
        #expect(try await rows("attempts", "--agent", "bob").isEmpty)
    }

    @Test("a file appears when it is whole, in the format of its ending, and nothing is printed")
    func output() async throws {
        for (file, start) in [("o.csv", "campaign,outcome"), ("o.json", "[{\"campaign\""), ("o.txt", "Outcomes by")] {
            try program.write("before", to: file)
            let report = try await program.run("report", "outcomes", "--output", file)
            #expect(report.status == 0)
            #expect(report.output.isEmpty && report.errors.isEmpty, "\(report)")
            #expect(program.text(file).hasPrefix(start), "\(program.text(file))")
        }
        let attempts = try await program.run("report", "attempts", "--output", "a.json")
        #expect(attempts.output.isEmpty)
        #expect(
            (try JSONSerialization.jsonObject(with: Data(program.text("a.json").utf8)) as? [Any])?.count == 4)
        let left = try FileManager.default.contentsOfDirectory(atPath: program.folder.path)
        #expect(!left.contains { $0.hasSuffix(".part") })
    }

    @Test("a failure is one sentence and leaves the file as it was")
    func failure() async throws {
        try program.write("before", to: "o.csv")
        for words in [
            ["outcomes", "--since", "yesteday", "--output", "o.csv"],
            ["outcomes", "--section", "nothing", "--output", "o.csv"],
            ["outcomes", "--output", "nowhere/o.csv"], ["outcomes", "--output", "offhook.db"],
            ["outcomes", "--output", "o.csv", "--db", "mistyped.db"],
        ] {
            let report = try await program.run(words: ["report"] + words)
            #expect(report.status != 0, "\(words)")
            #expect(report.output.isEmpty)
            #expect(report.errors.split(separator: "\n").count == 1, "\(report.errors)")
            #expect(program.text("o.csv") == "before")
        }
        #expect(program.text("mistyped.db").isEmpty)
        #expect(!FileManager.default.fileExists(atPath: program.folder.appendingPathComponent("mistyped.db").path))
        #expect(try await program.run("report", "outcomes").output.contains("Calls 4"))
    }

    @Test(
        "what does not go with a report, or is no word of it, is refused with what to do",
        arguments: [
            (["outcome"], "did you mean “outcomes”"), ([], "Name a report"),
            (["hours", "--by", "hour"], "--by: The report hours takes no “by”"),
            (["penetration", "--agent", "ada"], "takes no “agent”"),
            (["inventory", "--since", "today"], "takes no “since”"),
            (["outcomes", "--at", "2026-03-08T14:00:00Z"], "inventory"),
            (["outcomes", "--place", "US"], "ask for hours"), (["conflicts", "--compare"], "takes no “compare”"),
            (["outcomes", "--by", "moon"], "weekday"),
            (["outcomes", "--since", "yesteday"], "did you mean “yesterday”"),
            (["outcomes", "--zone", "America/New_Yorc"], "did you mean “America/New_York”"),
            (["outcomes", "--list", "march"], "autumn, spring"),
            (["outcomes", "--list", "marsh", "--campaign", "spring"], "did you mean “march”"),
            (["outcomes", "--campaign", "sprong"], "did you mean “spring”"),
            (["hours", "--place", "Texas"], "US-TX"),
            (["closing"], "--campaign: The closing report is of one campaign"),
            (["outcomes", "--section", "best"], "it has outcomes"),
        ] as [([String], String)])
    func refused(words: [String], hint: String) async throws {
        let report = try await program.run(words: ["report"] + words)
        #expect(report.status != 0)
        #expect(report.errors.contains(hint), "\(report.errors)")
    }

    @Test("where nothing falls into a question, it says why, and is no failure")
    func nothing() async throws {
        let report = try await program.run("report", "outcomes", "--since", "2020-01-01", "--until", "2020-01-31")
        #expect(report.status == 0)
        #expect(report.output.contains("No call that is over falls into this time"))
        let machine = try await program.run(
            "report", "outcomes", "--since", "2020-01-01", "--until", "2020-01-31", "--format", "csv")
        #expect(machine.output == "campaign,outcome,attempts,contacts,share,ring_s,talk_s\r\n")
    }

    @Test("columns are said by the program too")
    func columns() async throws {
        let hours = try await program.run("report", "hours", "--columns")
        #expect(hours.output.contains("contact_rate: persons divided by calls."))
        #expect(try await program.run("report", "--columns").output.hasPrefix("### outcomes\n"))
    }

    @Test("the commands of the documentation are answered")
    func documentedCommands() async throws {
        let docs = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("docs/reports.md")
        let commands = try String(contentsOf: docs, encoding: .utf8).split(separator: "\n").filter {
            $0.hasPrefix("    offhook report ") && !$0.contains("[")
        }
        #expect(commands.count > 10)
        for command in commands {
            let report = try await program.run(words: command.split(separator: " ").dropFirst().map(String.init))
            #expect(report.status == 0, "\(command): \(report.errors)")
        }
    }
}
