import Testing

@testable import GrandstreamCTI

@Suite("An answer that is no success")
struct SuccessThatIsNotTests {
    private func fault(_ body: String, status: Int = 200, _ function: CTIFunction = .makeCall) -> AnswerFault? {
        do {
            _ = try AnswerReader(redactor: Redactor(Passcode("admin")))
                .success(in: HTTPAnswer(status: status, body: Array(body.utf8)), to: function)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "is an authentication failure in each of its forms, and says to stop",
        arguments: [
            (200, #"{"response":"success","body":"unauthorized"}"#),
            (200, #"{"response":"success","body":"Unauthorized"}"#),
            (200, #"{"response":"error","body":"unauthorized"}"#),
            (200, #"{"response":"error","body":{"status":"session-expired"}}"#),
            (200, #"{"response":"error","body":"locked","lockTime":300}"#),
            (200, #"{"response":"error","body":{"status":"locked","lockTime":"5"}}"#),
            (200, #"{"response":"error","lockTime":5}"#),
            (200, #"{"response":"locked"}"#),
            (401, "<html><body>401 Unauthorized</body></html>"), (403, ""), (403, GuideAnswers.accepted),
        ])
    func authentication(status: Int, body: String) {
        let fault = fault(body, status: status)
        #expect(fault?.kind == .authentication)
        #expect(fault?.detail.contains("do not try again") == true)
    }

    @Test("is a refusal, with advice for “Invalid Request”")
    func refusal() {
        #expect(fault(#"{"response":"error","body":"Invalid Request"}"#)?.kind == .refused)
        #expect(fault(#"{"response":"error","body":"Invalid Request"}"#)?.detail.contains("P1561") == true)
        #expect(fault(#"{"response":"error"}"#)?.kind == .refused)
        #expect(fault(#"{"response":"ERROR","body":false}"#, status: 500)?.kind == .refused)
    }

    @Test(
        "is no phone's",
        arguments: [
            (200, "<!DOCTYPE html><title>Router</title>"), (200, "\n <HTML>"), (404, "Not Found"), (404, ""),
            (302, ""), (500, "<html>"),
        ])
    func notAPhone(status: Int, body: String) {
        #expect(fault(body, status: status)?.kind == .notAPhone)
    }

    @Test(
        "is unreadable or contradicts itself",
        arguments: [
            (200, ""), (200, "ok"), (200, "[]"), (200, "{}"), (200, #"{"response": "succ"#), (200, "null"),
            (200, #"{"response":"maybe","body":true}"#), (200, #"{"response":"success","body":false}"#),
            (200, #"{"response":"success","body":"failed"}"#),
            (200, #"{"response":"success","body":"Invalid Request"}"#), (500, GuideAnswers.accepted), (411, "length"),
        ])
    func malformed(status: Int, body: String) {
        #expect(fault(body, status: status)?.kind == .malformed)
    }

    @Test(
        "names an error in a form that is not the guide's, so that only the lines tell what the phone did",
        arguments: [
            #"{"response":"success","body":{"code":8}}"#, #"{"response":"success","body":{"code":"8"}}"#,
            #"{"response":"success","body":{"status":"error","message":"All lines busy"}}"#,
            #"{"response":"success","body":"failed"}"#, #"{"response":"success","body":"Failed: line busy"}"#,
            #"{"response":"success","body":false}"#, #"{"response":"success","body":"busy"}"#,
            #"{"response":"failed"}"#, #"{"response":"Failed","body":true}"#,
        ])
    func namesError(body: String) {
        for function in [CTIFunction.makeCall, .sendKey] {
            let fault = fault(body, function)
            #expect(fault?.kind == .malformed)
            #expect(fault?.namesError == true)
        }
    }

    @Test(
        "does not name an error where the phone says that it acts, nor where nothing is said",
        arguments: [
            #"{"response":"success","body":{"code":0}}"#, #"{"response":"success","body":{"code":"OK"}}"#,
            #"{"response":"success","body":"complete"}"#, #"{"response":"success","body":"failover"}"#,
            #"{"response":"maybe"}"#, "{}", GuideAnswers.accepted,
        ])
    func namesNoError(body: String) {
        #expect(fault(body, .makeCall)?.namesError != true)
    }

    @Test("is a refusal where a cancel or an endcall is answered with false: the call was in no state for it")
    func refusedCallOperation() {
        for function in [CTIFunction.phoneOperation, .deviceOperation] {
            for body in ["false", "0", #""false""#] {
                let fault = fault(#"{"response":"success","body":\#(body)}"#, function)
                #expect(fault?.kind == .refused)
                #expect(fault?.detail.contains("look at its lines") == true)
            }
            #expect(fault(#"{"response":"success","body":"failed"}"#, function)?.kind == .malformed)
            #expect(fault(GuideAnswers.accepted, function) == nil)
        }
    }

    @Test("shows at most 80 characters of what came")
    func excerpt() throws {
        let detail = try #require(fault("<html>" + String(repeating: "x", count: 500))?.detail)
        let excerpt = try #require(detail.split(separator: "“").last?.split(separator: "”").first)
        #expect(excerpt.count == 80)
    }
}
