import Campaigns

/// The life cycle of a station: one table from its inputs to its state, the first row that fits.
public enum StationLifeCycle {
    /// A row of the table.
    public struct Row: Sendable {
        /// The state of the row.
        public let state: StationState
        /// When it holds, in words, for docs and tests.
        public let when: String
        let holds: @Sendable (StationInputs) -> Bool
    }

    /// In order of precedence: a lock-out before all, a call of ours before the phone's health, health before readiness.
    public static let table: [Row] = [
        Row(state: .lockedOut, when: "the phone refused our passcode") { $0.health == .lockedOut },
        Row(state: .reconciling, when: "an attempt from before a restart is open") { $0.call == .reconciling },
        Row(state: .held, when: "our call is on hold") { $0.call == .held },
        Row(state: .inCall, when: "our call is connected") { $0.call == .connected },
        Row(state: .dialing, when: "our call is being dialled or rings") { $0.call == .dialing },
        Row(state: .wrapUp, when: "the agent wraps up") { $0.call == .wrapUp },
        Row(state: .reserved, when: "a contact is set aside") { $0.call == .reserved },
        Row(state: .unreachable, when: "the phone does not answer") { $0.health == .unreachable },
        Row(state: .unknown, when: "the phone was not polled yet") { $0.health == .unknown },
        Row(state: .busyByHand, when: "a line is in use that is not ours") { $0.otherCall },
        Row(state: .unregistered, when: "no account is registered") { $0.unregistered },
        Row(state: .dnd, when: "do not disturb is on") { $0.doNotDisturb },
        Row(state: .paused, when: "a person paused it, or its agent is away") { $0.paused || !$0.present },
        Row(state: .ready, when: "nothing of all that") { _ in true },
    ]

    /// The state for these inputs.
    public static func state(of inputs: StationInputs) -> StationState {
        table.first { $0.holds(inputs) }?.state ?? .unknown
    }
}
