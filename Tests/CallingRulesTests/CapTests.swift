import CallingRules
import Campaigns
import Testing

@Suite("Caps and silences") struct CapTests {
    private let now = Instant(milliseconds: 1_773_151_200_000)
    private let day: Duration = .seconds(86_400)

    private func ago(_ seconds: Int) -> Instant { now - .seconds(seconds) }

    @Test(
        "the third call in 24 h is allowed, the fourth is not before the first has left the window, to the millisecond")
    func rolling() {
        let cap = CallCap(limit: 3, within: day, source: "test")
        let calls = [80_000, 50_000, 1000].map { PastCall(at: ago($0)) }
        #expect(cap.verdict(at: now, calls: Array(calls.dropFirst())).isAllowed)
        guard case .denied(let until, _) = cap.verdict(at: now, calls: calls) else {
            Issue.record("the fourth must be denied")
            return
        }
        #expect(until == now + .seconds(6400))
        #expect(!cap.verdict(at: now + .seconds(6400) - .milliseconds(1), calls: calls).isAllowed)
        #expect(cap.verdict(at: now + .seconds(6400), calls: calls).isAllowed)
    }

    @Test("a cap over more calls than it allows waits for all the surplus to leave")
    func surplus() {
        let cap = CallCap(limit: 2, within: day, source: "test")
        let calls = [80_000, 70_000, 60_000, 1000].map { PastCall(at: ago($0)) }
        guard case .denied(let until, _) = cap.verdict(at: now, calls: calls) else {
            Issue.record("must be denied")
            return
        }
        #expect(until == ago(60_000) + day)
    }

    @Test("a cap for ever has no end")
    func ever() {
        let cap = CallCap(limit: 1, within: nil, source: "test")
        #expect(cap.verdict(at: now, calls: []).isAllowed)
        guard case .denied(nil, _) = cap.verdict(at: now, calls: [PastCall(at: ago(900_000_000))]) else {
            Issue.record("one call for ever")
            return
        }
    }

    @Test("a cap to a number leaves the contact's other numbers out, one to a contact does not")
    func subject() {
        let calls = [PastCall(at: ago(60), isThisNumber: false)]
        #expect(CallCap(limit: 1, within: day, subject: .number, source: "t").verdict(at: now, calls: calls).isAllowed)
        #expect(
            !CallCap(limit: 1, within: day, subject: .contact, source: "t").verdict(at: now, calls: calls).isAllowed)
    }

    @Test("a cap of conversations does not count calls that reached nobody")
    func conversations() {
        let cap = CallCap(limit: 1, within: day, counting: .conversations, source: "t")
        #expect(cap.verdict(at: now, calls: [PastCall(at: ago(60))]).isAllowed)
        #expect(!cap.verdict(at: now, calls: [PastCall(at: ago(60), conversedAt: ago(30))]).isAllowed)
    }

    @Test("a call that a clock put back dates in the future still counts")
    func clockPutBack() {
        let cap = CallCap(limit: 1, within: day, source: "t")
        #expect(!cap.verdict(at: now, calls: [PastCall(at: now + .seconds(3600))]).isAllowed)
    }

    @Test("seven in seven: seven calls in a week, and a week of silence after a conversation")
    func sevenInSeven() {
        let cap = CallCap(limit: 7, within: .seconds(7 * 86_400), source: "Reg F")
        let silence = Silence(after: .conversation, lasting: .seconds(7 * 86_400), source: "Reg F")
        let calls = (1...7).map { PastCall(at: ago($0 * 3600)) }
        #expect(cap.verdict(at: now, calls: Array(calls.dropLast())).isAllowed)
        #expect(!cap.verdict(at: now, calls: calls).isAllowed)
        let spoken = [PastCall(at: ago(6 * 86_400 + 60), conversedAt: ago(6 * 86_400))]
        guard case .denied(let until, _) = silence.verdict(at: now, calls: spoken) else {
            Issue.record("six days after a conversation")
            return
        }
        #expect(until == now + day)
        #expect(silence.verdict(at: now + day, calls: spoken).isAllowed)
        #expect(!silence.verdict(at: now + day - .milliseconds(1), calls: spoken).isAllowed)
    }

    @Test("silence after a refusal counts from the last one, and may last for ever")
    func refusal() {
        let calls = [
            PastCall(at: ago(100 * 86_400), refusedAt: ago(100 * 86_400)),
            PastCall(at: ago(10 * 86_400), refusedAt: ago(10 * 86_400)), PastCall(at: ago(60), conversedAt: ago(30)),
        ]
        guard
            case .denied(let until?, _) = Silence(after: .refusal, lasting: .seconds(60 * 86_400), source: "fr")
                .verdict(
                    at: now, calls: calls)
        else {
            Issue.record("60 days")
            return
        }
        #expect(until == now + .seconds(50 * 86_400))
        guard case .denied(nil, _) = Silence(after: .refusal, lasting: nil, source: "x").verdict(at: now, calls: calls)
        else {
            Issue.record("for ever")
            return
        }
    }
}
