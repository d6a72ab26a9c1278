import Foundation
import Testing

@testable import GrandstreamCTI

@Suite("A phone's address")
struct PhoneEndpointTests {
    private func endpoint(
        _ address: String, tls: TLSPolicy = .system, answerTimeout: Duration = .seconds(5), bytes: Int = 65_536
    ) throws -> PhoneEndpoint {
        try PhoneEndpoint(
            name: "desk-1", family: .gxp, address: try #require(URL(string: address)), passcode: Passcode("hunter2"),
            tls: tls, answerTimeout: answerTimeout, maximumAnswerBytes: bytes)
    }

    @Test(
        "may be http or https, with a port, a final slash, a name or an IPv6 address",
        arguments: [
            "http://192.0.2.10", "HTTPS://192.0.2.10/", "http://phone.example:8080", "https://[2001:db8::10]:8443",
        ])
    func good(address: String) throws {
        _ = try endpoint(address)
    }

    @Test(
        "is refused with a sentence that names the phone and not what was pasted into the address",
        arguments: [
            ("ftp://192.0.2.10", EndpointError.scheme(phone: "desk-1", scheme: "ftp")),
            ("192.0.2.10", .scheme(phone: "desk-1", scheme: "")),
            ("http://", .host(phone: "desk-1")),
            ("http:///x", .host(phone: "desk-1")),
            ("http://192.0.2.10:0", .port(phone: "desk-1", port: 0)),
            ("http://192.0.2.10:70000", .port(phone: "desk-1", port: 70_000)),
            ("http://admin:hunter2@192.0.2.10", .userInAddress(phone: "desk-1")),
            ("http://192.0.2.10/cgi-bin", .pathInAddress(phone: "desk-1")),
            ("http://192.0.2.10?passcode=hunter2", .pathInAddress(phone: "desk-1")),
            ("http://192.0.2.10#hunter2", .pathInAddress(phone: "desk-1")),
        ])
    func bad(address: String, expected: EndpointError) {
        let error = #expect(throws: EndpointError.self) { try endpoint(address) }
        #expect(error == expected)
        #expect(error?.description.hasPrefix("desk-1: ") == true)
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test("may pin a certificate by its fingerprint, with colons or without, on https only")
    func pins() throws {
        let digits = String(repeating: "0a", count: 32)
        let colons = Array(repeating: "0A", count: 32).joined(separator: ":")
        _ = try endpoint("https://192.0.2.10", tls: .pinned(sha256: digits))
        _ = try endpoint("https://192.0.2.10", tls: .pinned(sha256: colons))
        #expect(throws: EndpointError.pinWithoutTLS(phone: "desk-1")) {
            try endpoint("http://192.0.2.10", tls: .pinned(sha256: digits))
        }
        for wrong in ["", "0a0b", digits + "00", String(digits.dropLast()) + "g"] {
            #expect(throws: EndpointError.fingerprint(phone: "desk-1")) {
                try endpoint("https://192.0.2.10", tls: .pinned(sha256: wrong))
            }
        }
    }

    @Test("needs time-outs and an answer limit that let something through and come to an end")
    func limits() {
        for timeout in [Duration.zero, .seconds(-1), .seconds(3601), .seconds(Int64.max)] {
            #expect(throws: EndpointError.timeout(phone: "desk-1")) {
                try endpoint("http://192.0.2.10", answerTimeout: timeout)
            }
        }
        #expect(throws: EndpointError.answerSize(phone: "desk-1", bytes: 0)) {
            try endpoint("http://192.0.2.10", bytes: 0)
        }
    }

    @Test("defaults to two seconds for a connection, five for an answer, 64 KiB and the system's trust")
    func defaults() throws {
        let endpoint = try endpoint("http://192.0.2.10")
        #expect(endpoint.connectTimeout == .seconds(2))
        #expect(endpoint.answerTimeout == .seconds(5))
        #expect(endpoint.maximumAnswerBytes == 65_536)
        #expect(endpoint.tls == .system)
    }

    @Test("prints without the passcode")
    func printing() throws {
        let endpoint = try endpoint("http://192.0.2.10")
        var dumped = ""
        dump(endpoint, to: &dumped)
        #expect(!"\(endpoint)".contains("hunter2"))
        #expect(!dumped.contains("hunter2"))
    }

    @Test("is checked again before a request, since its properties are variables")
    func changedLater() async throws {
        var changed = try endpoint("http://192.0.2.10")
        changed.maximumAnswerBytes = -1
        let client = PhoneClient(changed)
        let error = await failure { () async throws(CTIError) in try await client.perform(.endcall) }
        #expect(error?.kind == .invalidArgument)
        #expect(error?.delivery == .notSent)
        await client.shutdown()
    }
}
