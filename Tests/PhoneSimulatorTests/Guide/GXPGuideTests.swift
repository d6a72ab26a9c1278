import Foundation
import Testing

@testable import PhoneSimulator

@Suite("A GXP phone answers as the guide prints it")
struct GXPGuideTests {
    @Test("Line status of an idle phone is the guide's example, to the letter")
    func lineStatus() async throws {
        try await Rig.with { rig in
            let body = try await rig.body("api-get_line_status")
            #expect(
                body == #"{"response":"success", "body": [{"line": 1, "state": "idle", "acct": "", "#
                    + #""remotename": "", "remotenumber": "", "active": 0}, {"line": 2, "state": "idle", "#
                    + #""acct": "", "remotename": "", "remotenumber": "", "active": 0}, {"line": 3, "#
                    + #""state": "idle", "acct": "", "remotename": "", "remotenumber": "", "active": 0}]}"#)
        }
    }

    @Test("A line in use shows state, number and focus; a caller's name may be any text")
    func lineInUse() async throws {
        try await Rig.with(.gxp(name: "desk", lines: 8, passcode: "s3cret")) { rig in
            try await rig.simulator.incomingCall(to: "desk", from: "5550199", name: "Zoë \"Z\" \\\u{1}")
            let body = try await rig.body("api-get_line_status")
            #expect(
                body.hasPrefix(
                    #"{"response":"success", "body": [{"line": 1, "state": "ringing", "acct": "0", "remotename": "#
                        + #""Zoë \"Z\" \\\u0001", "remotenumber": "5550199", "active": 1}, {"line": 2, "#))
            #expect(body.contains(#"{"line": 8, "#))
        }
    }

    @Test("`acct` can be a number, as on real phones")
    func accountNumber() async throws {
        try await Rig.with { rig in
            try await rig.simulator.setBehaviour({ $0.acctIsNumber = true }, of: "desk")
            #expect(try await rig.body("api-get_line_status").contains(#""acct": 0, "remotename""#))
        }
    }

    @Test("Phone status says available or busy, or ringing where the setting says so")
    func phoneStatus() async throws {
        try await Rig.with { rig in
            let available = #"{"response":"success", "body": "available", "misc": "0"}"#
            let busy = #"{"response":"success", "body": "busy", "misc": "0"}"#
            #expect(try await rig.body("api-get_phone_status") == available)
            try await rig.simulator.incomingCall(to: "desk", from: "1")
            #expect(try await rig.body("api-get_phone_status") == busy)
            try await rig.simulator.setBehaviour({ $0.showsRingingStatus = true }, of: "desk")
            #expect(try await rig.body("api-get_phone_status").contains(#""ringing""#))
        }
    }

    @Test("Phone operations answer true and false as the guide spaces them")
    func operations() async throws {
        let yes = #"{"response": "success", "body": true}"#
        let no = #"{"response": "error", "body": false}"#
        try await Rig.with { rig in
            try await rig.simulator.incomingCall(to: "desk", from: "5550199")
            #expect(try await rig.body("api-phone_operation", "cmd=endcall") == no)
            #expect(try await rig.body("api-phone_operation", "cmd=acceptcall&arg=2") == no)
            #expect(try await rig.body("api-phone_operation", "cmd=acceptcall&arg=1") == yes)
            #expect(try await rig.body("api-phone_operation", "cmd=cancel") == no)
            #expect(try await rig.body("api-phone_operation", "cmd=holdcall") == yes)
            try await rig.wait(for: .onhold)
            #expect(try await rig.body("api-phone_operation", "cmd=holdcall") == yes)
            try await rig.wait(for: .connected)
            #expect(try await rig.body("api-phone_operation", "cmd=endcall") == yes)
            try await rig.simulator.incomingCall(to: "desk", from: "5550199")
            #expect(try await rig.body("api-phone_operation", "cmd=rejectcall") == yes)
            for wrong in ["cmd=unholdcall", "cmd=ENDCALL", "cmd=", "", "cmd=endcall&arg=x", "cmd=endcall&arg=0"] {
                #expect(try await rig.body("api-phone_operation", wrong) == no, "\(wrong)")
            }
        }
    }

    @Test("Keys are answered complete, and unknown where one of them is")
    func keys() async throws {
        let complete = #"{"response":"success", "body": "complete"}"#
        let unknown = #"{"response":"error", "body": "unknown"}"#
        try await Rig.with(scale: 20) { rig in
            for wrong in ["", "keys=", "keys=5:NOPE", "keys=5::5", "keys=LINE4", "keys=55"] {
                #expect(try await rig.body("api-send_key", wrong) == unknown, "\(wrong)")
            }
            #expect(try await rig.state() == .idle)
            #expect(try await rig.body("api-send_key", "keys=5:%35:5%3A0:%23:0:6:SEND") == complete)
            try await rig.wait(for: .connected)
            #expect(await rig.simulator.calls().map(\.number) == ["5550#06"])
            #expect(await rig.simulator.calls().map(\.origin) == [.sendKey])
        }
    }

    @Test("api-make_call dials at once, with the passcode under either name")
    func makeCall() async throws {
        try await Rig.with { rig in
            let yes = #"{ "response": "success", "body": true }"#
            let invalid = #"{"response":"error","body":"Invalid Request"}"#
            #expect(try await rig.body("api-make_call", "phonenumber=%2B12125550103&account=0") == yes)
            #expect(try await rig.state() == .calling)
            let path = "/cgi-bin/api-make_call?phonenumber=2125550103&account=0&password=s3cret"
            #expect(try await WireClient.get(path, at: rig.phone.address).body == yes)
            #expect(try await rig.state(2) == .calling)
            #expect(await rig.simulator.calls().map(\.number) == ["+12125550103", "2125550103"])

            for wrong in ["", "phonenumber=", "phonenumber=abc", "phonenumber=1&account=1", "phonenumber=1&account="] {
                #expect(try await rig.body("api-make_call", wrong) == invalid, "\(wrong)")
            }
            try await rig.simulator.setBehaviour({ $0.takesMakeCall = false }, of: "desk")
            #expect(try await rig.body("api-make_call", "phonenumber=103") == invalid)
            try await rig.simulator.setBehaviour({ ($0.takesMakeCall, $0.registered) = (true, false) }, of: "desk")
            #expect(try await rig.body("api-make_call", "phonenumber=103") == invalid)
            try await rig.simulator.setBehaviour({ $0.registered = true }, of: "desk")
            #expect(try await rig.body("api-make_call", "phonenumber=103") == yes)
            #expect(try await rig.body("api-make_call", "phonenumber=103") == GuideAnswers.refused, "no line is free")
        }
    }

    @Test("A plus that is not encoded is a space in a URL, and is not dialled")
    func barePlus() async throws {
        try await Rig.with { rig in
            _ = try await rig.body("api-make_call", "phonenumber=+12125550103")
            #expect(await rig.simulator.calls().map(\.number) == ["12125550103"])
        }
    }

    @Test("Functions of a DP base, and unknown ones, are refused")
    func otherFunctions() async throws {
        try await Rig.with { rig in
            let failed = #"{"response":"error", "body": "failed"}"#
            let functions = [
                "api-get_account_status", "api-get_hs_status", "api-get_hs_line_status", "api-device_operation",
                "api-nothing", "",
            ]
            for function in functions {
                #expect(try await rig.body(function, "hs=1&account=1&line=1&cmd=endcall") == failed, "\(function)")
            }
            try await rig.simulator.setBehaviour({ $0.unknownFunctionAnswer = .notFound }, of: "desk")
            #expect(try await rig.get("api-nothing").status == 404)
            #expect(try await WireClient.get("/", at: rig.phone.address).status == 404)
        }
    }
}
