/// What an outcome rests on: the line states seen, with times, and how closely we looked.
public struct Evidence: Sendable, Hashable, Codable {
    /// One change of the line that was ours, as a poll showed it.
    public struct Sighting: Sendable, Hashable, Codable {
        /// When the poll was answered.
        public var at: Instant
        /// The word as the phone wrote it.
        public var word: String
        /// A sighting from its parts.
        public init(at: Instant, word: String) {
            self.at = at
            self.word = word
        }
    }

    /// Things about an attempt that a reader of its outcome must know.
    public enum Note: String, Sendable, Hashable, Codable, CaseIterable {
        /// The command was accepted but no line left idle within 5 s.
        case notSeen = "not_seen"
        /// The gap between polls straddles a threshold, or hides how the call ended, so that another outcome is possible: an
        /// answer that was over before the next poll, for one.
        case uncertain
        /// The phone's answer to the dial command was lost; it may have acted.
        case answerLost = "answer_lost"
        /// The phone answered the dial command with an error; the lines decided.
        case errorAnswered = "error_answered"
        /// Our line rang as an incoming call does, with our number or none: it may have been ours or somebody who called in.
        case ringingShown = "ringing_shown"
        /// The call ended while the phone was not looked at, for so long that a conversation fits in between.
        case endNotSeen = "end_not_seen"
        /// Another call took the line before ours.
        case lineTaken = "line_taken"
        /// We cancelled at the ring timeout.
        case cancelledAtRingTimeout = "cancelled_at_ring_timeout"
        /// Until the ring timeout the line showed digits being entered and no call: SEND may have been lost.
        case neverCalling = "never_calling"
        /// The phone refused our cancel, because the call had been answered.
        case cancelRefused = "cancel_refused"
        /// We did not cancel, because the phone held another call that the cancel might have hit.
        case cancelWithheld = "cancel_withheld"
        /// An agent hung up from the desk page.
        case hungUpAtDesk = "hung_up_at_desk"
        /// The line showed `failed`.
        case failedShown = "failed_shown"
        /// We told the phone to let go of a failed line.
        case failedCleared = "failed_cleared"
        /// A word that is not in the word map was seen.
        case unreadableWord = "unreadable_word"
        /// The attempt was taken over after a restart; its times are lower bounds.
        case takenOver = "taken_over"
        /// A restart found this call by its line alone; it is presumed to be ours.
        case presumedOurs = "presumed_ours"
        /// A restart found the call already over.
        case foundIdleAtRestart = "found_idle_at_restart"
        /// A restart found the line in use by another number.
        case foundOtherCallAtRestart = "found_other_call_at_restart"
        /// The attempt was older than four hours at the restart.
        case tooOldAtRestart = "too_old_at_restart"
        /// The attempt was open when its database was lost, or in the back-up that was put in place: what shows on the line now may
        /// be another call.
        case openAtRestore = "open_at_restore"
        /// The call is known from a list of numbers alone, which was given after a back-up was restored.
        case toldByList = "told_by_list"
        /// The station is no longer configured.
        case stationGone = "station_gone"
        /// The phone could not be reached.
        case unreachable
        /// The phone answered, but our line was no longer among its lines.
        case lineGone = "line_gone"
        /// The phone answered with an authentication error.
        case authentication
    }

    /// The states of our line, each when it changed; the first 64 are kept.
    public var seen: [Sighting]
    /// The longest time between two polls while the attempt was open, in milliseconds.
    public var longestGapMilliseconds: Int64
    /// Notes in the order they arose, each once.
    public var notes: [Note]
    /// The phone's error answer, redacted, where that decided the outcome.
    public var detail: String?

    /// Evidence from its parts; empty by default.
    public init(
        seen: [Sighting] = [], longestGapMilliseconds: Int64 = 0, notes: [Note] = [], detail: String? = nil
    ) {
        self.seen = seen
        self.longestGapMilliseconds = longestGapMilliseconds
        self.notes = notes
        self.detail = detail
    }

    /// Adds a note once.
    public mutating func note(_ note: Note) {
        if !notes.contains(note) { notes.append(note) }
    }

    /// Adds a sighting if the word differs from the last one.
    public mutating func see(_ word: String, at instant: Instant) {
        guard seen.last?.word != word, seen.count < 64 else { return }
        seen.append(Sighting(at: instant, word: word))
    }
}
