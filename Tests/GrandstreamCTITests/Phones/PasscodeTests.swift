import Testing

@testable import GrandstreamCTI

@Suite("A passcode")
struct PasscodeTests {
    private let passcode = Passcode("hunter2")

    @Test("prints as a placeholder in every way of printing")
    func printing() {
        var dumped = ""
        dump(passcode, to: &dumped)
        for text in ["\(passcode)", String(reflecting: passcode), String(describing: [passcode]), dumped] {
            #expect(text.contains("<passcode>"))
            #expect(!text.contains("hunter2"))
        }
    }

    @Test("has a mirror without children")
    func mirror() {
        #expect(Mirror(reflecting: passcode).children.isEmpty)
    }

    @Test("is percent-encoded, everything but unreserved characters")
    func encoding() {
        let request = CommandRequest(function: .lineStatus, arguments: [])
        #expect(request.query(with: Passcode("aZ09-._~")) == "passcode=aZ09-._~")
        #expect(request.query(with: Passcode("a b&c=d#e%+/é\n")) == "passcode=a%20b%26c%3Dd%23e%25%2B%2F%C3%A9%0A")
    }
}
