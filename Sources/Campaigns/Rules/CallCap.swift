/// At most so many calls to one number or contact in any window of time, across all campaigns.
public struct CallCap: Sendable, Hashable {
    /// What is counted.
    public enum Counting: String, Sendable, CaseIterable, Hashable {
        /// Every attempt that counts by the outcome table, unanswered ones included.
        case attempts
        /// Attempts in which a person was reached.
        case conversations
    }

    /// Whose calls are counted.
    public enum Subject: String, Sendable, CaseIterable, Hashable {
        /// Calls to the one number.
        case number
        /// Calls to the contact, by any of its numbers and by every contact that shares one; the stricter of the two.
        case contact
    }

    /// Most calls in the window, 1 or more.
    public var limit: Int
    /// The length of the rolling window; nil for ever.
    public var within: Duration?
    public var counting: Counting
    public var subject: Subject
    /// The statute or setting it comes from.
    public var source: String

    /// A cap from its parts; by default of attempts to the contact.
    public init(
        limit: Int, within: Duration?, counting: Counting = .attempts, subject: Subject = .contact, source: String
    ) {
        self.limit = limit
        self.within = within
        self.counting = counting
        self.subject = subject
        self.source = source
    }

    /// `3 attempts to a contact within 24 h`.
    public var sentence: String {
        let window = within.map { "within \(DurationText.spoken($0))" } ?? "for ever"
        return "\(limit) \(counting.rawValue) to a \(subject.rawValue) \(window)"
    }
}

/// No call to a contact for a time after something was said, across all campaigns.
public struct Silence: Sendable, Hashable {
    /// What begins the silence.
    public enum Trigger: String, Sendable, CaseIterable, Hashable {
        /// The person was not interested.
        case refusal
        /// A person was reached.
        case conversation
    }

    public var after: Trigger
    /// How long it lasts; nil for ever.
    public var lasting: Duration?
    /// The statute or setting it comes from.
    public var source: String

    /// A silence from its parts.
    public init(after: Trigger, lasting: Duration?, source: String) {
        self.after = after
        self.lasting = lasting
        self.source = source
    }

    /// `silence for 60 d after a refusal`.
    public var sentence: String {
        "silence \(lasting.map { "for \(DurationText.spoken($0))" } ?? "for ever") after a \(after.rawValue)"
    }
}
