import Foundation
import Testing

@testable import PhoneSimulator

@Suite("Passcodes")
struct AccessTests {
    @Test(
        "A wrong or missing passcode is answered in the form that is set, and nothing acts",
        arguments: [
            (WrongPasscodeAnswer.guideFailed, 200, #"{"response":"error", "body": "failed"}"#),
            (.unauthorizedBody, 200, #"{"response":"success", "body": "unauthorized"}"#),
            (.html401, 401, "<html>"), (.forbidden403, 403, "<html>"),
            (.sessionExpired, 200, #"{"response":"error", "body": {"status": "session-expired"}}"#),
            (.locked, 200, #"{"response":"error", "body": {"status": "locked", "lockTime": 300}}"#),
        ])
    func forms(form: WrongPasscodeAnswer, status: Int, body: String) async throws {
        try await Rig.with { rig in
            try await rig.simulator.setBehaviour({ $0.wrongPasscodeAnswer = form }, of: "desk")
            for query in ["passcode=wrong&phonenumber=103", "phonenumber=103", "password=wrong&phonenumber=103"] {
                let answer = try await WireClient.get("/cgi-bin/api-make_call?" + query, at: rig.phone.address)
                #expect(answer.status == status)
                #expect(answer.body.hasPrefix(body))
            }
            #expect(await rig.simulator.calls().isEmpty)
        }
    }

    @Test("Only api-make_call takes the passcode as `password`")
    func password() async throws {
        try await Rig.with { rig in
            let answer = try await WireClient.get("/cgi-bin/api-get_line_status?password=s3cret", at: rig.phone.address)
            #expect(answer.body == GuideAnswers.failed)
        }
    }

    @Test("A passcode with special characters must be URL-encoded")
    func encoded() async throws {
        try await Rig.with(.gxp(name: "desk", passcode: "a&b=c+%d é")) { rig async throws in
            let path = "/cgi-bin/api-get_phone_status?passcode=a%26b%3Dc%2B%25d%20%C3%A9"
            #expect(try await WireClient.get(path, at: rig.phone.address).body.contains("available"))
        }
    }

    @Test("After so many wrong passcodes in a row even the right one is refused, for a while")
    func lock() {
        var gate = AccessGate()
        var behaviour = PhoneBehaviour()
        behaviour.locksAfterWrongPasscodes = 3
        behaviour.lockSeconds = 60
        let now = Rig.start
        func judge(_ given: String?, after seconds: Double = 0) -> AccessGate.Verdict {
            gate.judge(given, expected: "right", behaviour: behaviour, at: now + seconds)
        }
        #expect(judge("a") == .wrongPasscode)
        #expect(judge(nil) == .wrongPasscode)
        #expect(judge("right") == .admitted)
        for _ in 0..<3 { #expect(judge("a") == .wrongPasscode) }
        #expect(judge("right", after: 20) == .locked(seconds: 40))
        #expect(judge("right", after: 60) == .admitted)
        #expect(judge("a", after: 60) == .wrongPasscode)
    }
}
