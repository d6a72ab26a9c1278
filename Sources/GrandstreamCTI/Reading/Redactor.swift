/// Takes the passcode out of what a phone sends back, however the phone has encoded it.
struct Redactor: Sendable {
    /// For each character of the passcode, every way in which it may stand in an answer, in lower case.
    private let alternatives: [[[UInt8]]]

    private static let placeholder = Array(Passcode.placeholder.utf8)
    private static let markup: [UnicodeScalar: [String]] = [
        "&": ["&amp;", "&#38;"], "<": ["&lt;", "&#60;"], ">": ["&gt;", "&#62;"], "\"": ["&quot;", "&#34;"],
        "'": ["&apos;", "&#39;", "&#x27;"], " ": ["+", "&nbsp;"],
    ]

    init(_ passcode: Passcode) {
        alternatives = passcode.clear.unicodeScalars.map { scalar in
            let raw = String(scalar)
            let bytes = Array(raw.utf8)
            let percent = bytes.map(PercentEncoding.escape).joined()
            var forms = [raw, percent, percent.replacing("%", with: "%25")] + (Self.markup[scalar] ?? [])
            if scalar.isASCII {
                forms.append("\\" + raw)
            } else {
                // A phone that answers in another encoding leaves a replacement character where this one stood.
                forms.append("\u{FFFD}")
            }
            forms.append(raw.utf16.map { "\\u" + String(UInt32($0) + 0x1_0000, radix: 16).dropFirst() }.joined())
            return forms.map { $0.utf8.map(Self.lowercase) }
        }
    }

    /// The text with every occurrence of the passcode replaced, one that is cut off by the end of the text included.
    func redact(_ text: String) -> String {
        guard !alternatives.isEmpty else { return text }
        let original = Array(text.utf8)
        let bytes = original.map(Self.lowercase)
        var result: [UInt8] = []
        var position = 0
        while position < bytes.count {
            if let end = endOfPasscode(in: bytes, from: position) {
                result += Self.placeholder
                position = end
            } else {
                result.append(original[position])
                position += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private func endOfPasscode(in bytes: [UInt8], from start: Int) -> Int? {
        var ends: Set<Int> = [start]
        for (matched, forms) in alternatives.enumerated() {
            var next: Set<Int> = []
            for end in ends {
                for form in forms {
                    if bytes[end...].starts(with: form) {
                        next.insert(end + form.count)
                    } else if matched >= 2, form.starts(with: bytes[end...]) {
                        return bytes.count
                    }
                }
            }
            ends = next
            if ends.isEmpty { return nil }
        }
        return ends.max()
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
