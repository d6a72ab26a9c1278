import Foundation

/// Where requests end by RFC 9112, read apart from the server's parser.
enum Framing {
    /// How many answers these bytes may get at the most over one connection: one for each request, and one for what is no
    /// request, after which nothing more is read.
    static func mostAnswers(to text: String) -> Int {
        var rest = Array(text.utf8)[...]
        var answers = 0
        while true {
            rest = rest.drop { $0 == 10 || $0 == 13 }
            guard !rest.isEmpty else { return answers }
            answers += 1
            guard let head = lines(&rest), let request = head.first, isRequest(request) else { return answers }
            var lengths: [String] = []
            var codings: [String] = []
            for line in head.dropFirst() {
                guard let colon = line.firstIndex(of: ":"), colon > line.startIndex,
                    !line[..<colon].contains(where: \.isWhitespace)
                else { return answers }
                let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
                switch line[..<colon].lowercased() {
                case "content-length": lengths.append(value)
                case "transfer-encoding": codings.append(value.lowercased())
                case "connection" where value.lowercased() == "close": return answers
                default: break
                }
            }
            switch (lengths.count, codings) {
            case (0, []): break
            case (1, []):
                guard let length = Int(lengths[0]), length >= 0, length < rest.count else { return answers }
                rest = rest.dropFirst(length)
            case (0, ["chunked"]): guard skipChunks(&rest) else { return answers }
            // Two lengths, or a coding that nobody here knows: where the request ends cannot be told.
            default: return answers
            }
        }
    }

    /// The lines up to the first empty one; nil where there is none, or where they hold what no head may hold.
    private static func lines(_ rest: inout ArraySlice<UInt8>) -> [String]? {
        var lines: [String] = []
        while let line = line(&rest) {
            guard !line.isEmpty else { return lines }
            guard !line.unicodeScalars.contains(where: { $0.value < 32 && $0 != "\t" }) else { return nil }
            lines.append(line)
        }
        return nil
    }

    private static func line(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard let end = rest.firstIndex(of: 10) else { return nil }
        let line = rest[..<end].last == 13 ? rest[..<end].dropLast() : rest[..<end]
        rest = rest[(end + 1)...]
        return String(decoding: line, as: UTF8.self)
    }

    private static func isRequest(_ line: String) -> Bool {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        return words.count == 3 && !words[0].isEmpty && !words[1].isEmpty
            && ["HTTP/1.0", "HTTP/1.1"].contains(words[2])
    }

    /// Skips a chunked body; false where it is none.
    private static func skipChunks(_ rest: inout ArraySlice<UInt8>) -> Bool {
        while let size = line(&rest) {
            let digits = size.prefix { $0 != ";" }
            guard let length = Int(digits, radix: 16), length >= 0, length <= rest.count else { return false }
            guard length > 0 else { return lines(&rest) != nil }
            rest = rest.dropFirst(length)
            guard line(&rest) == "" else { return false }
        }
        return false
    }
}
