import TestSupport
import Testing

@testable import OffhookServer

@Suite("What a phone sends to its Action URL") struct PhoneEventParserTests {
    private func read(_ text: String) -> PhoneEventParser.Reading {
        var parser = PhoneEventParser()
        return parser.read(text.utf8)
    }

    @Test(
        "a request is read with raw spaces, unfilled variables, old versions and bare newlines",
        arguments: [
            ("GET /phone-events/s/desk-1/incoming?remote=$remote HTTP/1.1\r\nHost: x\r\n\r\n", "desk-1"),
            ("GET /phone-events/s/front desk/x?name=Jo Ann HTTP/1.1\r\nHost: a b\r\n\r\n", "front desk"),
            ("GET /phone-events/s/front%20desk/x HTTP/1.0\r\n\r\n", "front desk"),
            ("GET /phone-events/s/d/x?n=Z\u{f6}e\" HTTP/ HTTP/1.0\n\n", "d"),
            ("GET /phone-events/s/caf\u{e9}/x?a/b/c HTTP/1.1\r\nUser-Agent: Grandstream GXP2170\r\n\n", "caf\u{e9}"),
            ("GET /phone-events/s/100%/x HTTP/1.1\r\n\r\n", "100%"),
        ])
    func events(request: String, device: String) {
        #expect(read(request) == .event(PhoneEvent(secret: "s", device: device)))
        var parser = PhoneEventParser()
        let bytes = Array(request.utf8)
        for byte in bytes.dropLast() { #expect(parser.read([byte]) == .incomplete) }
        #expect(parser.read(bytes.suffix(1)) == .event(PhoneEvent(secret: "s", device: device)))
    }

    @Test(
        "whatever speaks of a body or of another protocol is refused, however it is written",
        arguments: [
            "Content-Length: 0", "content-length: 40", "CONTENT-LENGTH:5", "Transfer-Encoding: chunked",
            "transfer-encoding: identity", "Trailer: x", "TE: trailers", "Expect: 100-continue", "Upgrade: h2c",
            "HTTP2-Settings: AAMAAABkAAQAAP__", "Content-Length : 5", " Content-Length: 5", "\tfolded", ": x",
            "no header",
            "Na me: x", "Host: a\u{0}b", "Host: a\rContent-Length: 5",
        ])
    func bodies(header: String) {
        let reading = read("GET /phone-events/s/d/x HTTP/1.1\r\nHost: x\r\n\(header)\r\n\r\n")
        guard case .refused(.malformed) = reading else {
            Issue.record("\(header) was read as \(reading)")
            return
        }
    }

    @Test("bytes that come with a request's end are refused")
    func behind() {
        let event = "GET /phone-events/s/d/x HTTP/1.1\r\n\r\n"
        for rest in ["x", "\r\n", event] {
            guard case .refused(.malformed) = read(event + rest) else {
                Issue.record("\(rest.debugDescription) was taken")
                continue
            }
        }
    }

    @Test("other methods, addresses and first lines are refused, each for what it is")
    func others() {
        #expect(read("POST /phone-events/s/d/x HTTP/1.1\r\n\r\n") == .refused(.method))
        #expect(read("get /phone-events/s/d/x HTTP/1.1\r\n\r\n") == .refused(.method))
        for path in [
            "/", "/login", "/phone-events/", "/phone-events/s/d", "/phone-events/s/d/x/y", "/phone-events/s//x",
            "/phone-events/s/d/", "//phone-events/s/d/x", "http://h/phone-events/s/d/x", "/phone-events/s/d%00/x",
            "/phone-events/s/%ff/x", "/phone-events/s/d%0d%0a/x",
        ] {
            #expect(read("GET \(path) HTTP/1.1\r\n\r\n") == .refused(.address), "\(path)")
        }
        for line in [
            "", "GET", "GET ", "GET /phone-events/s/d/x", "GET /phone-events/s/d/x HTTP/2.0", "GET HTTP/1.1",
            "GET /phone-events/s/d/x http/1.1", " GET /phone-events/s/d/x HTTP/1.1", "\u{16}\u{3}\u{1} HTTP/1.1",
        ] {
            guard case .refused(.malformed) = read("\(line)\r\n\r\n") else {
                Issue.record("\(line.debugDescription) was read as \(read("\(line)\r\n\r\n"))")
                continue
            }
        }
    }

    @Test("a head that does not end is refused at its bound, whatever is in it")
    func long() {
        var parser = PhoneEventParser()
        #expect(parser.read(repeatElement(UInt8(ascii: "a"), count: PhoneEventParser.longestHead)) == .incomplete)
        #expect(parser.read([UInt8(ascii: "a")]) == .refused(.tooLong))
    }

    @Test("of any pieces only a whole GET without a word of a body is an event")
    func anyPieces() {
        var generator = SeededGenerator(seed: 16)
        let pieces = [
            "GET ", "GET /phone-events/s/d/x", "/phone-events/", " HTTP/1.1\r\n", "\r\n", "\n", "\r", ": ",
            "Content-Length",
            "3", "\u{0}", "%0a", "%", "?", " ", "Host: x\r\n", "é", "\r\n\r\n",
        ]
        var events = 0
        for _ in 0..<50_000 {
            var parser = PhoneEventParser()
            var text = ""
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                guard let piece = pieces.randomElement(using: &generator) else { continue }
                text += piece
                let reading = parser.read(piece.utf8)
                guard reading != .incomplete else { continue }
                if case .event = reading {
                    events += 1
                    #expect(text.hasPrefix("GET /phone-events/"), "\(text.debugDescription)")
                    #expect(text.utf8.last == UInt8(ascii: "\n"), "\(text.debugDescription)")
                    #expect(!text.contains("\nContent-Length"), "\(text.debugDescription)")
                    #expect(!text.unicodeScalars.contains("\u{0}"), "\(text.debugDescription)")
                }
                break
            }
        }
        #expect(events > 0)
    }
}
