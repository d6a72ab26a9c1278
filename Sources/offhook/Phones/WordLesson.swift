import Campaigns

/// What one test call taught about a phone's words: rung first, answered, talked, hung up, in that order.
struct WordLesson {
    /// The words of the line, each when it changed, idle left out.
    private(set) var words: [String] = []
    let known: WordMap

    init(known: WordMap) {
        self.known = known
    }

    mutating func see(_ word: String) {
        if known.phase(of: word) != .idle, words.last != word { words.append(word) }
    }

    /// Whether a word needs no lesson: it is mapped, and does not say that the call comes in, for this one goes out.
    private func isClear(_ word: String) -> Bool { known.isKnown(word) && known.phase(of: word) != .ringing }

    /// What the words that are not mapped must mean, from the order of the call; empty where it cannot be told.
    var meanings: [(word: String, phase: LinePhase)] {
        let phases = words.map { isClear($0) ? known.phase(of: $0) : nil }
        // A phone may show a word while the call ends; what lasted from the answer on is what counts.
        let connectedAt = phases.firstIndex(of: .connected)
        var meanings: [(String, LinePhase)] = []
        for (index, word) in words.enumerated()
        where phases[index] == nil && !meanings.contains(where: { $0.0 == word }) {
            if let connectedAt {
                if index < connectedAt { meanings.append((word, .calling)) }
            } else if index == words.count - 1 {
                // One word for all of the call tells ringing from talking by nothing.
                if words.count > 1 { meanings.append((word, .connected)) }
            } else {
                meanings.append((word, .calling))
            }
        }
        return meanings
    }

    /// The lines for phones.yaml, or why there are none.
    var advice: String {
        let unmapped = words.filter { !isClear($0) }
        if words.isEmpty { return "The line never left idle: no call was seen. See offhook phones check." }
        if unmapped.isEmpty { return "Every word is known: \(words.joined(separator: ", ")). Nothing is to be added." }
        if meanings.isEmpty {
            return
                "The phone shows “\(unmapped[0])” from ringing to hanging up; what it means cannot be told, so leave it out: such a line is never cancelled or ended by Offhook."
        }
        let entries = meanings.map { "\(YAMLText.plain($0.word)): \($0.phase.rawValue)" }
        return "Add to this phone in phones.yaml:\n    states: { \(entries.joined(separator: ", ")) }"
    }
}

/// Words in YAML.
enum YAMLText {
    /// A word as it is, or quoted where YAML would read something else.
    static func plain(_ word: String) -> String {
        let isPlain = !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        let means = ["true", "false", "yes", "no", "on", "off", "null"]
        if isPlain, word.first?.isLetter == true, !means.contains(word.lowercased()) { return word }
        return "\"" + word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
