import Campaigns
import Testing

@Suite("Scripts with fields filled in")
struct CallScriptTests {
    @Test(
        "fields are found by their header, capitals and blanks ignored; what lacks is shown, or what stands behind | said"
    )
    func filled() throws {
        let script = try CallScript(
            "Good day {{ name }}, your {{Plan | plan}} ends on {{End date}}.\nCall {{NUMBER}}: 10 % { off }.",
            file: "s.md")
        let values = [
            (name: "name", value: "Ada"), (name: "plan", value: ""), (name: "number", value: "+12125550123"),
        ]
        #expect(
            script.filled(values) == "Good day Ada, your plan ends on [End date?].\nCall +12125550123: 10 % { off }.")
        #expect(
            script.filled(values + [(" end DATE ", "1 May")])
                == "Good day Ada, your plan ends on 1 May.\nCall +12125550123: 10 % { off }.")
        #expect(script.fields == ["Plan", "End date"])
    }

    @Test(
        "capitals, blanks, underscores and hyphens of a name do not count",
        arguments: [
            "first name", "first_name", "First Name", "FIRST NAME", "firstName", "first-name", "  First  Name ",
            "First\u{A0}name",
        ])
    func alike(header: String) throws {
        for name in ["first name", "first_name", "First Name", "firstname", "FIRST-NAME"] {
            let script = try CallScript("Hello {{\(name)}} of {{External ID}}", file: "s.md")
            let values = [("name", "Ada Test"), ("external_id", "A7"), (header, "Ada")].map {
                (name: $0.0, value: $0.1)
            }
            #expect(script.filled(values) == "Hello Ada of A7")
            #expect(script.fields == [name])
        }
    }

    @Test("of names that are alike, the one that is written as in the script holds, and an empty one gives way")
    func nearest() throws {
        let script = try CallScript("{{plan_a}} {{Plan A}} {{plan-a}}", file: "s.md")
        let values = [("Plan A", "1"), ("plan_a", "2")].map { (name: $0.0, value: $0.1) }
        #expect(script.filled(values) == "2 1 1")
        #expect(script.filled([(name: "plan_a", value: "")] + values) == "1 1 1")
        #expect(script.fields == ["plan_a"])
        #expect(try CallScript("{{_}}{{ - }}", file: "s.md").fields == ["_", "-"])
    }

    @Test("the first of two fields of one name holds; a value with braces is text")
    func values() throws {
        let script = try CallScript("{{a}}{{a|b}}", file: "s.md")
        #expect(script.filled([("A", "{{b}}"), ("a", "2")]) == "{{b}}{{b}}")
        #expect(script.filled([]) == "[a?]b")
        #expect(script.fields == ["a"])
    }

    @Test("a field that is not closed, or has no name, is an error with its line; all at once")
    func mistakes() {
        #expect {
            try CallScript("one\n{{ }} two\n{{name\n}} three {{", file: "s.md")
        } throws: { error in
            (error as? FileProblems)?.problems.map(\.line) == [2, 3, 4]
        }
    }

    @Test("a text without fields stays as it is", arguments: ["", "}} plain {", "ünïcode 👩‍🚀\r\nline"])
    func plain(text: String) throws {
        #expect(try CallScript(text, file: "s.md").filled([]) == text)
    }
}
