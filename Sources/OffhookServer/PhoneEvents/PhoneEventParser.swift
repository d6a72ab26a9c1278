/// Reads what a phone sends when it calls its Action URL: one GET without a body.
///
/// Phones write names as they are, raw spaces and all, which HTTP does not allow. So this reads a request line from both ends and
/// a head to its end, and nothing more: whatever speaks of a body is refused, so that no byte can be taken for a second request.
struct PhoneEventParser {
    /// What a connection has said.
    enum Reading: Equatable {
        /// The head has not ended.
        case incomplete
        case event(PhoneEvent)
        case refused(Refusal)
    }

    /// Why a request is not answered with what it asks for.
    enum Refusal: Equatable {
        /// Not a request as phones send it; the sentence says why.
        case malformed(String)
        /// A method other than GET.
        case method
        /// No such address here.
        case address
        /// A head that does not end.
        case tooLong
    }

    /// The most bytes of a request line and its headers.
    static let longestHead = 8192
    static let folder = "/phone-events/"
    /// What announces or allows bytes behind the head, or another protocol.
    private static let forbidden: Set<String> = [
        "content-length", "transfer-encoding", "trailer", "te", "expect", "upgrade", "http2-settings",
    ]

    private var head: [UInt8] = []

    /// Takes the next bytes of the connection. Once it has answered with something other than `incomplete`, it is done.
    mutating func read(_ bytes: some Sequence<UInt8>) -> Reading {
        for byte in bytes {
            // Behind the head nothing may come; what comes with it in one piece is seen here.
            if isComplete { return .refused(.malformed("Bytes follow the request; a phone's event has no body.")) }
            guard head.count < Self.longestHead else { return .refused(.tooLong) }
            head.append(byte)
        }
        return isComplete ? reading() : .incomplete
    }

    private var isComplete: Bool {
        head.suffix(2).elementsEqual([Ascii.newline, Ascii.newline])
            || head.suffix(3).elementsEqual([Ascii.newline, Ascii.carriageReturn, Ascii.newline])
    }

    private func reading() -> Reading {
        var lines = head.split(separator: Ascii.newline, omittingEmptySubsequences: false).map { line in
            line.last == Ascii.carriageReturn ? line.dropLast() : line
        }
        // The empty line, and what is behind its end.
        lines.removeLast(2)
        guard let request = lines.first else { return .refused(.malformed("The request has no request line.")) }
        for line in lines {
            if line.contains(where: { $0 < 0x20 && $0 != Ascii.tab || $0 == 0x7f }) {
                return .refused(.malformed("The head holds a control character."))
            }
        }
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: Ascii.colon), colon > line.startIndex,
                line[..<colon].allSatisfy(Ascii.isToken)
            else { return .refused(.malformed("A line of the head is not a header.")) }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            if Self.forbidden.contains(name) {
                return .refused(.malformed("A phone's event has no body; the header \(name) is refused."))
            }
        }
        return target(of: request)
    }

    /// The part between the method and the version, which alone may hold spaces.
    private func target(of line: ArraySlice<UInt8>) -> Reading {
        let versions = [" HTTP/1.1", " HTTP/1.0"].map { Array($0.utf8) }
        guard let version = versions.first(where: { line.suffix($0.count).elementsEqual($0) }),
            let space = line.firstIndex(of: Ascii.space), space > line.startIndex,
            space < line.endIndex - version.count
        else { return .refused(.malformed("The first line is not a request of HTTP/1.0 or HTTP/1.1.")) }
        guard line[..<space].elementsEqual(Array("GET".utf8)) else {
            return .refused(line[..<space].allSatisfy(Ascii.isToken) ? .method : .malformed("The method is not one."))
        }
        let target = line[(space + 1)..<(line.endIndex - version.count)]
        let path = target.prefix { $0 != Ascii.questionMark }
        guard path.starts(with: Array(Self.folder.utf8)) else { return .refused(.address) }
        let parts = path.dropFirst(Self.folder.utf8.count).split(
            separator: Ascii.slash, omittingEmptySubsequences: false)
        guard parts.count == 3, let secret = Ascii.decoded(parts[0]), let device = Ascii.decoded(parts[1]),
            let event = Ascii.decoded(parts[2]), !device.isEmpty, !event.isEmpty
        else { return .refused(.address) }
        return .event(PhoneEvent(secret: secret, device: device))
    }
}

/// What a phone said: that something happened on it. Which event it was is of no interest, as the engine looks at the phone.
struct PhoneEvent: Equatable {
    /// The server's secret, as the phone has it.
    var secret: String
    /// The phone's name as in phones.yaml.
    var device: String
}

/// Bytes of a head.
private enum Ascii {
    static let tab = UInt8(ascii: "\t")
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let colon = UInt8(ascii: ":")
    static let slash = UInt8(ascii: "/")
    static let questionMark = UInt8(ascii: "?")

    /// Whether a byte may be in a method or a header's name (RFC 9110, section 5.6.2).
    static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    /// A part of a path in which `%` and two digits may stand for a byte; nil where it is no text or holds a control character.
    static func decoded(_ part: ArraySlice<UInt8>) -> String? {
        var bytes: [UInt8] = []
        var index = part.startIndex
        while index < part.endIndex {
            if part[index] == UInt8(ascii: "%"), index + 2 < part.endIndex,
                let byte = UInt8(String(decoding: part[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
            {
                bytes.append(byte)
                index += 3
            } else {
                bytes.append(part[index])
                index += 1
            }
        }
        guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7f }) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}
