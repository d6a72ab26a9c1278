import Campaigns
import Dialer
import Testing

/// Every pair of state and event, against the design's life cycles written down a second time, step by step.
@Suite("Life cycles") struct LifeCycleTests {
    static let contactSteps: Set<String> = [
        "ready reserve reserved", "waiting_retry reserve reserved", "callback reserve reserved",
        "reserved release callback", "reserved record_intent in_attempt",
        "in_attempt settle_retry waiting_retry", "in_attempt settle_callback callback", "in_attempt settle_done done",
        "in_attempt settle_exhausted exhausted", "in_attempt settle_suppressed suppressed",
        "in_attempt settle_as_before callback",
        "ready suppress suppressed", "waiting_retry suppress suppressed", "callback suppress suppressed",
        "reserved suppress suppressed", "done suppress suppressed", "exhausted suppress suppressed",
        "suppressed lift_suppression callback",
        "done reopen_for_retry waiting_retry", "done reopen_for_callback callback",
        "exhausted reopen_for_retry waiting_retry", "exhausted reopen_for_callback callback",
        "waiting_retry reconsider in_attempt", "callback reconsider in_attempt", "done reconsider in_attempt",
        "exhausted reconsider in_attempt", "ready schedule_callback callback",
        "waiting_retry schedule_callback callback", "callback schedule_callback callback",
    ]

    static let attemptSteps: Set<String> = [
        "intended seen_calling calling", "intended seen_connected connected", "intended settle settled",
        "calling seen_calling calling", "calling seen_connected connected", "calling settle settled",
        "connected seen_connected connected", "connected begin_wrap_up wrap_up", "connected settle settled",
        "wrap_up settle settled",
    ]

    @Test("a contact takes exactly the design's steps; its former state here is callback")
    func contact() {
        var steps: Set<String> = []
        for state in ContactState.allCases {
            for event in ContactEvent.allCases {
                if let next = ContactLifeCycle.next(state, event, former: .callback) {
                    steps.insert("\(state.rawValue) \(event.rawValue) \(next.rawValue)")
                }
            }
        }
        #expect(steps == Self.contactSteps)
    }

    @Test("an attempt takes exactly the design's steps")
    func attempt() {
        var steps: Set<String> = []
        for phase in AttemptPhase.allCases {
            for event in AttemptEvent.allCases {
                if let next = AttemptLifeCycle.next(phase, event) {
                    steps.insert("\(phase.rawValue) \(event.rawValue) \(next.rawValue)")
                }
            }
        }
        #expect(steps == Self.attemptSteps)
    }

    /// The station's state, reasoned out a second time: what is worst comes first.
    private func expected(_ inputs: StationInputs) -> StationState {
        if inputs.health == .lockedOut { return .lockedOut }
        switch inputs.call {
        case .reconciling: return .reconciling
        case .held: return .held
        case .connected: return .inCall
        case .dialing: return .dialing
        case .wrapUp: return .wrapUp
        case .reserved: return .reserved
        case .none: break
        }
        if inputs.health == .unreachable { return .unreachable }
        if inputs.health == .unknown { return .unknown }
        if inputs.otherCall { return .busyByHand }
        if inputs.unregistered { return .unregistered }
        if inputs.doNotDisturb { return .dnd }
        return inputs.paused || !inputs.present ? .paused : .ready
    }

    @Test("a station's state follows from every combination of its inputs", arguments: StationInputs.Call.allCases)
    func station(call: StationInputs.Call) {
        var reached: Set<StationState> = []
        for health in StationInputs.Health.allCases {
            for bits in 0..<32 {
                let inputs = StationInputs(
                    health: health, call: call, otherCall: bits & 1 > 0, unregistered: bits & 2 > 0,
                    doNotDisturb: bits & 4 > 0, paused: bits & 8 > 0, present: bits & 16 > 0)
                let state = StationLifeCycle.state(of: inputs)
                #expect(state == expected(inputs), "\(inputs)")
                reached.insert(state)
            }
        }
        #expect(call != .none || reached.count == 8)
    }
}
