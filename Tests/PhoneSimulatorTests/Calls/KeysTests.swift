import Testing

@testable import PhoneSimulator

@Suite("Keys")
struct KeysTests {
    @Test("Digits gather on the line until SEND, and nothing is dialled before")
    func gather() {
        var bench = Bench()
        bench.press("5:5:5:*:STAR:#:HASH:POUND")
        #expect(bench.state() == .dialing)
        #expect(bench.numbers.isEmpty)
        bench.press("SEND")
        #expect(bench.numbers == ["555**###"])
    }

    @Test("Keys are pressed one after the other, so far apart, behind those that wait")
    func queue() {
        var bench = Bench { $0.keyDelay = 0.5 }
        bench.press("1:0:6")
        #expect(bench.state() == .idle)
        bench.press("SEND")
        bench.pass(10)
        #expect(bench.history() == ["dialing@0.5", "calling@2.0", "connected@5.0"])
    }

    @Test("Digits on a connected line are tones; nothing is dialled")
    func tones() {
        var bench = Bench()
        bench.press("1:0:6:SEND")
        bench.pass(5)
        bench.press("4:2:SEND")
        #expect(bench.tones == "42")
        #expect(bench.numbers == ["106"])
        #expect(bench.state(2) == .idle)
    }

    @Test("With a line key first, a second number is dialled there and the talk is held")
    func secondLine() {
        var bench = Bench()
        bench.press("1:0:6:SEND")
        bench.pass(5)
        bench.press("LINE2:2:0:6:SEND")
        #expect(bench.state(1) == .onhold)
        #expect(bench.state(2) == .calling)
        bench.pass(5)
        #expect(bench.state(2) == .connected)
        bench.press("LINE1")
        #expect(bench.state(1) == .connected)
        #expect(bench.state(2) == .onhold)
    }

    @Test("SEND on a phone that rings answers; the digits before it are not dialled")
    func sendAnswers() {
        var bench = Bench()
        bench.ring(from: "5550177")
        bench.press("2:0:6:SEND")
        #expect(bench.state() == .connected)
        #expect(bench.numbers == ["5550177"])
    }

    @Test("A call that comes in while digits are keyed rings on another line, and SEND dials")
    func incomingWhileKeying() {
        var bench = Bench()
        bench.press("2:0:6")
        bench.ring()
        #expect(bench.state(2) == .ringing)
        bench.press("SEND")
        #expect(bench.state(1) == .calling)
        #expect(bench.state(2) == .ringing)
    }

    @Test("A line key leaves a ringing line alone and dials beside it")
    func dialBesideRinging() {
        var bench = Bench()
        bench.ring()
        bench.press("LINE2:2:0:6:SEND")
        #expect(bench.state(1) == .ringing)
        #expect(bench.state(2) == .calling)
    }

    @Test(
        "OFFHOOK, SPEAKER and the line's own key answer; ONHOOK rejects",
        arguments: [
            ("OFFHOOK", SimulatedLineState.connected), ("SPEAKER", .connected), ("LINE1", .connected),
            ("ONHOOK", .idle),
        ])
    func answering(key: String, state: SimulatedLineState) {
        var bench = Bench()
        bench.ring()
        bench.press(key)
        #expect(bench.state() == state)
    }

    @Test("ONHOOK gives up a call that rings at the far end, and hangs up a talk")
    func onHook() {
        var calling = Bench()
        calling.press("1:0:3:SEND:ONHOOK")
        #expect(calling.causes == [.localCancel])

        var talking = Bench()
        talking.press("1:0:6:SEND")
        talking.pass(5)
        talking.press("ONHOOK")
        #expect(talking.causes == [.localEndcall])
    }

    @Test("OFFHOOK gives a dial tone, dials what was keyed in, and SPEAKER puts the line back")
    func offHook() {
        var bench = Bench()
        bench.press("OFFHOOK")
        #expect(bench.state() == .dialing)
        bench.press("SPEAKER")
        #expect(bench.state() == .idle)
        bench.press("2:0:6:OFFHOOK")
        #expect(bench.state() == .calling)
    }

    @Test("HOLD holds and resumes, and does nothing without a talk")
    func hold() {
        var bench = Bench()
        bench.press("HOLD")
        #expect(bench.state() == .idle)
        bench.press("1:0:6:SEND:HOLD")
        #expect(bench.state() == .calling)
        bench.pass(5)
        bench.press("HOLD")
        #expect(bench.state() == .onhold)
        bench.press("HOLD")
        #expect(bench.state() == .connected)
    }

    @Test("MUTE, HEADSET and DND toggle; the mute ends with the call")
    func toggles() {
        var bench = Bench()
        bench.press("DND:HEADSET")
        #expect(bench.station.doNotDisturb)
        #expect(bench.station.headset)
        bench.press("DND:1:0:6:SEND")
        #expect(!bench.station.doNotDisturb)
        bench.pass(5)
        bench.press("MUTE")
        #expect(bench.station.muted)
        bench.press("ONHOOK")
        #expect(!bench.station.muted)
    }

    @Test("A locked keypad takes no key but UNLOCK")
    func lock() {
        var bench = Bench()
        bench.press("LOCK:1:0:6:SEND")
        #expect(bench.numbers.isEmpty)
        bench.press("UNLOCK:1:0:6:SEND")
        #expect(bench.numbers == ["106"])
    }

    @Test("Menu keys change no line", arguments: ["XFER", "CONF", "VM", "VUP", "VDOWN", "SOFT4", "MPK24", "OK", "UP"])
    func menuKeys(key: String) {
        var bench = Bench()
        bench.press(key)
        #expect(bench.events.isEmpty)
    }

    @Test(
        "Words that are no keys of the guide are none here",
        arguments: ["", "A", "12", "send", "LINE0", "LINE9", "LINE4", "LINE01", "SOFT5", "MPK25", "MPK0", "SEND ", "٣"])
    func noKeys(word: String) {
        #expect(PhoneKey(word: word, family: .gxp, lines: 3, strict: false) == nil)
    }

    @Test("`#` is HASH on a DP and both on a GXP; strictly, each family takes the keys shown for it")
    func families() {
        #expect(PhoneKey(word: "#", family: .gxp, lines: 3, strict: false) == .digit("#"))
        #expect(PhoneKey(word: "#", family: .dp, lines: 10, strict: false) == nil)
        #expect(PhoneKey(word: "HASH", family: .dp, lines: 10, strict: false) == .digit("#"))
        #expect(PhoneKey(word: "SEND", family: .dp, lines: 10, strict: false) == .send)
        #expect(PhoneKey(word: "SEND", family: .dp, lines: 10, strict: true) == nil)
        #expect(PhoneKey(word: "OFFHOOK", family: .gxp, lines: 3, strict: true) == nil)
        for word in ["SPEAKER", "MUTE", "7"] {
            #expect(PhoneKey(word: word, family: .gxp, lines: 3, strict: true) != nil)
            #expect(PhoneKey(word: word, family: .dp, lines: 10, strict: true) != nil)
        }
    }
}
