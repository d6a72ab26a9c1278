import Foundation
import NIOConcurrencyHelpers

/// Turns what stations report into calls and log entries. One recorder serves all phones of a simulator.
final class TruthRecorder: Sendable {
    let log: TruthLog
    private let register = NIOLockedValueBox<[Int: SimulatedCall]>([:])

    init(log: TruthLog) {
        self.log = log
    }

    /// All calls so far, in the order of their starts.
    var calls: [SimulatedCall] {
        register.withLockedValue { $0.values.sorted { $0.id < $1.id } }
    }

    func record(_ event: CallEvent, phone: String, handset: Int?) {
        switch event {
        case .lineChanged(let line, let from, let to, let call, let time):
            var entry = TruthEntry(.line, at: time, phone: phone, handset: handset)
            entry.line = line
            entry.from = from
            entry.to = to
            entry.callID = call?.id
            entry.number = call?.number
            log.append(entry)
        case .started(let call, let line, let origin, let time):
            let started = SimulatedCall(
                id: call.id, phone: phone, handset: handset, line: line, direction: call.direction, origin: origin,
                number: call.number, startedAt: time)
            register.withLockedValue { $0[call.id] = started }
            var entry = callEntry(.callStarted, call, line: line, at: time, phone: phone, handset: handset)
            entry.origin = origin.rawValue
            log.append(entry)
        case .answered(let call, let line, let time):
            register.withLockedValue { $0[call.id]?.answeredAt = time }
            log.append(callEntry(.callAnswered, call, line: line, at: time, phone: phone, handset: handset))
        case .ended(let call, let line, let cause, let time):
            register.withLockedValue {
                $0[call.id]?.endedAt = time
                $0[call.id]?.endCause = cause
            }
            var entry = callEntry(.callEnded, call, line: line, at: time, phone: phone, handset: handset)
            entry.cause = cause.description
            log.append(entry)
        case .tone(let call, let line, let digit, let time):
            var entry = callEntry(.tone, call, line: line, at: time, phone: phone, handset: handset)
            entry.keys = String(digit)
            log.append(entry)
        case .turnedAway(let number, let time):
            var entry = TruthEntry(.turnedAway, at: time, phone: phone, handset: handset)
            entry.number = number
            log.append(entry)
        }
    }

    private func callEntry(
        _ event: TruthEntry.Event, _ call: LineCall, line: Int, at time: Date, phone: String, handset: Int?
    ) -> TruthEntry {
        var entry = TruthEntry(event, at: time, phone: phone, handset: handset)
        entry.line = line
        entry.callID = call.id
        entry.number = call.number
        entry.direction = call.direction.rawValue
        return entry
    }
}
