import Testing

@testable import PhoneSimulator

@Suite("Call operations")
struct LineOperationTests {
    /// By the guide: what each operation is accepted on.
    static let accepted: [LineOperation: Set<SimulatedLineState>] = [
        .endcall: [.connected, .onhold, .failed],
        .holdcall: [.connected],
        .unholdcall: [.onhold],
        .acceptcall: [.ringing],
        .rejectcall: [.ringing],
        .cancel: [.dialing, .calling, .ringing, .failed],
    ]

    @Test(
        "Every operation is accepted on the states it is for, and refused on all others",
        arguments: LineOperation.allCases)
    func table(operation: LineOperation) {
        for state in SimulatedLineState.allCases {
            let applies = operation.applies(to: state, togglesHold: false, behaviour: PhoneBehaviour())
            #expect(applies == Self.accepted[operation]?.contains(state), "\(operation) on \(state)")
        }
    }

    @Test("A second holdcall resumes where it toggles")
    func toggle() {
        #expect(LineOperation.holdcall.applies(to: .onhold, togglesHold: true, behaviour: PhoneBehaviour()))
    }

    @Test("Settings let endcall end a call that still rings, and keep cancel from clearing `failed`")
    func settings() {
        var behaviour = PhoneBehaviour()
        behaviour.endcallEndsCalling = true
        behaviour.cancelClearsFailed = false
        #expect(LineOperation.endcall.applies(to: .calling, togglesHold: false, behaviour: behaviour))
        #expect(!LineOperation.cancel.applies(to: .failed, togglesHold: false, behaviour: behaviour))
        #expect(LineOperation.endcall.applies(to: .failed, togglesHold: false, behaviour: behaviour))
    }

    @Test("A cancel that comes after the answer is refused, and the call runs on")
    func cancelAfterAnswer() {
        var bench = Bench()
        bench.press("1:0:6:SEND")
        bench.pass(2.999)
        bench.pass(0.001)
        let cancelled = bench.perform(.cancel)
        #expect(!cancelled)
        #expect(bench.state() == .connected)
        let ended = bench.perform(.endcall)
        #expect(ended)
        #expect(bench.causes == [.localEndcall])
    }

    @Test("Without a line the one in focus is meant, or else the lowest where the operation applies")
    func withoutLine() {
        var bench = Bench()
        bench.press("1:0:6:SEND")
        bench.pass(5)
        bench.ring()
        let rejected = bench.perform(.rejectcall)
        #expect(rejected)
        #expect(bench.state(1) == .connected)
        #expect(bench.state(2) == .idle)
    }

    @Test("A named line is the only one touched", arguments: [0, 2, 4, -1, 99])
    func otherLine(line: Int) {
        var bench = Bench()
        bench.press("1:0:3:SEND")
        let cancelled = bench.perform(.cancel, line: line)
        #expect(!cancelled)
        #expect(bench.state(1) == .calling)
    }

    @Test("Hold and resume are answered a moment before the line changes")
    func holdDelay() {
        var bench = Bench { $0.holdDelay = 0.005 }
        bench.press("1:0:6:SEND")
        bench.pass(5)
        let held = bench.perform(.holdcall)
        #expect(held)
        #expect(bench.state() == .connected)
        bench.pass(0.01)
        #expect(bench.state() == .onhold)
        let resumed = bench.perform(.unholdcall)
        #expect(resumed)
        bench.pass(0.01)
        #expect(bench.state() == .connected)
    }

    @Test("The far end can hang up while it is on hold")
    func hangUpOnHold() {
        var bench = Bench()
        bench.press("1:0:1:SEND")
        bench.pass(5)
        _ = bench.perform(.holdcall)
        bench.pass(20)
        #expect(bench.history().last == "idle@19.0")
        #expect(bench.causes == [.farEnd])
    }
}
