import Foundation
import Testing

@testable import GrandstreamCTI

@Suite("An answer as JSON")
struct PhoneAnswerTests {
    private func json(_ answer: PhoneAnswer) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(answer), as: UTF8.self)
    }

    @Test("has the typed fields beside the response")
    func forms() throws {
        #expect(
            try json(.lines([LineStatus(line: 1, state: .idle, account: "0", conference: false)])) == #"{"lines":"#
                + #"[{"account":"0","active":false,"conference":false,"line":1,"remoteName":"","remoteNumber":"","#
                + #""state":"idle"}],"response":"success"}"#)
        #expect(
            try json(.phone(PhoneStatus(state: .busy, misc: "0")))
                == #"{"misc":"0","response":"success","state":"busy"}"#)
        #expect(
            try json(
                .account(AccountStatus(account: 1, registered: true, profile: 1, active: true, handsetMode: "HS1")))
                == #"{"account":1,"active":true,"handsetMode":"HS1","profile":1,"registered":true,"response":"success"}"#
        )
        #expect(
            try json(.handset(HandsetStatus(handset: 2, initialized: true, subscribed: true, state: .idle)))
                == #"{"handset":2,"initialized":true,"response":"success","state":"idle","subscribed":true}"#)
        #expect(
            try json(.handsetLines(handset: 2, [HandsetLineStatus(line: 1, state: .idle)])) == #"{"handset":2,"lines":"#
                + #"[{"account":0,"active":false,"line":1,"registered":false,"state":"idle"}],"response":"success"}"#)
        #expect(try json(.acknowledged(.accepted)) == #"{"body":true,"response":"success"}"#)
        #expect(try json(.acknowledged(.word("complete"))) == #"{"body":"complete","response":"success"}"#)
    }

    @Test("of a status can be read back")
    func roundTrip() throws {
        let line = LineStatus(line: 2, state: .unknown("Talking"), account: "1", remoteName: "Zoë", active: true)
        #expect(try JSONDecoder().decode(LineStatus.self, from: try JSONEncoder().encode(line)) == line)
        for acknowledgement in [Acknowledgement.accepted, .word("reset")] {
            let data = try JSONEncoder().encode([acknowledgement])
            #expect(try JSONDecoder().decode([Acknowledgement].self, from: data) == [acknowledgement])
        }
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Acknowledgement].self, from: Data("[false]".utf8))
        }
    }
}
