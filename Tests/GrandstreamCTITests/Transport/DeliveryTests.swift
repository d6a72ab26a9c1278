import Foundation
import NIOCore
import TestSupport
import Testing

@testable import GrandstreamCTI

@Suite("A command without an answer")
struct DeliveryTests {
    @Test("was not sent where nobody listens")
    func connectionRefused() async throws {
        let phone = try await ScriptedPhone([])
        let address = try phone.address()
        await phone.stop()
        let client = PhoneClient(
            try PhoneEndpoint(name: "desk-1", family: .gxp, address: address, passcode: Passcode(testPasscode)))
        for _ in 1...3 {
            let error = await failure { () async throws(CTIError) in try await client.makeCall("3501") }
            #expect(error?.kind == .unreachable)
            #expect(error?.delivery == .notSent)
            #expect(error?.description.contains("nothing was sent") == true)
        }
        await client.shutdown()
    }

    @Test("was not sent where TLS does not come about in time")
    func handshakeTimeout() async throws {
        let phone = try await ScriptedPhone([])
        let address = try #require(URL(string: "https://127.0.0.1:\(phone.port)"))
        let client = PhoneClient(
            try PhoneEndpoint(
                name: "desk-1", family: .gxp, address: address, passcode: Passcode(testPasscode), tls: .doNotVerify,
                connectTimeout: .milliseconds(150)))
        let error = await failure { () async throws(CTIError) in try await client.makeCall("3501") }
        #expect(error?.kind == .timedOut)
        #expect(error?.delivery == .notSent)
        #expect(phone.requests.isEmpty)
        await client.shutdown()
        await phone.stop()
    }

    @Test(
        "was not sent where the other end of the connection is refused, however the name was resolved",
        arguments: [
            "127.0.0.1", "localhost",
        ])
    func peerRefused(host: String) async throws {
        let phone = try await ScriptedPhone([])
        let address = try #require(URL(string: "http://\(host):\(phone.port)"))
        let client = PhoneClient(
            try PhoneEndpoint(
                name: "desk-1", family: .gxp, address: address, passcode: Passcode(testPasscode),
                peerCheck: { peer, own in peer == "127.0.0.1" && own == "127.0.0.1" ? "\(peer ?? "") is ours" : nil }))
        for _ in 1...2 {
            let acting = await failure { () async throws(CTIError) in try await client.makeCall("3501") }
            #expect(acting?.kind == .unreachable && acting?.delivery == .notSent)
            #expect(acting?.description.contains("127.0.0.1 is ours") == true, "\(String(describing: acting))")
            let reading = await failure { () async throws(CTIError) in _ = try await client.lineStatus() }
            #expect(reading?.delivery == .notSent)
        }
        #expect(phone.requests.isEmpty)
        await client.shutdown()
        await phone.stop()
    }

    @Test("was not sent where the name is not known")
    func unknownName() async throws {
        let address = try #require(URL(string: "http://no-such-phone.invalid"))
        let client = PhoneClient(
            try PhoneEndpoint(
                name: "desk-1", family: .gxp, address: address, passcode: Passcode(testPasscode),
                connectTimeout: .seconds(1), answerTimeout: .seconds(1)))
        let error = await failure { () async throws(CTIError) in try await client.makeCall("3501") }
        #expect(error?.delivery == .notSent)
        #expect(error?.kind == .unreachable || error?.kind == .timedOut)
        await client.shutdown()
    }

    @Test(
        "may have acted where the phone stays silent, from the start or in mid-answer, and is not sent again",
        arguments: ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 37\r\n\r\n{\"response\""])
    func silence(start: String) async throws {
        try await withPhone([.rawThenSilence(start)], answerTimeout: .seconds(1)) { client, phone in
            let error = await failure { () async throws(CTIError) in try await client.makeCall("3501") }
            #expect(error?.kind == .timedOut)
            #expect(error?.delivery == .mayHaveActed)
            #expect(error?.provesNothingDone == false)
            try await wait(for: "the phone to have read it") { phone.requests.count > 0 }
            #expect(phone.requests.count == 1)
        }
    }

    @Test("is given up at the end of both time-outs though the phone goes on and on")
    func trickle() async throws {
        let endless = "HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n"
        try await withPhone(
            [.trickle(endless, every: .milliseconds(20))], connectTimeout: .seconds(4),
            answerTimeout: .seconds(1)
        ) { client, _ in
            // The whole answer would take a quarter of an hour, and is complete then.
            let error = await failure { () async throws(CTIError) in try await client.makeCall("3501") }
            #expect(error?.kind == .timedOut)
            #expect(error?.delivery == .mayHaveActed)
        }
    }

    @Test("is one with an answer that is too long to be one")
    func tooLong() async throws {
        let padded = GuideAnswers.accepted + String(repeating: " ", count: 1000)
        try await withPhone([.answer(padded), .answer(padded)], maximumAnswerBytes: 500) { client, _ in
            let error = await failure { () async throws(CTIError) in try await client.makeCall("3501") }
            #expect(error?.kind == .malformed)
            #expect(error?.delivery == .mayHaveActed)
            #expect(error?.detail.contains("500 bytes") == true)
        }
        try await withPhone([.answer(padded)], maximumAnswerBytes: padded.utf8.count) { client, _ in
            try await client.makeCall("3501")
        }
    }
}
