/// Reads a script once from its beginning to its end: no byte is looked at a second time, whatever stands there.
struct CallScriptReader {
    private static let (opening, closing, lineEnd) = (UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\n"))

    private let text: [UInt8]
    private let file: String
    /// How often a byte was looked at.
    private(set) var steps = 0
    private var position = 0
    private var line = 1
    private var textStart = 0
    private var parts: [CallScript.Part] = []
    private var problems: [FileProblem] = []
    private var fields = 0
    /// Where the line of a field ends that was not closed: no other field of that line is closed either.
    private var unclosedUpTo = 0

    init(_ text: String, file: String) {
        self.text = Array(text.utf8)
        self.file = file
    }

    mutating func read() throws(FileProblems) -> [CallScript.Part] {
        guard text.count <= CallScript.longest else {
            throw FileProblems([
                FileProblem(
                    file: file, line: nil,
                    message:
                        "the script has more than \(CallScript.longest >> 10) KB; shorten it to what is said in a call")
            ])
        }
        while position < text.count {
            steps += 1
            if isPair(Self.opening, at: position) {
                readField()
            } else {
                if text[position] == Self.lineEnd { line += 1 }
                position += 1
            }
        }
        endText(at: text.count)
        guard problems.isEmpty else { throw FileProblems(problems) }
        return parts
    }

    /// A field from its opening pair on.
    private mutating func readField() {
        endText(at: position)
        let start = position + 2
        position = start
        textStart = start
        guard start >= unclosedUpTo, let end = closingPair(from: start) else {
            return report("a field begins with {{ and does not end with }}")
        }
        fields += 1
        if fields == CallScript.mostFields + 1 {
            report("the script has more than \(CallScript.mostFields) fields; take some out")
        }
        let text = String(decoding: text[start..<end], as: UTF8.self)
        let inside = text.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        let name = CallScript.trimmed(inside[0])
        if name.isEmpty { report("{{ }} names no field; write the header, such as {{name}}") }
        parts.append(.field(name: name, otherwise: inside.count > 1 ? CallScript.trimmed(inside[1]) : nil))
        position = end + 2
        textStart = position
    }

    /// Where the field that begins here is closed in its line; nil where it is not.
    private mutating func closingPair(from start: Int) -> Int? {
        var index = start
        while index < text.count, text[index] != Self.lineEnd {
            steps += 1
            if isPair(Self.closing, at: index) { return index }
            index += 1
        }
        unclosedUpTo = index
        return nil
    }

    private func isPair(_ byte: UInt8, at index: Int) -> Bool {
        text[index] == byte && index + 1 < text.count && text[index + 1] == byte
    }

    private mutating func endText(at end: Int) {
        guard end > textStart else { return }
        parts.append(.text(String(decoding: text[textStart..<end], as: UTF8.self)))
        textStart = end
    }

    private mutating func report(_ message: String) {
        guard problems.count < FileBounds.mistakes else { return }
        problems.append(FileProblem(file: file, line: line, message: message))
    }
}
