import Foundation

extension StationModel {
    /// Puts keys into the queue; they are pressed one by one, `keyDelay` apart, after those already waiting.
    mutating func enqueue(_ keys: [PhoneKey], at now: Date, in context: CallContext) {
        var time = max(now, queuedKeys.last?.at ?? now)
        for key in keys {
            time += context.behaviour.keyDelay
            queuedKeys.append(QueuedKey(key: key, at: time))
        }
    }

    /// What a key does at the moment it is pressed.
    mutating func press(_ key: PhoneKey, at now: Date, in context: CallContext) {
        if keypadLocked, key != .unlockKeypad { return }
        switch key {
        case .digit(let digit): enter(digit, at: now)
        case .line(let number): select(number - 1, at: now, in: context)
        case .send: send(at: now, in: context)
        case .offHook: goOffHook(at: now, in: context)
        case .onHook: goOnHook(at: now)
        case .hold: setHeld(lines[activeLine].state == .connected, activeLine, at: now)
        case .speaker: pressSpeaker(at: now, in: context)
        case .mute: muted.toggle()
        case .doNotDisturb: doNotDisturb.toggle()
        case .headset: headset.toggle()
        case .lockKeypad: keypadLocked = true
        case .unlockKeypad: keypadLocked = false
        case .withoutEffectOnLines: break
        }
    }

    /// A digit goes to the line in focus: it begins or continues a number there, or is a tone of the talk there.
    private mutating func enter(_ digit: Character, at now: Date) {
        switch lines[activeLine].state {
        case .idle, .dialing:
            move(activeLine, to: .dialing, at: now)
            lines[activeLine].digits.append(digit)
        case .connected:
            guard let call = lines[activeLine].call else { return }
            outbox.append(.tone(call: call, line: activeLine + 1, digit: digit, at: now))
        case .calling, .ringing, .onhold, .failed:
            break
        }
    }

    /// A line key: answers, resumes, or takes the line off the hook for a new number.
    private mutating func select(_ line: Int, at now: Date, in context: CallContext) {
        guard lines.indices.contains(line) else { return }
        switch lines[line].state {
        case .ringing: pickUp(line, at: now, in: context)
        case .onhold: setHeld(false, line, at: now)
        case .idle:
            makeWay(for: line, at: now)
            move(line, to: .dialing, at: now)
        case .dialing, .calling, .connected, .failed:
            makeWay(for: line, at: now)
        }
    }

    /// SEND dials what was keyed in on the line in focus; otherwise it answers a call that rings.
    private mutating func send(at now: Date, in context: CallContext) {
        if lines[activeLine].state == .dialing, !lines[activeLine].digits.isEmpty {
            dial(lines[activeLine].digits, on: activeLine, origin: .sendKey, at: now, in: context)
        } else if let line = ringingLine {
            pickUp(line, at: now, in: context)
        }
    }

    /// Answers what rings, dials what was keyed in, or gives a dial tone.
    private mutating func goOffHook(at now: Date, in context: CallContext) {
        if ringingLine == nil, lines[activeLine].state == .idle {
            move(activeLine, to: .dialing, at: now)
        } else if let line = ringingLine {
            pickUp(line, at: now, in: context)
        } else {
            send(at: now, in: context)
        }
    }

    /// Rejects what rings (guide: "ONHOOK: Reject call"), otherwise hangs up the line in focus.
    private mutating func goOnHook(at now: Date) {
        if let line = ringingLine {
            end(line, cause: .localCancel, at: now)
            return
        }
        switch lines[activeLine].state {
        case .connected, .onhold: end(activeLine, cause: .localEndcall, at: now)
        case .dialing, .calling, .failed: end(activeLine, cause: .localCancel, at: now)
        case .idle, .ringing: break
        }
    }

    private mutating func pressSpeaker(at now: Date, in context: CallContext) {
        if let line = ringingLine {
            speaker = true
            pickUp(line, at: now, in: context)
            return
        }
        switch lines[activeLine].state {
        case .idle:
            speaker = true
            move(activeLine, to: .dialing, at: now)
        case .dialing:
            speaker = false
            clear(activeLine, at: now)
        case .calling, .ringing, .connected, .onhold, .failed:
            speaker.toggle()
        }
    }

    /// The line that rings: the one in focus first, then the lowest.
    private var ringingLine: Int? {
        lines[activeLine].state == .ringing ? activeLine : lines.firstIndex { $0.state == .ringing }
    }
}
