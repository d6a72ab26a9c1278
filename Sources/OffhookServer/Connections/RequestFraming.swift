import NIOHTTP1

/// Whether a request says clearly where it ends and to whom it goes. Where two readers could differ, as a proxy and this server, one
/// request could be taken for two.
enum RequestFraming {
    /// What is in doubt, as a sentence; nil where nothing is. The parser has refused other doubts before: a doubled, odd or huge
    /// Content-Length, one beside a Transfer-Encoding, folded headers, line ends without a CR, and control characters.
    static func doubt(_ head: HTTPRequestHead) -> String? {
        let isOld = (head.version.major, head.version.minor) < (1, 1)
        let hosts = head.headers["host"]
        guard hosts.count < 2 else { return "The request names its host more than once; send one Host header." }
        // HTTP/1.0 knows no Host.
        guard let host = hosts.first ?? (isOld ? "-" : nil) else {
            return "The request names no host; send a Host header."
        }
        guard isHost(trimmed(host)) else {
            return "The Host header is not a name or an address, with or without a port."
        }
        let encodings = head.headers["transfer-encoding"]
        guard !encodings.isEmpty else { return nil }
        guard !isOld else {
            return "HTTP/1.0 has no Transfer-Encoding; send the length of the body instead."
        }
        guard encodings.count == 1, trimmed(encodings[0]).lowercased() == "chunked" else {
            return "The Transfer-Encoding is not known here; send “chunked” alone, or the length of the body."
        }
        return nil
    }

    /// Spaces and tabs around a value are none of it.
    private static func trimmed(_ value: String) -> String {
        String(value.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }

    /// A name or an address with or without a port, as RFC 3986 writes them.
    private static func isHost(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 512
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-._~!$&'()*+;=%:[]".utf8.contains(byte)
                }
            }
    }
}
