/// Why a rule decided as it did: a short code for machines and a sentence for people.
public struct Reason: Sendable, Hashable, Codable, CustomStringConvertible {
    /// A stable word, such as `calling_hours` or `suppressed`.
    public var code: String
    /// One sentence with the facts in it.
    public var text: String

    /// A reason from its parts.
    public init(code: String, text: String) {
        self.code = code
        self.text = text
    }

    /// The sentence.
    public var description: String { text }
}

/// The answer of a calling rule.
public enum Verdict: Sendable, Hashable {
    /// The rule has nothing against a call at this instant.
    case allowed
    /// The rule forbids the call until an instant, or, with nil, until a person or a file changes something.
    case denied(until: Instant?, [Reason])

    /// Whether the answer is `.allowed`.
    public var isAllowed: Bool { self == .allowed }

    /// The stricter of two: any denial wins; two denials add their reasons, and the later end (never, if either is never).
    public func and(_ other: Verdict) -> Verdict {
        switch (self, other) {
        case (.allowed, let verdict), (let verdict, .allowed): return verdict
        case (.denied(let first, let reasons), .denied(let second, let more)):
            guard let first, let second else { return .denied(until: nil, reasons + more) }
            return .denied(until: max(first, second), reasons + more)
        }
    }
}

/// What one rule said, kept so that every decision can be explained.
public struct Finding: Sendable, Hashable {
    /// The name of the rule.
    public var rule: String
    /// What it answered.
    public var verdict: Verdict
    /// The facts it looked at, as a sentence.
    public var facts: String

    /// A finding from its parts.
    public init(rule: String, verdict: Verdict, facts: String) {
        self.rule = rule
        self.verdict = verdict
        self.facts = facts
    }
}

/// The answer of a pacing rule.
public enum PacingVerdict: Sendable, Hashable {
    /// A call may start now.
    case now
    /// Ask again at this instant, or, with nil, when something changes.
    case wait(until: Instant?, because: Reason)
}
