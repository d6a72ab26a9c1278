import Testing

@testable import GrandstreamCTI

@Suite("Reading is tolerant")
struct TolerantReadingTests {
    private func value(_ text: String) throws -> JSONValue {
        try #require(JSONValue(text: text))
    }

    private func line(_ members: String) throws -> LineStatus {
        let lines = try LineStatus.list(in: try value(#"{"response":"success","body":[{\#(members)}]}"#))
        return try #require(lines.first)
    }

    @Test(
        "of an account that is a string, a number or null",
        arguments: [(#""1""#, "1"), ("0", "0"), ("null", ""), (#""""#, "")])
    func account(written: String, expected: String) throws {
        #expect(try line(#""line":1,"state":"idle","acct":\#(written)"#).account == expected)
    }

    @Test("of missing and additional fields, in any order")
    func fields() throws {
        #expect(try line(#""state":"idle","line":4"#) == LineStatus(line: 4, state: .idle))
        #expect(
            try line(
                #""x":{"y":[1]},"conf":1,"active":"1","remotenumber":2025550143,"STATE":"Connected","line":"2""#)
                == LineStatus(
                    line: 2, state: .connected, remoteNumber: "2025550143", active: true, conference: true))
    }

    @Test("of control characters in a name, of broken UTF-8 and of a byte order mark")
    func bytes() throws {
        #expect(try line("\"line\":1,\"state\":\"idle\",\"remotename\":\"A\tB\"").remoteName == "A B")
        let latin1 = Array(#"{"response":"success","body":"Ren"#.utf8) + [0xE9] + Array(#""}"#.utf8)
        let reader = AnswerReader(redactor: Redactor(Passcode("admin")))
        let answer = try reader.success(in: HTTPAnswer(status: 200, body: latin1), to: .phoneStatus)
        #expect(answer["body"]?.text == "Ren\u{FFFD}")
        #expect(try value("\u{FEFF}{\"a\":1}")["a"]?.integer == 1)
    }

    @Test("but not of more lines than any phone has, nor of a state that is a text: neither is kept without end")
    func bounded() throws {
        let list = { (count: Int) in
            (1...count).map { #"{"line":\#($0),"state":"idle"}"# }.joined(separator: ",")
        }
        let handset = { (count: Int) in
            (1...count).map { #""line\#($0)":{"Status":"idle"}"# }.joined(separator: ",")
        }
        #expect(try LineStatus.list(in: value(#"{"body":[\#(list(16))]}"#)).count == 16)
        #expect(throws: AnswerFault.self) { try LineStatus.list(in: value(#"{"body":[\#(list(17))]}"#)) }
        #expect(try HandsetLineStatus.list(in: value(#"{"HS1":{\#(handset(16))}}"#), handset: 1).count == 16)
        #expect(throws: AnswerFault.self) {
            try HandsetLineStatus.list(in: value(#"{"HS1":{\#(handset(800))}}"#), handset: 1)
        }
        let word = String(repeating: "x", count: 64)
        #expect(try line(#""line":1,"state":"\#(word)""#).state.rawValue == word)
        #expect(throws: AnswerFault.self) { try line(#""line":1,"state":"\#(word)x""#) }
    }

    @Test("of an unknown state, which is kept")
    func state() throws {
        #expect(try line(#""line":1,"state":"Talking""#).state.rawValue == "Talking")
    }

    @Test(
        "but not of a list from which a busy line could be missing",
        arguments: [
            #"{"response":"success"}"#, #"{"body":[]}"#, #"{"body":{}}"#, #"{"body":"idle"}"#, #"{"body":[1]}"#,
            #"{"body":[{"line":1}]}"#, #"{"body":[{"state":"idle"}]}"#, #"{"body":[{"line":1,"state":null}]}"#,
        ])
    func noLines(text: String) throws {
        let answer = try value(text)
        let fault = #expect(throws: AnswerFault.self) { try LineStatus.list(in: answer) }
        #expect(fault?.kind == .malformed)
    }

    @Test(
        "but not of an answer for another handset, or without its lines",
        arguments: [#"{"HS2":{"Line1":{"Status":"idle"}}}"#, #"{"HS1":{}}"#, #"{"HS1":{"Line1":{}}}"#, #"{"HS1":1}"#])
    func noHandset(text: String) throws {
        let answer = try value(text)
        #expect(throws: AnswerFault.self) { try HandsetLineStatus.list(in: answer, handset: 1) }
    }

    @Test("but not of a status without the one field that matters")
    func noStatus() throws {
        let empty = try value(#"{"response":"success","Account1":{},"HS1":{}}"#)
        #expect(throws: AnswerFault.self) { try PhoneStatus.read(empty) }
        #expect(throws: AnswerFault.self) { try AccountStatus.read(empty, account: 1) }
        #expect(throws: AnswerFault.self) { try HandsetStatus.read(empty, handset: 1) }
    }

    @Test(
        "of a success whose body says nothing, unless it is a structure",
        arguments: [("", true), (#","body":null"#, true), (#","body":1"#, true), (#","body":{}"#, false)])
    func acknowledgement(body: String, isOne: Bool) throws {
        let answer = try value(#"{"response":"success"\#(body)}"#)
        #expect((try? Acknowledgement.read(answer)) == (isOne ? .accepted : nil))
    }
}
