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
    /// Whether the window is counted in whole calendar days of the contact's place, the day of the call left out: a call on the 1st
    /// counts in a window of 30 d through the end of the 31st.
    public var inCalendarDays: Bool

    /// A cap from its parts; by default of attempts to the contact, in a rolling window.
    public init(
        limit: Int, within: Duration?, counting: Counting = .attempts, subject: Subject = .contact, source: String,
        inCalendarDays: Bool = false
    ) {
        self.limit = limit
        self.within = within
        self.counting = counting
        self.subject = subject
        self.source = source
        self.inCalendarDays = inCalendarDays
    }

    /// `3 attempts to a contact within 24 h`.
    public var sentence: String {
        let window = within.map { "within \(CalendarDays.spoken($0, inCalendarDays))" } ?? "for ever"
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
    /// Whether ``lasting`` counts whole calendar days of the contact's place, as in a cap.
    public var inCalendarDays: Bool

    /// A silence from its parts.
    public init(after: Trigger, lasting: Duration?, source: String, inCalendarDays: Bool = false) {
        self.after = after
        self.lasting = lasting
        self.source = source
        self.inCalendarDays = inCalendarDays
    }

    /// `silence for 60 d after a refusal`.
    public var sentence: String {
        let time = lasting.map { "for \(CalendarDays.spoken($0, inCalendarDays))" } ?? "for ever"
        return "silence \(time) after a \(after.rawValue)"
    }
}

/// Windows that are counted in whole calendar days.
public enum CalendarDays {
    /// The most that such a window can exceed its length by: the rest of the day of the call, and an hour where the clock is set back.
    public static let slack: Duration = .seconds(25 * 3600)

    /// `30 d`, or `30 calendar days`.
    public static func spoken(_ length: Duration, _ inCalendarDays: Bool) -> String {
        inCalendarDays ? "\(length.components.seconds / 86_400) calendar days" : DurationText.spoken(length)
    }

    /// The longest that a window can reach back.
    public static func reach(_ length: Duration, _ inCalendarDays: Bool) -> Duration {
        inCalendarDays ? length + slack : length
    }
}
