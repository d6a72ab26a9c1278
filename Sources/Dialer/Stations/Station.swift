import CampaignStore
import Campaigns

/// One station of the heart: its inputs, its call, and when it wants to be polled.
struct Station: Sendable {
    /// How often a line with a call of ours is polled.
    static let callInterval: Duration = .milliseconds(250)
    /// How often an idle line is polled.
    static let idleInterval: Duration = .seconds(1)
    /// How old the poll may be that lets a station dial.
    static let freshness: Duration = .milliseconds(500)
    /// The longest pause between polls of a phone that does not answer.
    static let longestBackoff: Duration = .seconds(30)

    /// How soon a phone is asked again that was not asked for want of descriptors or memory.
    static let shortageInterval: Duration = .seconds(1)

    /// Words that are remembered as told: a phone that makes up new ones has no claim to more.
    static let mostUnknownWords = 64

    /// A time that does not come.
    static let never = Instant(milliseconds: 9_000_000_000_000_000)

    let setup: StationSetup
    var state: StationState = .unknown
    var health: StationInputs.Health = .unknown
    var failures = 0
    var failureText = ""
    var present = true
    var pausedReason: String?
    var lines: [ObservedLine] = []
    var polledAt: Instant?
    var isPolling = false
    var nextPoll: Instant?
    /// When the poll that is under way was due.
    var pollDueAt: Instant?
    /// A contact is being looked for; the store is asked right now.
    var isAsking = false
    /// What is looked for is only to be shown to the agent: no call starts with it.
    var isOffering = false
    var watch: CallWatch?
    /// The dial command is under way.
    var awaitsCommand = false
    var campaign: CampaignID?
    var wrapUp: (attempt: AttemptID, until: Instant)?
    var readySince: Instant?
    /// A contact that is shown to the agent.
    var offer: (reservation: Reservation, until: Instant)?
    /// A call that the agent asked for and that waits for a fresh look at the lines.
    var wanted: WantedCall?
    /// What the agent said of the call that is still open, or in its wrap-up.
    var said: (attempt: AttemptID, what: SaidDisposition)?
    /// The extension behind the number of the open call.
    var awaitedExtension: AwaitedExtension?
    /// The agent's page was gone when the open call was answered.
    var agentAbsent = false
    /// When the last call ended, wrap-up included.
    var lastEnd: Instant?
    /// Pacing holds this station back until then.
    var heldUntil: Instant?
    /// Campaigns that have nothing for this station before an instant, though they have for others.
    var nothingUntil: [CampaignID: Instant] = [:]
    /// Lines in use by calls that we did not place.
    var observed: [Int: ObservedCall] = [:]
    /// Words that were told as in need of a meaning.
    var unknownWords: Set<String> = []
    /// Since when its state is what it is.
    var stateSince: Instant?
    /// Whether a page of its agent was ever live: then the page, not the setup, tells whether they are there.
    var hasPage = false
    /// Since when the desk's page is gone, while that is not yet taken for the agent's absence.
    var deskGoneAt: Instant?
    /// Commands of the desk that wait for a look at the lines.
    var lineCommands: [WaitingLineCommand] = []
    /// The agent began a transfer or a conference: further lines of the phone are part of our call.
    var consults = false
    /// The phone said that something changed while a poll was under way.
    var looksAgain = false
    /// Its setup changed, or it was taken away: no further call is placed, and it goes when the last has ended.
    var isLeaving = false

    init(_ setup: StationSetup) {
        self.setup = setup
        lastEnd = setup.lastEnd
    }

    /// The inputs of the life cycle's table, as they are now.
    var inputs: StationInputs {
        let call: StationInputs.Call =
            if let watch {
                watch.isReconciling
                    ? .reconciling : watch.isOnHold ? .held : watch.isConnected ? .connected : .dialing
            } else if wrapUp != nil {
                .wrapUp
            } else {
                isAsking || offer != nil || wanted != nil ? .reserved : .none
            }
        let known = lines.filter { $0.registered != nil }
        return StationInputs(
            health: health, call: call, otherCall: lines.contains { $0.phase != .idle && $0.line != watch?.line },
            unregistered: !known.isEmpty && known.allSatisfy { $0.registered == false },
            paused: pausedReason != nil || isLeaving,
            present: present)
    }

