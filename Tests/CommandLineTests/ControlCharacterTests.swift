import Campaigns
import Foundation
import Testing

/// A name that would retitle a terminal, clear it, turn its writing and begin a line of its own, in everything that phones, lists and
/// people can write; then everything that shows it.
@Suite("Control characters") struct ControlCharacterTests {
    /// Without a zero, which no argument can hold.
    private static let mark =
        "Mark\u{1B}]0;x\u{7}\u{1B}[2J\u{9B}31m\u{7F}\u{202E}\u{2066}\u{2028}\u{85}\r\nERROR: all is lost\t!"

    /// A program with the mark in its lists, its users' words and its phones' words.
    private func marked() async throws -> (Program, Process) {
        let program = try Program()
        let mark = Self.mark
        let phones = try await program.startPhones([
            "--gxp", "1", "--dp", "1", "--handsets", "1", "--dp-words", "single:Talk\u{9B}2J\u{202E}",
            "--agent-hangs-up-after", "1",
        ])
        try program.write(
            """
            campaign: x
            region: US
            calling_rules: { pack: none }
            script: s.md
            dispositions:
              - { code: SALE, label: "Sale \\x1B[2J \\u202E", class: success }
            """, to: "c.yaml")
        try program.write("Hello {{name}},\n{{plan}}\n", to: "s.md")
        try program.write(
            "name,phone,plan,\"f \(mark)\"\n\"\(mark)\",2125550301,\"\(mark)\",y\n\"\(mark)\",\"12 \(mark)\",x,y\n",
            to: "l \u{1B}[2J.csv")
        for words in [
            ["phones", "apply", "phones.yaml"], ["campaign", "apply", "c.yaml"],
            ["import", "l \u{1B}[2J.csv", "--campaign", "x", "--list", "l \u{1B}[2J\u{9B}"],
            ["dnc", "add", "+12125550309", "--source", mark], ["agent", "sign-in", "desk-1", mark],
            ["stations", "pause", "desk-1", "--reason", mark],
        ] {
            let result = try await program.run(words: words)
            expectFit(result, words)
        }
        return (program, phones)
    }

