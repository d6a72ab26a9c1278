import Foundation

/// What a station needs from around it to act.
struct CallContext: Sendable {
    var behaviour: PhoneBehaviour
    let network: SimulatedNetwork
}

/// The lines and keys that belong to one person: a whole GXP phone, or one handset of a DP base.
///
/// A plain state machine: it is told the time, changes, and leaves what happened in `outbox`. It never looks at a clock;
/// whoever holds it calls `advance(to:in:)` at `nextDeadline` and before anything else happens to it.
struct StationModel: Sendable {
    /// A key that waits in the queue of api-send_key.
    struct QueuedKey: Sendable {
        var key: PhoneKey
        var at: Date
    }

    var lines: [SimulatedLine]
    /// The line in focus, from 0.
    var activeLine = 0
    var doNotDisturb = false
    var muted = false
    var speaker = false
    var headset = false
    var keypadLocked = false
    var queuedKeys: [QueuedKey] = []
    /// What happened since the holder last took it.
    var outbox: [CallEvent] = []

    init(lines count: Int) {
        lines = Array(repeating: SimulatedLine(), count: count)
    }

    /// The lowest idle line, from 0.
    var idleLine: Int? {
        lines.firstIndex { $0.state == .idle }
    }

    /// Whether any line is in use.
    var isBusy: Bool {
        lines.contains { $0.state != .idle }
    }

    // MARK: Time

    /// When something happens by itself next.
    var nextDeadline: Date? {
        var earliest = queuedKeys.first?.at
        for line in lines {
            guard let due = line.nextDeadline else { continue }
            earliest = earliest.map { min($0, due) } ?? due
        }
        return earliest
    }

    /// Lets everything happen that is due, each at its own time.
    mutating func advance(to now: Date, in context: CallContext) {
        while let due = nextDeadline, due <= now {
            if let line = lines.firstIndex(where: { $0.nextDeadline == due }) {
                if let occurrence = lines[line].takeNext() { happen(occurrence, on: line, at: due, in: context) }
            } else {
                press(queuedKeys.removeFirst().key, at: due, in: context)
            }
        }
    }

    private mutating func happen(_ occurrence: LineOccurrence, on line: Int, at now: Date, in context: CallContext) {
        switch occurrence {
        case .farEndAnswers(let talkSeconds):
            connect(line, talkSeconds: talkSeconds, at: now, in: context)
        case .farEndHangsUp:
            end(line, cause: .farEnd, at: now)
        case .farEndFails(let code):
            fail(line, code: code, at: now, in: context)
        case .agentHangsUp, .callerGivesUp:
            end(line, cause: .agentHangup, at: now)
        case .failureClears:
            clear(line, at: now)
        case .holdTakesEffect(let held):
            setHeld(held, line, at: now)
        }
    }

    // MARK: What every change goes through

    mutating func move(_ line: Int, to state: SimulatedLineState, at now: Date) {
        let former = lines[line].state
        guard former != state else { return }
        lines[line].state = state
        outbox.append(.lineChanged(line: line + 1, from: former, to: state, call: lines[line].call, at: now))
    }

    /// Starts a call on a line; its far end does the rest.
    mutating func start(
        _ call: LineCall, on line: Int, as state: SimulatedLineState, origin: SimulatedCall.Origin, at now: Date
    ) {
        lines[line].digits = ""
        lines[line].call = call
        lines[line].clearAgenda()
        outbox.append(.started(call: call, line: line + 1, origin: origin, at: now))
        move(line, to: state, at: now)
    }

    /// The two sides talk from now on. A station has one talk at a time: any other is held.
    mutating func connect(_ line: Int, talkSeconds: Double?, at now: Date, in context: CallContext) {
        guard let call = lines[line].call else { return }
        for other in lines.indices where other != line { setHeld(true, other, at: now) }
        lines[line].clearAgenda()
        outbox.append(.answered(call: call, line: line + 1, at: now))
        move(line, to: .connected, at: now)
        if let talkSeconds { lines[line].schedule(.farEndHangsUp, at: now + talkSeconds) }
        if let patience = context.behaviour.agentHangsUpAfter {
            lines[line].schedule(.agentHangsUp, at: now + patience)
        }
    }

    /// Ends the line's call and frees the line.
    mutating func end(_ line: Int, cause: SimulatedCall.EndCause, at now: Date) {
        if let call = lines[line].call, lines[line].state != .failed {
            outbox.append(.ended(call: call, line: line + 1, cause: cause, at: now))
        }
        clear(line, at: now)
    }

    /// The call is over; the line may go on to show that it failed.
    mutating func fail(_ line: Int, code: Int, at now: Date, in context: CallContext) {
        guard let call = lines[line].call else { return }
        outbox.append(.ended(call: call, line: line + 1, cause: .failed(code: code), at: now))
        lines[line].clearAgenda()
        move(line, to: .failed, at: now)
        switch context.behaviour.failedShows {
        case nil: break
        case let seconds? where seconds <= 0: clear(line, at: now)
        case let seconds?: lines[line].schedule(.failureClears, at: now + seconds)
        }
    }

    /// Back to idle; the focus goes to a line in use, or home to the first.
    mutating func clear(_ line: Int, at now: Date) {
        lines[line].digits = ""
        lines[line].clearAgenda()
        move(line, to: .idle, at: now)
        lines[line].call = nil
        if lines[activeLine].state == .idle { activeLine = lines.firstIndex { $0.state != .idle } ?? 0 }
        if !isBusy { muted = false }
    }

    mutating func setHeld(_ held: Bool, _ line: Int, at now: Date) {
        guard lines[line].state == (held ? .connected : .onhold) else { return }
        if !held { makeWay(for: line, at: now) }
        move(line, to: held ? .onhold : .connected, at: now)
    }

    /// Gives `line` the focus: another line's talk is held, and digits not sent there are dropped.
    mutating func makeWay(for line: Int, at now: Date) {
        for other in lines.indices where other != line {
            switch lines[other].state {
            case .connected: setHeld(true, other, at: now)
            case .dialing: clear(other, at: now)
            default: break
            }
        }
        activeLine = line
    }
}
