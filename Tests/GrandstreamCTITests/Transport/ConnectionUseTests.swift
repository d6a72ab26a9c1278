import NIOCore
import Testing

@testable import GrandstreamCTI

@Suite("A connection")
struct ConnectionUseTests {
    @Test("is shared by commands that read, while each that acts has its own and asks to close it")
    func sharing() async throws {
        let lines = ScriptedPhone.Step.answer(GuideAnswers.lineStatus)
        let yes = ScriptedPhone.Step.answer(GuideAnswers.accepted)
        try await withPhone([lines, lines, yes, lines, yes, lines]) { client, phone in
            _ = try await client.lineStatus()
            _ = try await client.lineStatus()
            try await client.makeCall("3501")
            _ = try await client.lineStatus()
            try await client.perform(.endcall)
            _ = try await client.lineStatus()
            #expect(phone.requests.map(\.connection) == [1, 1, 2, 1, 3, 1])
            let closing = phone.requests.map { $0.head.lowercased().contains("connection: close") }
            #expect(closing == [false, false, true, false, true, false])
        }
    }

    @Test("that the phone closed while it stood idle is replaced, for commands that read")
    func staleConnection() async throws {
        let lines = ScriptedPhone.Step.answer(GuideAnswers.lineStatus)
        try await withPhone([lines, .raw(""), lines]) { client, phone in
            _ = try await client.lineStatus()
            _ = try await client.lineStatus()
            #expect(phone.requests.map(\.connection) == [1, 1, 2])
        }
    }

    @Test("is replaced no second time, and never where it was new or an answer had begun")
    func noLoop() async throws {
        let lines = ScriptedPhone.Step.answer(GuideAnswers.lineStatus)
        try await withPhone([.raw(""), lines, .raw(""), .raw(""), lines, .raw("HTTP/1.1 2")]) { client, phone in
            let fresh = await failure { () async throws(CTIError) in _ = try await client.lineStatus() }
            #expect(fresh?.kind == .unreachable)
            #expect(phone.requests.count == 1)
            _ = try await client.lineStatus()
            let twice = await failure { () async throws(CTIError) in _ = try await client.lineStatus() }
            #expect(twice?.kind == .unreachable)
            #expect(phone.requests.count == 4)
            _ = try await client.lineStatus()
            let cut = await failure { () async throws(CTIError) in _ = try await client.lineStatus() }
            #expect(cut?.kind == .malformed)
            #expect(phone.requests.count == 6)
        }
    }

    @Test("may be closed after every answer")
    func closedEachTime() async throws {
        try await withPhone([], thereafter: .answerThenClose(GuideAnswers.lineStatus)) { client, _ in
            for _ in 1...20 {
                let lines = try await client.lineStatus()
                #expect(lines.count == 3)
            }
        }
    }

    @Test("carries one request at a time, whoever asks")
    func oneAtATime() async throws {
        try await withPhone([], thereafter: .answerAfter(.milliseconds(3), GuideAnswers.phoneAvailable)) {
            client, phone in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...20 {
                    group.addTask {
                        if number.isMultiple(of: 2) {
                            _ = try await client.phoneStatus()
                        } else {
                            try await client.perform(.holdcall)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(phone.requests.count == 20)
            #expect(phone.mostInFlight == 1)
        }
    }

    @Test("follows no redirect", arguments: [301, 302, 307, 308])
    func redirect(status: Int) async throws {
        let elsewhere = try await ScriptedPhone([.answer(GuideAnswers.accepted)])
        let head =
            "HTTP/1.1 \(status) Moved\r\nLocation: http://127.0.0.1:\(elsewhere.port)/\r\nContent-Length: 0\r\n\r\n"
        try await withPhone([.raw(head), .raw(head)]) { client, phone in
            let acting = await failure { () async throws(CTIError) in try await client.makeCall("3501") }
            #expect(acting?.kind == .notAPhone)
            #expect(acting?.delivery == .mayHaveActed)
            let reading = await failure { () async throws(CTIError) in _ = try await client.lineStatus() }
            #expect(reading?.kind == .notAPhone)
            #expect(phone.requests.count == 2)
        }
        #expect(elsewhere.connections == 0)
        await elsewhere.stop()
    }
}
