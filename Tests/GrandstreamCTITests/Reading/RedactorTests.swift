import Testing

@testable import GrandstreamCTI

@Suite("The passcode in an answer")
struct RedactorTests {
    private func excerpt(_ text: String, _ passcode: String) -> String {
        Excerpt(text, redactor: Redactor(Passcode(passcode))).description
    }

    @Test(
        "is redacted however the phone has encoded it",
        arguments: [
            "p&s \"é%/1", "p%26s%20%22%C3%A9%25%2F1", "p%26s%20%22%c3%a9%25%2f1", "p%26s+%22%C3%A9%25%2F1",
            "p%2526s%2520%2522%25C3%25A9%2525%252F1", "p&amp;s &quot;é%/1", #"p&s \"é%\/1"#, #"p&s \"\u00e9%\/1"#,
            #"p\u0026s\u0020\u0022\u00E9\u0025\u002F\u0031"#, "P&S \"é%/1", "p&s \"\u{FFFD}%/1",
        ])
    func encodings(echo: String) {
        #expect(excerpt("passcode=\(echo)!", "p&s \"é%/1") == "“passcode=<passcode>!”")
    }

    @Test("is redacted before the excerpt is cut, so that no part survives")
    func cut() {
        let text = String(repeating: "x", count: 75) + "hunter2 and more"
        #expect(!excerpt(text, "hunter2").contains("hun"))
        #expect(excerpt(text, "hunter2").count <= 82)
    }

    @Test("is redacted where the answer ends in the middle of it")
    func truncated() {
        #expect(excerpt("passcode=hunt", "hunter2") == "“passcode=<passcode>”")
        #expect(excerpt("passcode=a%2", "a&bcd") == "“passcode=a%2”")
        #expect(excerpt("passcode=ab%2", "ab&cd") == "“passcode=<passcode>”")
    }

    @Test("is redacted every time, and nothing else is")
    func many() {
        #expect(excerpt("a hunter2 hunter3 hunter2", "hunter2") == "“a <passcode> hunter3 <passcode>”")
        #expect(excerpt("plain", "") == "“plain”")
        #expect(excerpt(" \n\t ", "x") == "nothing")
    }
}
