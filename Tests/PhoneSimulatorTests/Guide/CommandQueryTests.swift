import Testing

@testable import PhoneSimulator

@Suite("Request URLs")
struct CommandQueryTests {
    @Test(
        "Parameters are decoded as web servers decode forms",
        arguments: [
            ("a=b", "a", "b"), ("a=%41%42", "a", "AB"), ("a=x+y", "a", "x y"), ("a=%2B1", "a", "+1"),
            ("a=b=c", "a", "b=c"), ("a", "a", ""), ("a=1&a=2", "a", "1"), ("&&a=1", "a", "1"), ("a=%", "a", "%"),
            ("a=%4", "a", "%4"), ("a=%zz", "a", "%zz"), ("a=Z%C3%BCrich", "a", "Zürich"), ("a=%FF", "a", "\u{FFFD}"),
        ])
    func decoding(query: String, name: String, value: String) {
        #expect(CommandQuery(uri: "/cgi-bin/f?" + query)[name] == value)
    }

    @Test("Only paths under /cgi-bin/ name functions")
    func functions() {
        #expect(CommandQuery(uri: "/cgi-bin/api-send_key").function == .sendKey)
        #expect(CommandQuery(uri: "/api-send_key").functionName == nil)
        #expect(CommandQuery(uri: "/cgi-bin/API-SEND_KEY").function == nil)
    }

    @Test("Numbers are plain decimal digits", arguments: ["", "x", "-1", "+1", "1.0", "٣", "99999999999999999999"])
    func noNumbers(text: String) {
        #expect(CommandQuery(uri: "/cgi-bin/f?n=" + text).number("n") == nil)
    }
}