    /// Whether the poll that showed all lines idle is young enough to dial on.
    func isFresh(at now: Instant) -> Bool {
        polledAt.map { now.since($0) <= Self.freshness } ?? false
    }

    /// Has it polled now, unless that is overdue already: how late it is must not be forgotten.
    mutating func askNow(at now: Instant) {
        nextPoll = nextPoll.map { min($0, now) } ?? now
    }

    /// When to poll next after an answer or a failure.
    func interval() -> Duration {
        if health == .unreachable {
            let seconds = 1 << min(max(failures - 1, 0), 5)
            // A call of ours is looked for closely, whatever the phone does.
            return watch != nil ? .seconds(1) : min(.seconds(seconds), Self.longestBackoff)
        }
        return watch != nil ? Self.callInterval : Self.idleInterval
    }

    /// Takes the lines of a poll that are not our call's: calls by hand and incoming ones.
    mutating func observe(at now: Instant) -> [DialerEffect] {
        var effects: [DialerEffect] = []
        for line in lines {
            // A line that shows `failed` holds no call: it is what one leaves behind, ours included.
            let isOther = line.phase != .idle && line.phase != .failed && line.line != watch?.line
            switch (isOther, observed[line.line]) {
            case (true, nil):
                // A watch without a line may still find its call here; it is asked first.
                observed[line.line] = ObservedCall(
                    isConnected: line.phase == .connected, remoteNumber: line.remoteNumber ?? "")
                effects.append(
                    .observedCall(
                        station: setup.name, line: line.line, incoming: line.phase == .ringing,
                        remoteNumber: line.remoteNumber))
            case (true, let call?): effects += observe(call, again: line)
            case (false, .some):
                observed[line.line] = nil
                effects.append(.observedCallEnded(station: setup.name, line: line.line))
            case (false, nil): break
            }
            if !line.word.isEmpty, !setup.words.isKnown(line.word), unknownWords.count < Self.mostUnknownWords,
                unknownWords.insert(line.word).inserted
            {
                effects.append(.unknownWord(station: setup.name, line.word))
            }
        }
        return effects
    }

    /// What is to be told of the words of our call that is over: each word once.
    mutating func wordsToTell(of evidence: Evidence) -> [DialerEffect] {
        guard evidence.notes.contains(.ringingShown),
            let word = evidence.seen.map(\.word).first(where: { setup.words.phase(of: $0) == .ringing }),
            unknownWords.insert(word.lowercased()).inserted
        else { return [] }
        return [.unknownWord(station: setup.name, word)]
    }

    /// Takes a further sighting of a call that we did not place. Its number is often dialled digit by digit, so the first
    /// sighting may show none; a number that disappears again stays what it was.
    private mutating func observe(_ call: ObservedCall, again line: ObservedLine) -> [DialerEffect] {
        var call = call
        var effects: [DialerEffect] = []
        if let number = line.remoteNumber, !number.isEmpty, number != call.remoteNumber {
            call.remoteNumber = number
            effects.append(.observedCallNumber(station: setup.name, line: line.line, remoteNumber: number))
        }
        if line.phase == .connected, !call.isConnected {
            call.isConnected = true
            effects.append(.observedCallConnected(station: setup.name, line: line.line))
        }
        observed[line.line] = call
        return effects
    }
}

/// A call that we did not place, as far as it was seen.
struct ObservedCall: Sendable, Hashable {
    /// Whether it was seen connected.
    var isConnected: Bool
    /// The last number that the phone showed of it; empty where it showed none yet.
    var remoteNumber: String
}
