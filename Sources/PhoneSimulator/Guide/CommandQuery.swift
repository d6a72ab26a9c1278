import Foundation

/// The function and parameters of a request URL (guide, "Request format").
struct CommandQuery: Sendable, Equatable {
    /// The name after `/cgi-bin/`; nil for any other path.
    let functionName: String?
    private let parameters: [String: String]

    /// Reads `/cgi-bin/function?passcode=PASSWORD&param=value`. Of a parameter given twice the first counts.
    init(uri: String) {
        let parts = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0]
        let prefix = "/cgi-bin/"
        functionName = path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
        var parameters: [String: String] = [:]
        if parts.count == 2 {
            for pair in parts[1].split(separator: "&") {
                let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let name = Self.decoded(sides[0])
                if parameters[name] == nil { parameters[name] = sides.count == 2 ? Self.decoded(sides[1]) : "" }
            }
        }
        self.parameters = parameters
    }

    var function: GuideFunction? {
        functionName.flatMap(GuideFunction.init(rawValue:))
    }

    subscript(name: String) -> String? {
        parameters[name]
    }

    /// A parameter that must be a whole number in decimal digits.
    func number(_ name: String) -> Int? {
        guard let text = parameters[name], text.allSatisfy(\.isASCIIDigit) else { return nil }
        return Int(text)
    }

    /// As web servers read forms: `%41` is a byte, `+` a space. Bytes that are no UTF-8 become U+FFFD.
    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+") {
                bytes.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: "%"), let value = hexByte(rest.prefix(2)) {
                bytes.append(value)
                rest.removeFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func hexByte(_ digits: Substring.UTF8View) -> UInt8? {
        guard digits.count == 2 else { return nil }
        var value: UInt8 = 0
        for digit in digits {
            guard let half = Character(UnicodeScalar(digit)).hexDigitValue else { return nil }
            value = value << 4 | UInt8(half)
        }
        return value
    }
}
