import NIOCore
import Testing

@testable import GrandstreamCTI

@Suite("A phone client")
struct PhoneClientTests {
    @Test("speaks every function of a GXP phone")
    func gxp() async throws {
        try await withPhone([
            .answer(GuideAnswers.lineStatus), .answer(GuideAnswers.phoneBusy), .answer(GuideAnswers.accepted),
            .answer(GuideAnswers.accepted), .answer(GuideAnswers.complete), .answer(GuideAnswers.saveReboot),
        ]) { client, phone in
            #expect(try await client.lineStatus().map(\.state) == [.idle, .idle, .idle])
            #expect(try await client.phoneStatus().state == .busy)
            try await client.perform(.endcall, line: 2)
            try await client.makeCall("3501", account: 1)
            try await client.send(try Key.digits(from: "35#") + [.send])
            try await client.perform(.reboot)
            let secret = "passcode=s3cr%26t%20p%23ss"
            #expect(
                phone.requests.map(\.target) == [
                    "/cgi-bin/api-get_line_status?\(secret)", "/cgi-bin/api-get_phone_status?\(secret)",
                    "/cgi-bin/api-phone_operation?\(secret)&cmd=endcall&arg=2",
                    "/cgi-bin/api-make_call?\(secret)&phonenumber=3501&account=1",
                    "/cgi-bin/api-send_key?\(secret)&keys=3:5:%23:SEND",
                    "/cgi-bin/api-sys_operation?\(secret)&request=REBOOT",
                ])
        }
    }

    @Test("speaks every function of a DP base")
    func dp() async throws {
        try await withPhone(
            [
                .answer(GuideAnswers.accountRegistered), .answer(GuideAnswers.handsetPaired),
                .answer(GuideAnswers.handsetLineStatus), .answer(GuideAnswers.accepted),
                .answer(GuideAnswers.accepted), .answer(GuideAnswers.complete), .answer(GuideAnswers.directReboot),
            ], family: .dp, passcode: "admin"
        ) { client, phone in
            #expect(try await client.accountStatus(1).registered)
            #expect(try await client.handsetStatus(1).isPaired)
            #expect(try await client.handsetLineStatus(1).count == 10)
            try await client.makeCall("3501", handset: 1)
            try await client.perform(.unholdcall, handset: 1, line: 1)
            try await client.send([.star, .hash], handset: 1)
            try await client.perform(.reboot)
            #expect(
                phone.requests.map(\.target) == [
                    "/cgi-bin/api-get_account_status?passcode=admin&account=1",
                    "/cgi-bin/api-get_hs_status?passcode=admin&hs=1",
                    "/cgi-bin/api-get_hs_line_status?passcode=admin&hs=1",
                    "/cgi-bin/api-make_call?passcode=admin&hs=1&phonenumber=3501",
                    "/cgi-bin/api-device_operation?passcode=admin&hs=1&line=1&cmd=unholdcall",
                    "/cgi-bin/api-send_key?passcode=admin&hs=1&keys=STAR:HASH",
                    "/cgi-bin/api-sys_operation?passcode=admin&request=REBOOT",
                ])
        }
    }

    @Test("executes a command as a value")
    func execute() async throws {
        try await withPhone([.answer(GuideAnswers.phoneAvailable), .answer(GuideAnswers.reset)]) { client, _ in
            let status = try await client.execute(.phoneStatus)
            #expect(status == .phone(PhoneStatus(state: .available, misc: "0")))
            let reset = try await client.execute(.systemOperation(.reset))
            #expect(reset == .acknowledged(.word("reset")))
        }
        try await withPhone([.answer(GuideAnswers.handsetLineStatus)], family: .dp) { client, _ in
            guard case .handsetLines(handset: 1, let lines) = try await client.execute(.handsetLineStatus(1)) else {
                Issue.record("not the lines of handset 1")
                return
            }
            #expect(lines.count == 10)
        }
    }

    @Test("says in one sentence which phone, which command and what")
    func refused() async throws {
        try await withPhone([.answer(GuideAnswers.notAccepted)]) { client, _ in
            let error = await failure { () async throws(CTIError) in try await client.perform(.cancel) }
            #expect(error?.kind == .refused)
            #expect(error?.provesNothingDone == true)
            #expect(error?.description.hasPrefix("desk-1, api-phone_operation: ") == true)
            #expect(error?.description.hasSuffix("(the phone did nothing).") == true)
        }
    }

    @Test("tells nobody the passcode, though the phone echoes it in whatever form")
    func passcodeStaysSecret() async throws {
        let echoes = [testPasscode, "s3cr%26t%20p%23ss", "s3cr%26t+p%23ss", "s3cr&amp;t p#ss"]
        var script: [ScriptedPhone.Step] = []
        for echo in echoes {
            script += [
                .answer("<html>Cannot GET /cgi-bin/api-make_call?passcode=\(echo)</html>", status: "404 Not Found"),
                .answer(#"{"response":"error","body":"bad passcode \#(echo)"}"#),
                .answer(#"{"response":"success","lockTime":"\#(echo)"}"#),
                .answer(#"{"response":"\#(echo)"}"#),
                .answer("passcode=\(echo)"),
                .raw("HTTP/1.1 302 Found\r\nLocation: /?passcode=\(echo)\r\nContent-Length: 0\r\n\r\n"),
                .raw("HTTP/1.1 200 \(echo)\r\n"), .raw("\(echo)\r\n\r\n"),
            ]
        }
        try await withPhone(script) { client, phone in
            for _ in script {
                let error = await failure { () async throws(CTIError) in try await client.makeCall("3501") }
                let description = try #require(error).description
                var dumped = ""
                dump(error, to: &dumped)
                for secret in echoes {
                    #expect(!description.contains(secret))
                    #expect(!dumped.contains(secret))
                }
            }
            #expect(phone.requests.count == script.count)
        }
    }

    @Test("follows a command that acts to its end though the task is cancelled, but not one that reads")
    func cancellation() async throws {
        try await withPhone([.answerAfter(.milliseconds(100), GuideAnswers.accepted), .silence]) { client, phone in
            let acting = Task { try await client.makeCall("3501") }
            while phone.requests.isEmpty { await Task.yield() }
            acting.cancel()
            try await acting.value
            let reading = Task { try await client.lineStatus() }
            while phone.requests.count < 2 { await Task.yield() }
            let waiting = Task { try await client.perform(.endcall) }
            waiting.cancel()
            let unsent = await #expect(throws: CTIError.self) { try await waiting.value }
            #expect(unsent?.kind == .cancelled)
            #expect(unsent?.delivery == .notSent)
            reading.cancel()
            let cut = await #expect(throws: CTIError.self) { try await reading.value }
            #expect(cut?.kind == .cancelled)
            #expect(phone.requests.count == 2)
        }
    }

    @Test("lets the request under way end when it is shut down, and takes no other")
    func shutdown() async throws {
        try await withPhone([.answerAfter(.milliseconds(50), GuideAnswers.accepted)]) { client, phone in
            let acting = Task { try await client.makeCall("3501") }
            while phone.requests.isEmpty { await Task.yield() }
            await client.shutdown()
            try await acting.value
            let late = await failure { () async throws(CTIError) in try await client.makeCall("3501") }
            #expect(late?.kind == .cancelled)
            #expect(late?.delivery == .notSent)
            #expect(phone.requests.count == 1)
        }
    }

    @Test("may be dropped without being shut down")
    func dropped() async throws {
        try await withPhone([.answer(GuideAnswers.phoneBusy)]) { _, phone in
            let endpoint = try PhoneEndpoint(
                name: "desk-2", family: .gxp, address: try phone.address(), passcode: Passcode("admin"))
            #expect(try await PhoneClient(endpoint).phoneStatus().state == .busy)
        }
    }
}
