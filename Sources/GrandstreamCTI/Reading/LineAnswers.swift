/// How many lines an answer may list. The guide knows 3 to 8 on a GXP phone and 10 on a handset; a phone that lists hundreds
/// is none that we know, and each line would be kept and written down.
private let mostLines = 16
/// The longest state that is kept: words of real phones have up to ten characters.
private let longestWord = 64

extension LineStatus {
    /// Reads the body of a line status answer.
    static func list(in answer: JSONValue) throws(AnswerFault) -> [LineStatus] {
        guard case .array(let entries) = answer["body"] else {
            throw .malformed("the line status has no list of lines; check the firmware")
        }
        // A phone without lines would look idle on all of them.
        guard !entries.isEmpty else { throw .malformed("the line status lists no lines; check the phone") }
        guard entries.count <= mostLines else {
            throw .malformed(
                "the line status lists \(entries.count) lines, more than any phone has; check the firmware")
        }
        return try entries.map { (entry) throws(AnswerFault) in try LineStatus(entry) }
    }

    private init(_ entry: JSONValue) throws(AnswerFault) {
        guard let line = entry["line"]?.integer else {
            throw .malformed("a line of the line status has no number; check the firmware")
        }
        guard let state = entry["state"]?.text else {
            throw .malformed("line \(line) of the line status has no state; check the firmware")
        }
        try checkWord(state, line: line)
        self.init(
            line: line, state: LineState(rawValue: state), account: entry["acct"]?.text ?? "",
            remoteName: entry["remotename"]?.text ?? "", remoteNumber: entry["remotenumber"]?.text ?? "",
            active: entry["active"]?.flag ?? false, conference: entry["conf"]?.flag)
    }
}

extension HandsetLineStatus {
    private static let prefix = "line"

    /// Reads the handset's object of a handset line status answer.
    static func list(in answer: JSONValue, handset: Int) throws(AnswerFault) -> [HandsetLineStatus] {
        guard let object = answer["HS\(handset)"], case .object(let members) = object else {
            throw .malformed("the answer has nothing of handset \(handset); check that the base has it")
        }
        let numbered = members.compactMap { name, entry -> (Int, JSONValue)? in
            guard name.lowercased().hasPrefix(prefix) else { return nil }
            return Int(name.dropFirst(prefix.count)).map { ($0, entry) }
        }
        guard !numbered.isEmpty else {
            throw .malformed("handset \(handset) lists no lines; check that it is paired")
        }
        guard numbered.count <= mostLines else {
            throw .malformed(
                "handset \(handset) lists \(numbered.count) lines, more than any handset has; check the firmware")
        }
        return try numbered.sorted { $0.0 < $1.0 }.map { (line, entry) throws(AnswerFault) in
            try HandsetLineStatus(line, entry)
        }
    }

    private init(_ line: Int, _ entry: JSONValue) throws(AnswerFault) {
        guard let state = entry["Status"]?.text else {
            throw .malformed("line \(line) of the handset has no state; check the firmware")
        }
        try checkWord(state, line: line)
        self.init(
            line: line, state: LineState(rawValue: state), account: entry["Account"]?.integer ?? 0,
            registered: entry["Registered"]?.flag ?? false, active: entry["Active"]?.flag ?? false)
    }
}

private func checkWord(_ word: String, line: Int) throws(AnswerFault) {
    guard word.utf8.count <= longestWord else {
        throw .malformed("line \(line) shows a state of \(word.utf8.count) bytes; check the firmware")
    }
}
