import Testing

@testable import PhoneSimulator

@Suite("Incoming calls")
struct IncomingCallTests {
    @Test("A caller gives up after so long; an accepted call ends when the caller hangs up")
    func lifetimes() {
        var missed = Bench()
        missed.ring(for: 10)
        missed.pass(60)
        #expect(missed.history() == ["ringing@0.0", "idle@10.0"])
        #expect(missed.causes == [.farEnd])

        var taken = Bench()
        taken.ring(for: 10, talks: 30)
        taken.pass(5)
        let accepted = taken.perform(.acceptcall)
        #expect(accepted)
        taken.pass(60)
        #expect(taken.history() == ["ringing@0.0", "connected@5.0", "idle@35.0"])
    }

    @Test("DND, a missing registration and busy lines turn calls away")
    func turnedAway() {
        var disturbed = Bench()
        disturbed.press("DND")
        #expect(disturbed.ring() == nil)
        var offline = Bench { $0.registered = false }
        #expect(offline.ring() == nil)
        var full = Bench()
        for _ in 0..<3 { full.ring() }
        #expect(full.ring() == nil)
        #expect(full.numbers.count == 3)
        #expect(full.events.contains(.turnedAway(number: "5550100", at: full.now)))
    }

    @Test("Accepting a second call holds the first")
    func callWaiting() {
        var bench = Bench()
        bench.press("1:0:6:SEND")
        bench.pass(5)
        bench.ring()
        let accepted = bench.perform(.acceptcall)
        #expect(accepted)
        #expect(bench.state(1) == .onhold)
        #expect(bench.state(2) == .connected)
    }
}
