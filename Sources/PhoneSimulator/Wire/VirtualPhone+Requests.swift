import Foundation
import NIOCore
import NIOHTTP1

extension VirtualPhone {
    /// Takes a request; `reply` is called on the phone's event loop, at once or later, exactly once at most.
    func receive(_ request: PhoneRequest, reply: @escaping @Sendable (PhoneReply) -> Void) {
        let hook = update { state, _ -> RequestHook? in
            let index = state.hooks.firstIndex { $0.function == nil || $0.function == request.functionName }
            return index.map { state.hooks.remove(at: $0) }
        }
        guard let hook else {
            takeTurn(request, reply: reply)
            return
        }
        Task {
            await hook.action()
            loop.execute { self.takeTurn(request, reply: reply) }
        }
    }

    /// One request at a time: it acts when the one before is answered, and is answered a latency later.
    private func takeTurn(_ request: PhoneRequest, reply: @escaping @Sendable (PhoneReply) -> Void) {
        let arrival = NIODeadline.now()
        let (turn, answerAt) = update { state, _ in
            let turn = max(arrival, state.busyUntil)
            var seconds = state.behaviour.latency
            if state.behaviour.jitter > 0 { seconds += state.behaviour.jitter * state.jitter.nextUnit() }
            state.busyUntil = seconds > 0 ? turn + .seconds(real: seconds) : turn
            return (turn, state.busyUntil)
        }
        let act: @Sendable () -> Void = {
            let outcome = self.serve(request)
            if answerAt > turn {
                self.loop.scheduleTask(deadline: answerAt) { reply(outcome) }
            } else {
                reply(outcome)
            }
        }
        if turn > arrival {
            loop.scheduleTask(deadline: turn, act)
        } else {
            act()
        }
    }

    /// Carries a request out and decides what the client gets to see of it.
    private func serve(_ request: PhoneRequest) -> PhoneReply {
        update { state, now in
            guard state.power == .on else { return .close }
            let function = request.functionName
            let fault = state.faults.strike(function: function, faults: state.behaviour.faults)
            var entry = TruthEntry(.request, at: now, phone: name)
            entry.describe(request, fault: fault)
            if let fault, !fault.letsTheCommandAct {
                recorder.log.append(entry)
                return refusal(fault, of: request, state.behaviour)
            }
            let judged = judge(request, &state, now)
            entry.answer = judged.succeeded ? "success" : "error"
            recorder.log.append(entry)
            if let aftermath = judged.aftermath { restart(aftermath, after: state.busyUntil) }
            return reply(judged.answer, to: request, fault: fault, behaviour: state.behaviour)
        }
    }

    /// What the client gets of a request that did not act.
    private func refusal(
        _ fault: RequestFault.Kind, of request: PhoneRequest, _ behaviour: PhoneBehaviour
    ) -> PhoneReply {
        switch fault {
        case .drop: return .close
        case .reset: return .reset
        case .redirect, .unauthorized, .echo, .otherAnswer:
            let empty = RawAnswer(contentType: behaviour.contentType, body: "")
            return reply(empty, to: request, fault: fault, behaviour: behaviour)
        default: return .silence
        }
    }

    private typealias Judgement = (answer: RawAnswer, succeeded: Bool, aftermath: CommandResult.Aftermath?)

    private func judge(_ request: PhoneRequest, _ state: inout VirtualPhoneState, _ now: Date) -> Judgement {
        let behaviour = state.behaviour
        guard request.method == .GET || request.method == .POST else {
            return (.page(status: 405, reason: "Method Not Allowed"), false, nil)
        }
        guard request.method == .GET || request.tellsLength else {
            return (.page(status: 411, reason: "Length Required"), false, nil)
        }
        guard request.query.functionName != nil else {
            return (.page(status: 404, reason: "Not Found"), false, nil)
        }
        let function = request.query.function
        // Newer families were seen to take `password` for `passcode` with api-make_call.
        let alias = function == .makeCall && state.device.family == .gxp ? request.query["password"] : nil
        switch state.gate.judge(
            request.query["passcode"] ?? alias, expected: state.device.passcode, behaviour: behaviour, at: now)
        {
        case .admitted: break
        case .wrongPasscode:
            let form = behaviour.wrongPasscodeAnswer
            let answer = form.answer(contentType: behaviour.contentType, lockSeconds: behaviour.lockSeconds)
            return (answer, false, nil)
        case .locked(let seconds):
            let answer = WrongPasscodeAnswer.locked.answer(contentType: behaviour.contentType, lockSeconds: seconds)
            return (answer, false, nil)
        }
        guard let function, function.isKnown(to: state.device.family) else {
            return (behaviour.unknownFunctionAnswer.answer(contentType: behaviour.contentType), false, nil)
        }
        let interpreter = GuideInterpreter(query: request.query, now: now, context: context(state))
        let result = interpreter.carryOut(function, on: &state.device)
        return (RawAnswer(contentType: behaviour.contentType, body: result.body), result.succeeded, result.aftermath)
    }

    private func reply(
        _ answer: RawAnswer, to request: PhoneRequest, fault: RequestFault.Kind?, behaviour: PhoneBehaviour
    ) -> PhoneReply {
        var answer = answer
        var closing = behaviour.closesAfterAnswer || behaviour.speaksHTTP10 || !request.keepsAlive
        var isCut = false
        if let fault, let odd = OddAnswers.answer(for: fault, to: request.uri, instead: answer) { answer = odd }
        switch fault {
        case .lose: return .close
        case .stall: return .silence
        case .cut:
            isCut = true
            closing = true
        default: break
        }
        var bytes = answer.bytes(http10: behaviour.speaksHTTP10, closing: closing, allocator: ByteBufferAllocator())
        if isCut { bytes.moveWriterIndex(to: bytes.writerIndex - answer.body.utf8.count / 2) }
        if case .drip(let seconds) = fault { return .drip(bytes, seconds: seconds) }
        return .answer(bytes, thenClose: closing)
    }
}

extension TruthEntry {
    /// What a request asks for. The passcode is never among it: only these parameters are kept.
    fileprivate mutating func describe(_ request: PhoneRequest, fault: RequestFault.Kind?) {
        function = request.functionName
        handset = request.query.number("hs")
        operation = request.query["cmd"] ?? request.query["request"]
        line = request.query.number("line") ?? request.query.number("arg")
        keys = request.query["keys"]
        number = request.query["phonenumber"]
        self.fault = fault?.word
    }
}
