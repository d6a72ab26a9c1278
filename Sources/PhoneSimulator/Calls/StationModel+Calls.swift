import Foundation

extension StationModel {
    /// Dials `number` on `line` (from 0), which must be idle or dialing.
    mutating func dial(
        _ number: String, on line: Int, origin: SimulatedCall.Origin, at now: Date, in context: CallContext
    ) {
        makeWay(for: line, at: now)
        let call = LineCall(id: context.network.nextCallID(), direction: .outgoing, number: number, name: "")
        start(call, on: line, as: .calling, origin: origin, at: now)
        let plan = context.behaviour.registered ? context.network.place(number) : .notRegistered
        let rung = now + plan.ringSeconds
        switch plan.ending {
        case .answers(let talkSeconds): lines[line].schedule(.farEndAnswers(talkSeconds: talkSeconds), at: rung)
        case .fails(let code): lines[line].schedule(.farEndFails(code: code), at: rung)
        case .ringsForEver: break
        }
        if let patience = context.behaviour.callerGivesUpAfter {
            lines[line].schedule(.callerGivesUp, at: now + patience)
        }
    }

    /// An incoming call: the lowest idle line rings, and has the focus if the station was idle.
    /// - Parameters:
    ///   - ringSeconds: when the caller gives up; nil: never.
    ///   - talkSeconds: when the caller hangs up after the answer; nil: never by itself.
    /// - Returns: the call's number, or nil where DND, a missing registration or busy lines turn it away.
    mutating func ring(
        from number: String, name: String, ringSeconds: Double?, talkSeconds: Double?, at now: Date,
        in context: CallContext
    ) -> Int? {
        guard !doNotDisturb, context.behaviour.registered, let line = idleLine else {
            outbox.append(.turnedAway(number: number, at: now))
            return nil
        }
        if !isBusy { activeLine = line }
        let call = LineCall(id: context.network.nextCallID(), direction: .incoming, number: number, name: name)
        start(call, on: line, as: .ringing, origin: .network, at: now)
        lines[line].incomingTalkSeconds = talkSeconds
        if let ringSeconds { lines[line].schedule(.farEndHangsUp, at: now + ringSeconds) }
        return call.id
    }

    /// Our side answers the call that rings on `line`.
    mutating func pickUp(_ line: Int, at now: Date, in context: CallContext) {
        guard lines[line].state == .ringing else { return }
        makeWay(for: line, at: now)
        connect(line, talkSeconds: lines[line].incomingTalkSeconds, at: now, in: context)
    }

    /// The person at the phone hangs up, rejects, or puts the receiver back.
    /// - Returns: false where the line was idle.
    mutating func hangUpByHand(_ line: Int, at now: Date) -> Bool {
        guard lines[line].state != .idle else { return false }
        end(line, cause: .agentHangup, at: now)
        return true
    }

    /// The power goes: calls end, keys are forgotten, and with them what was set by keys for the moment.
    mutating func losePower(at now: Date) {
        queuedKeys.removeAll()
        for line in lines.indices where lines[line].state != .idle { end(line, cause: .powerLoss, at: now) }
        muted = false
        speaker = false
    }
}
