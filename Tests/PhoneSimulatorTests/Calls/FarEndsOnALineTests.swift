import Testing

@testable import PhoneSimulator

@Suite("What a line shows of its far end")
struct FarEndsOnALineTests {
    @Test(
        "Each ending of the standard table shows the states and times it was measured with",
        arguments: [
            ("5551201", ["dialing@0.0", "calling@0.0", "connected@4.0", "idle@19.0"], SimulatedCall.EndCause.farEnd),
            ("5551202", ["dialing@0.0", "calling@0.0", "failed@0.012", "idle@3.012"], .failed(code: 486)),
            ("5551204", ["dialing@0.0", "calling@0.0", "failed@0.012", "idle@3.012"], .failed(code: 404)),
            ("5551205", ["dialing@0.0", "calling@0.0", "failed@3.0", "idle@6.0"], .failed(code: 603)),
            ("5551207", ["dialing@0.0", "calling@0.0", "connected@0.03", "idle@12.03"], .farEnd),
            ("5551208", ["dialing@0.0", "calling@0.0", "connected@0.01", "idle@0.06"], .farEnd),
            ("5551209", ["dialing@0.0", "calling@0.0", "connected@4.0", "idle@16.0"], .farEnd),
            ("5551210", ["dialing@0.0", "calling@0.0", "failed@32.0", "idle@35.0"], .failed(code: 408)),
        ])
    func standardEndings(number: String, states: [String], cause: SimulatedCall.EndCause) {
        var bench = Bench()
        bench.press(number.map(String.init).joined(separator: ":") + ":SEND")
        bench.pass(600)
        #expect(bench.history() == states)
        #expect(bench.causes == [cause])
        #expect(bench.numbers == [number])
    }

    @Test("03 rings for ever and 06 talks until our side hangs up")
    func endlessEndings() {
        var ringing = Bench()
        ringing.press("1:0:3:SEND")
        ringing.pass(100_000)
        #expect(ringing.state() == .calling)

        var talking = Bench()
        talking.press("1:0:6:SEND")
        talking.pass(100_000)
        #expect(talking.history().last == "connected@3.0")
        #expect(talking.causes.isEmpty)
    }

    @Test("The person at the phone hangs up after so much talk, or gives up a call that still rings")
    func patience() {
        var talking = Bench { $0.agentHangsUpAfter = 20 }
        talking.press("1:0:6:SEND")
        talking.pass(100)
        #expect(talking.history().last == "idle@23.0")
        #expect(talking.causes == [.agentHangup])

        var ringing = Bench { $0.callerGivesUpAfter = 25 }
        ringing.press("1:0:3:SEND")
        ringing.pass(100)
        #expect(ringing.history().last == "idle@25.0")
        #expect(ringing.causes == [.agentHangup])

        var answered = Bench { $0.callerGivesUpAfter = 5 }
        answered.press("1:0:6:SEND")
        answered.pass(100)
        #expect(answered.state() == .connected)
    }

    @Test("`failed` shows for so long, or not at all, or until the line is told")
    func failedShows() {
        var hidden = Bench { $0.failedShows = 0 }
        hidden.press("1:0:2:SEND")
        hidden.pass(10)
        #expect(hidden.history() == ["dialing@0.0", "calling@0.0", "failed@0.012", "idle@0.012"])

        var endless = Bench { $0.failedShows = nil }
        endless.press("1:0:2:SEND")
        endless.pass(1000)
        #expect(endless.state() == .failed)
        let cleared = endless.perform(.cancel)
        #expect(cleared)
        #expect(endless.state() == .idle)
        #expect(endless.causes == [.failed(code: 486)], "clearing a failed line ends no second call")
    }

    @Test("A phone without registration places no call: SEND fails at once")
    func notRegistered() {
        var bench = Bench { $0.registered = false }
        bench.press("1:0:6:SEND")
        bench.pass(1)
        #expect(bench.causes == [.failed(code: 503)])
    }

    @Test("What is due between two looks happens at its own time, in order")
    func exactTimes() {
        var one = Bench()
        one.press("1:0:1:SEND")
        one.pass(100)
        var many = Bench()
        many.press("1:0:1:SEND")
        for _ in 0..<1000 { many.pass(0.1) }
        #expect(one.events == many.events)
    }
}
