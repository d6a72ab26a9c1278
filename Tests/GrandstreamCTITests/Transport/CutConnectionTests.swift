import Testing

@testable import GrandstreamCTI

/// The promise that "at most once" stands on: wherever the connection dies, the error says whether the phone may have
/// acted, and the command is not sent again.
@Suite("A connection that dies under a command that acts")
struct CutConnectionTests {
    private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
    private static let withLength = "\(head)Content-Length: 37\r\n\r\n\(GuideAnswers.accepted)"
    private static let withoutLength = "\(head)\r\n\(GuideAnswers.accepted)"
    private static let chunked =
        "\(head)Transfer-Encoding: chunked\r\n\r\n25\r\n\(GuideAnswers.accepted)\r\n0\r\n\r\n"
    private static let http10 = "HTTP/1.0 200 OK\r\n\r\n\(GuideAnswers.accepted)"
    private static let refusal = "\(head)Content-Length: 36\r\n\r\n\(GuideAnswers.notAccepted)"
    private static let unauthorized = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 6\r\n\r\n<html>"

    @Test("at any byte of the request leaves it open whether the phone acted")
    func request() async throws {
        let length = try await withPhone([.answer(GuideAnswers.accepted)]) { client, phone in
            try await client.makeCall("3501")
            return try #require(phone.requests.first).head.utf8.count
        }
        #expect(length > 100)
        try await withPhone((1...length).map { .closeAfterReading($0) }) { client, phone in
            for count in 1...length {
                let error = await failure { () async throws(CTIError) in try await client.makeCall("3501") }
                #expect(error?.kind == .unreachable, "\(count) bytes read")
                #expect(error?.delivery == .mayHaveActed, "\(count) bytes read")
                #expect(error?.provesNothingDone == false)
                #expect(phone.connections == count, "one connection a command, none repeated")
            }
        }
    }

    @Test("before the phone reads a byte is an error all the same, and not sent again")
    func arrival() async throws {
        try await withPhone(Array(repeating: .closeAfterReading(0), count: 20)) { client, phone in
            for count in 1...20 {
                let error = await failure { () async throws(CTIError) in try await client.makeCall("3501") }
                #expect(error?.kind == .unreachable)
                #expect(error?.provesNothingDone == false)
                #expect(phone.connections == count)
            }
            #expect(phone.bytes == 0)
        }
    }

    @Test(
        "at any byte of the answer leaves it open whether the phone acted",
        arguments: [withLength, withoutLength, chunked, http10])
    func answer(whole: String) async throws {
        let bytes = Array(whole.utf8)
        let steps: [ScriptedPhone.Step] = (0..<bytes.count).map { .raw(String(decoding: bytes[..<$0], as: UTF8.self)) }
        try await withPhone(steps + [.raw(whole)]) { client, phone in
            for count in 0..<bytes.count {
                let error = await failure { () async throws(CTIError) in try await client.makeCall("3501") }
                #expect(error != nil, "cut after \(count) bytes")
                #expect(error?.delivery == .mayHaveActed, "cut after \(count) bytes")
                #expect(error?.provesNothingDone == false, "cut after \(count) bytes")
                #expect(error?.kind == (count == 0 ? .unreachable : .malformed), "cut after \(count) bytes")
            }
            try await client.makeCall("3501")
            #expect(phone.connections == bytes.count + 1)
        }
    }

    @Test("at any byte of a refusal does not prove that nothing was done", arguments: [refusal, unauthorized])
    func refused(whole: String) async throws {
        let bytes = Array(whole.utf8)
        let steps: [ScriptedPhone.Step] = (0..<bytes.count).map { .raw(String(decoding: bytes[..<$0], as: UTF8.self)) }
        try await withPhone(steps + [.raw(whole)]) { client, _ in
            for count in 0..<bytes.count {
                let error = await failure { () async throws(CTIError) in try await client.makeCall("3501") }
                #expect(error?.provesNothingDone == false, "cut after \(count) bytes")
                #expect(error?.delivery == .mayHaveActed, "cut after \(count) bytes")
            }
            let error = await failure { () async throws(CTIError) in try await client.makeCall("3501") }
            #expect(error?.provesNothingDone == true)
            #expect(error?.delivery == .mayHaveActed)
        }
    }
}
