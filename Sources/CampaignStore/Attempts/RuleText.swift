import CallingRules
import Foundation

/// The rules' answers that let a call through, taken apart: what many calls have alike, what is this call's alone, and the
/// person's own words.
///
/// A call's answers are 0.7 KB; put together from a text that is stored once they take some 10 bytes. The person's words, such
/// as the proof of a consent, never stand in the shared text, so that they can be erased.
struct RuleText: Hashable {
    /// Each rule with its facts, as JSON, with marks where a call's own belongs.
    var shared: String
    /// What is put in place of the marks, in order.
    var own: String
    /// What the person's fields said of their consent; nil where the rules did not look at it.
    var consent: String?

    /// Marks that no text of ours holds: the called number, a value of this call, the person's words.
    private static let number: Character = "\u{1}"
    private static let value: Character = "\u{2}"
    private static let words: Character = "\u{3}"
    private static let marks: Set<Character> = [number, value, words]
    private static let separator: Character = "|"
    /// What stands where the words were, once they are gone.
    static let erased = "The words of the consent were erased."

    /// Takes findings apart: each a rule and its facts.
    ///
    /// - Parameter number: the called number as the facts have it, in E.164 with its plus.
    init(_ findings: [[String]], number: String) {
        var own: [String] = []
        var consent: String?
        let shared = findings.map { finding -> [String] in
            guard finding.count == 2 else { return finding }
            let rule = finding[0]
            var facts = finding[1]
            facts.removeAll { Self.marks.contains($0) }
            if rule == "consent", let start = facts.range(of: Consent.sentenceStart) {
                consent = String(facts[start.lowerBound...])
                facts = facts[..<start.lowerBound] + String(Self.words)
            }
            if !number.isEmpty { facts = facts.replacingOccurrences(of: number, with: String(Self.number)) }
            var rest = facts[...]
            var cut = ""
            for part in Self.ownParts(of: rule, in: facts) {
                cut += rest[..<part.startIndex]
                cut.append(Self.value)
                own.append(String(part))
                rest = facts[part.endIndex...]
            }
            facts = cut + rest
            return [rule, facts]
        }
        self.shared = Self.json(shared)
        self.own = own.joined(separator: String(Self.separator))
        self.consent = consent
    }

    /// A text as stored.
    init(shared: String, own: String, consent: String?) {
        (self.shared, self.own, self.consent) = (shared, own, consent)
    }

    /// The findings as they were; where the person's words were erased, a sentence says so.
    func findings(number: String) -> [[String]] {
        var values = own.split(separator: Self.separator, omittingEmptySubsequences: false)[...]
        return Self.findings(json: shared).map { finding in
            finding.map { text in
                guard text.contains(where: Self.marks.contains) else { return text }
                var filled = ""
                for character in text {
                    switch character {
                    case Self.number: filled += number
                    case Self.value: filled += values.popFirst() ?? ""
                    case Self.words: filled += consent ?? Self.erased
                    default: filled.append(character)
                    }
                }
                return filled
            }
        }
    }

    static func json(_ findings: [[String]]) -> String {
        // Lists of texts have a form for each of their parts.
        (try? JSONEncoder().encode(findings)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
    }

    static func findings(json: String) -> [[String]] {
        (try? JSONDecoder().decode([[String]].self, from: Data(json.utf8))) ?? []
    }
}

/// Where a call's own values stand in the facts of a rule.
extension RuleText {
    private static func ownParts(of rule: String, in facts: String) -> [Substring] {
        switch rule {
        case "total_attempts": facts.firstMatch(of: /called (\d+) of/).map { [$0.output.1] } ?? []
        case "caps":
            facts.firstMatch(of: /Calls so far: (\d+) to the contact, (\d+) of them/)
                .map { [$0.output.1, $0.output.2] } ?? []
        case "silence": facts.firstMatch(of: /Last refusal ([0-9TZ:.+-]+)\.$/).map { [$0.output.1] } ?? []
        case "calling_hours": facts.matches(of: /[A-Z][a-z]{2} \d\d:\d\d(?= in )/).map(\.output)
        default: []
        }
    }
}
