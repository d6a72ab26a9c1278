import Campaigns
import Foundation
import Logging
import Testing

@testable import offhook

@Suite("Text of a log") struct LogTextTests {
    @Test(
        "whatever a phone or a file says stays on one line",
        arguments: [
            ("a\nb", "a\\nb"), ("a\r\nb\tc", "a\\r\\nb\\tc"), ("\u{1b}[31mred", "\\u{1b}[31mred"),
            ("a\u{2028}b\u{85}c", "a\\u{2028}b\\u{85}c"), ("\u{202e}evil", "\\u{202e}evil"), ("a\\nb", "a\\\\nb"),
            ("Zoë “x” 漢字 🙂", "Zoë “x” 漢字 🙂"), ("\0", "\\u{0}"),
        ])
    func escaped(text: String, safe: String) {
        #expect(LogText.safe(text) == safe)
        #expect(!LogText.safe(text).unicodeScalars.contains { $0.properties.generalCategory == .control })
    }

    @Test(
        "numbers of people and e-mail addresses are masked",
        arguments: [
            ("to +12125550302.", "to [number]."), ("to +49 (30) 1234-567 now", "to [number] now"),
            ("phonenumber=2125550302&x", "phonenumber=[number]&x"), ("12125550302", "[number]"),
            ("(212) 555-0302", "[number]"), ("call 212-555-0302!", "call [number]!"), ("1 212.555.0302", "[number]"),
            ("\"ada@example.org\"", "\"[e-mail]\""), ("http://u:p@host/x is wrong", "[e-mail] is wrong"),
        ])
    func masked(text: String, safe: String) {
        #expect(LogText.safe(text) == safe)
    }

    @Test(
        "times, ids, addresses of phones, versions, sizes and paths stay as they are",
        arguments: [
            "since 2026-11-24T10:00:00.123Z", "attempt 123456789 of 2026-11-24 20:30", "http://192.0.2.10:8080/cgi-bin",
            "version 1.2.3.4567", "312 MB of 1024 in 10 s", "/var/lib/offhook/a1234567890123b.db",
            "3 stations, 12 contacts, 100 s", "a @ b", "offhook@", "+5 ms",
        ])
    func kept(text: String) {
        #expect(LogText.safe(text) == text)
    }

    @Test("a text without end is cut")
    func cut() {
        #expect(LogText.safe(String(repeating: "é\n", count: 100_000)).count < 4100)
    }

    @Test("a line in each format, with the parts that it has")
    func line() throws {
        var line = LogLine(
            at: Instant(milliseconds: 1_795_532_400_123), level: .warning, subsystem: "web", requestID: "a-1",
            message: "say \"no\"\nnow")
        #expect(line.text(.text) == "2026-11-24T15:00:00.123Z warning web request=a-1 say \"no\"\\nnow")
        let json = try JSONSerialization.jsonObject(with: Data(line.text(.json).utf8)) as? [String: String]
        #expect(
            json == [
                "time": "2026-11-24T15:00:00.123Z", "level": "warning", "subsystem": "web", "request_id": "a-1",
                "message": "say \"no\"\\nnow",
            ])
        line.requestID = nil
        line.subsystem = "dialer"
        #expect(line.text(.text) == "2026-11-24T15:00:00.123Z warning dialer say \"no\"\\nnow")
        #expect(!line.text(.json).contains("request_id"))
    }
}
