import Testing

@testable import GrandstreamCTI

@Suite("The certificate of a phone")
struct CertificateTests {
    private let certificate: TestCertificate

    init() throws {
        certificate = try TestCertificate(commonName: "GXP2135")
    }

    @Test("that signed itself is not trusted by the system, and nothing is sent")
    func system() async throws {
        try await withPhone([], tls: certificate.serverContext) { client, phone in
            let error = await failure { () async throws(CTIError) in try await client.makeCall("3501") }
            #expect(error?.kind == .unreachable)
            #expect(error?.delivery == .notSent)
            #expect(error?.detail.contains("pin the fingerprint") == true)
            #expect(phone.requests.isEmpty)
        }
    }

    @Test("is accepted by its fingerprint, whatever name it bears, on every kind of connection")
    func pinned() async throws {
        try await withPhone(
            [], thereafter: .answer(GuideAnswers.phoneAvailable), tls: certificate.serverContext,
            policy: .pinned(sha256: certificate.fingerprint.description.lowercased())
        ) { client, phone in
            #expect(try await client.phoneStatus().state == .available)
            #expect(try await client.phoneStatus().state == .available)
            try await client.perform(.endcall)
            #expect(phone.requests.map(\.connection) == [1, 1, 2])
        }
    }

    @Test("with another fingerprint is refused before anything is sent, and the error tells the one seen")
    func wrongPin() async throws {
        let other = try TestCertificate(commonName: "GXP2135")
        try await withPhone(
            [], thereafter: .answer(GuideAnswers.accepted), tls: certificate.serverContext,
            policy: .pinned(sha256: other.fingerprint.description)
        ) { client, phone in
            let acting = await failure { () async throws(CTIError) in try await client.makeCall("3501") }
            let reading = await failure { () async throws(CTIError) in _ = try await client.lineStatus() }
            for error in [acting, reading] {
                #expect(error?.kind == .unreachable)
                #expect(error?.delivery == .notSent)
                #expect(error?.detail.contains(certificate.fingerprint.description) == true)
            }
            #expect(phone.connections == 2)
            #expect(phone.requests.isEmpty)
            #expect(phone.bytes == 0)
        }
    }

    @Test("is not looked at where that is asked for")
    func unverified() async throws {
        try await withPhone(
            [.answer(GuideAnswers.accepted)], tls: certificate.serverContext, policy: .doNotVerify
        ) { client, phone in
            try await client.makeCall("3501")
            #expect(phone.requests.count == 1)
        }
    }

    @Test("protects the answer: one that is cut leaves it open whether the phone acted")
    func cut() async throws {
        let half = "HTTP/1.1 200 OK\r\nContent-Length: 37\r\n\r\n{\"response\""
        try await withPhone([.raw(half)], tls: certificate.serverContext, policy: .doNotVerify) { client, _ in
            let error = await failure { () async throws(CTIError) in try await client.makeCall("3501") }
            #expect(error?.delivery == .mayHaveActed)
            #expect(error?.kind == .malformed)
        }
    }
}