    private func expectFit(_ result: Program.Result, _ words: [String]) {
        for text in [result.output, result.errors] {
            let unfit = text.unicodeScalars.filter { $0 != "\n" && VisibleText.isUnfit($0) }
            #expect(unfit.isEmpty, "\(words.joined(separator: " ").debugDescription): \(text.debugDescription)")
            let lines = text.split(whereSeparator: \.isNewline)
            #expect(
                !lines.contains { $0.hasPrefix("ERROR: all is lost") },
                "\(words.debugDescription): \(text.debugDescription)")
        }
    }

    @Test(
        "no list, table, sentence, progress, error or JSON brings one to the terminal, and all of them show that one was there"
    )
    func nowhere() async throws {
        let (program, phones) = try await marked()
        defer { phones.terminate() }
        let mark = Self.mark
        var shown = 0
        for words in [
            ["import", "l \u{1B}[2J.csv", "--campaign", "x", "--dry-run"], ["imports", "list"],
            ["imports", "show", "1"],
            ["imports", "show", "1", "--format", "json"], ["lists", "list"], ["lists", "list", "--format", "json"],
            ["dnc", "list"], ["dnc", "list", "--format", "json"], ["dnc", "check", "l \u{1B}[2J.csv"],
            ["number", "2125550309"], ["why", "2125550301"], ["why", "2125550301", "--format", "json"],
            ["why", "--campaign", "x"], ["contact", "script", "2125550301"], ["contact", "export", "2125550301"],
            ["agent", "show", "desk-1"], ["stations", "list"], ["stations", "list", "--format", "json"],
            ["report", "inventory"], ["report", "outcomes", "--campaign", mark], ["campaign", "list"],
            ["campaign", "show", mark], ["stations", "pause", mark], ["lists", "pause", mark],
            ["agent", "show", mark], ["phone", mark, "line-status"], ["user", "add", mark], ["import", mark],
            ["import", mark, "--campaign", "x"], ["dnc", "add", mark], ["rules", "for", mark], [mark],
            ["why", "--\(mark)"],
            ["phones", "check", "base-1/1", "--learn", "2125550307"],
            ["run", "--campaign", "x", "--until-idle", "--stations", "base-1/1"],
            ["report", "attempts"], ["report", "attempts", "--format", "json"], ["phones", "check"],
            ["phone", "base-1/1", "line-status"], ["why", "2125550301"], ["check", "--replay"],
        ] {
            let result = try await program.run(words: words)
            expectFit(result, words)
            let all = result.output + result.errors
            if all.contains("�") || all.contains("⏎") || all.contains("\\u009b") || all.contains("\\u{9b}") {
                shown += 1
            }
        }
        #expect(shown >= 20, "only \(shown) outputs showed the mark: the others were not tried with it")
    }

    @Test(
        "a file of rows to correct keeps them as they are, for its owner alone and safe in a spreadsheet, and gives them back"
    )
    func files() async throws {
        let program = try Program()
        try program.write("campaign: x\nregion: US\ncalling_rules: { pack: none }\n", to: "c.yaml")
        try await program.run("campaign", "apply", "c.yaml")
        let cells = ["=1+1", "'=1", "-x", "@y", "+z", "\t=2", "\n=3", "'tis", "a\u{1B}[2J", "＝4"]
        let names = cells.indices.map { "f\($0)" }
        let row = cells.map { "\"\($0)\"" }.joined(separator: ",")
        try program.write(
            "\"=head\",phone,\(names.joined(separator: ","))\nAda,12,\(row)\nBob,2125550302,\(row)\n", to: "l.csv")
        let first = try await program.run("import", "l.csv", "--campaign", "x", "--quarantine-file", "bad.csv")
        #expect(first.status == 0, "\(first.errors)")
        let attributes = try FileManager.default.attributesOfItem(
            atPath: program.folder.appendingPathComponent("bad.csv").path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let bad = program.text("bad.csv")
        for cell in [
            "\"'=head\"", "\"'=1+1\"", "\"''=1\"", "\"'-x\"", "\"'@y\"", "\"'+z\"", "\"'\t=2\"", "\"'\n=3\"", "\"'＝4\"",
        ] {
            #expect(bad.contains(cell), "\(cell) is not in \(bad)")
        }
        #expect(bad.contains("\"'tis\"") && bad.contains("a\u{1B}[2J"))

        // A file of rows that are bad again is no worse than the one before.
        let second = try await program.run("import", "bad.csv", "--campaign", "x", "--quarantine-file", "worse.csv")
        #expect(second.status == 0, "\(second.errors)")
        try program.write(program.text("worse.csv").replacing(",12,", with: ",2125550301,"), to: "corrected.csv")
        let third = try await program.run("import", "corrected.csv", "--campaign", "x")
        #expect(third.status == 0, "\(third.errors)")
        let fields = try await ["2125550301", "2125550302"].asyncMap { number in
            let held = try await program.run("contact", "export", number)
            var fields = try #require(Self.fields(in: held.output), "\(held.output)")
            #expect(["Ada", "Bob"].contains(fields.removeValue(forKey: "=head")))
            return fields
        }
        #expect(fields[0] == fields[1])
        #expect(names.indices.allSatisfy { fields[0]["f\($0)"] == cells[$0] || cells[$0].first?.isWhitespace == true })
    }

    /// The custom fields in what is held of a person.
    private static func fields(in json: String) -> [String: String]? {
        guard let value = try? JSONSerialization.jsonObject(with: Data(json.utf8)) else { return nil }
        return find(value)
    }

    private static func find(_ value: Any) -> [String: String]? {
        if let object = value as? [String: Any] {
            if let pairs = object["fields"] as? [[String]] {
                return Dictionary(pairs.map { ($0[0], $0[1]) }) { first, _ in first }
            }
            return object.values.lazy.compactMap(find).first
        }
        return (value as? [Any])?.lazy.compactMap(find).first
    }
}

extension Array {
    fileprivate func asyncMap<Result>(_ body: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await body(element)) }
        return results
    }
}
