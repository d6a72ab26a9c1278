import Campaigns
import Dialer
import Testing

@Suite struct LifeCycleTests {
    @Test("every pair of contact state and event gives what the table says, or is refused")
    func contactPairs() {
        for state in ContactState.allCases {
            for event in ContactEvent.allCases {
                let next = ContactLifeCycle.next(state, event, former: .waitingRetry)
                switch ContactLifeCycle.table[state]?[event] {
                case .to(let expected): #expect(next == expected)
                case .back: #expect(next == .waitingRetry)
                case nil: #expect(next == nil)
                }
            }
        }
        #expect(ContactLifeCycle.next(.inAttempt, .suppress, former: nil) == nil)
        #expect(ContactLifeCycle.next(.reserved, .suppress, former: .ready) == .suppressed)
    }

    @Test("a settled attempt takes no event, and every other phase can be settled")
    func attemptPairs() {
        for event in AttemptEvent.allCases { #expect(AttemptLifeCycle.next(.settled, event) == nil) }
        for phase in AttemptPhase.allCases where phase != .settled {
            #expect(AttemptLifeCycle.next(phase, .settle) == .settled)
        }
        #expect(AttemptLifeCycle.next(.calling, .beginWrapUp) == nil)
    }

    @Test("a station is ready only when nothing at all stands against it", arguments: StationInputs.Call.allCases)
    func stationInputs(call: StationInputs.Call) {
        for health in StationInputs.Health.allCases {
            for bits in 0..<32 {
                let inputs = StationInputs(
                    health: health, call: call, otherCall: bits & 1 > 0, unregistered: bits & 2 > 0,
                    doNotDisturb: bits & 4 > 0, paused: bits & 8 > 0, present: bits & 16 > 0)
                let isReady = StationLifeCycle.state(of: inputs) == .ready
                #expect(isReady == (health == .reachable && call == .none && bits == 16))
                #expect((StationLifeCycle.state(of: inputs) == .lockedOut) == (health == .lockedOut))
            }
        }
    }
}
