import Foundation

/// The call operations of api-phone_operation and api-device_operation.
enum LineOperation: String, Sendable, CaseIterable {
    case endcall, holdcall, unholdcall, acceptcall, rejectcall, cancel

    /// Whether the operation can do anything on a line in `state`.
    ///
    /// The guide: endcall ends an established call, cancel "rejects or cancels calls". So a connected line refuses
    /// cancel, as 35 of 60 cancels near the answer were refused on real calls.
    func applies(to state: SimulatedLineState, togglesHold: Bool, behaviour: PhoneBehaviour) -> Bool {
        switch (self, state) {
        case (.endcall, .connected), (.endcall, .onhold), (.endcall, .failed): true
        case (.endcall, .calling): behaviour.endcallEndsCalling
        case (.holdcall, .connected): true
        case (.holdcall, .onhold): togglesHold
        case (.unholdcall, .onhold): true
        case (.acceptcall, .ringing), (.rejectcall, .ringing): true
        case (.cancel, .dialing), (.cancel, .calling), (.cancel, .ringing): true
        case (.cancel, .failed): behaviour.cancelClearsFailed
        default: false
        }
    }
}

extension StationModel {
    /// Carries an operation out.
    /// - Parameters:
    ///   - line: from 0; nil: the line in focus if the operation applies there, else the lowest where it does.
    ///   - togglesHold: whether a second holdcall resumes, as on GXP phones.
    /// - Returns: false where it applies to no such line; nothing changes then.
    mutating func perform(
        _ operation: LineOperation, on line: Int?, togglesHold: Bool, at now: Date, in context: CallContext
    ) -> Bool {
        let candidates = line.map { [$0] } ?? [activeLine] + lines.indices
        let target = candidates.first {
            lines.indices.contains($0)
                && operation.applies(to: lines[$0].state, togglesHold: togglesHold, behaviour: context.behaviour)
        }
        guard let target else { return false }
        switch operation {
        case .endcall: end(target, cause: .localEndcall, at: now)
        case .cancel, .rejectcall: end(target, cause: .localCancel, at: now)
        case .acceptcall: pickUp(target, at: now, in: context)
        case .holdcall, .unholdcall:
            let held = lines[target].state == .connected
            lines[target].schedule(.holdTakesEffect(held: held), at: now + context.behaviour.holdDelay)
        }
        return true
    }
}
