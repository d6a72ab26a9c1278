import CallingRules
import Campaigns
import Dialer
import Testing

@testable import offhook

@Suite("How punctual the polls of a rehearsal were") struct PollPunctualityTests {
    /// 09:00 in New York.
    private let start = Instant(milliseconds: 1_798_034_400_000)

    private func poll(at second: Int64, late milliseconds: Int64, isInCall: Bool = true) -> PollTiming {
        let began = start + .seconds(second)
        return PollTiming(isInCall: isInCall, dueAt: began - .milliseconds(milliseconds), beganAt: began)
    }

    private func clock() throws -> ZoneClock { try #require(ZoneClock("America/New_York")) }

    @Test("late is what missed a whole turn: 250 ms in a call, one second otherwise, in rehearsed time")
    func late() throws {
        var polls = PollPunctuality()
        for lateness: Int64 in [-40, 0, 250] { polls.note(poll(at: 1, late: lateness)) }
        for lateness: Int64 in [251, 1000] { polls.note(poll(at: 2, late: lateness, isInCall: false)) }
        #expect(polls.late == 0 && polls.polls == 5)
        #expect(try polls.sentences(speed: 20, on: clock()).count == 1)
        polls.note(poll(at: 3, late: 251))
        polls.note(poll(at: 4, late: 1001, isInCall: false))
        #expect(polls.late == 2 && polls.polls == 7)
        #expect(polls.most == .milliseconds(1001))
    }

    @Test("it says how many, by how much, in which quarter hours, and at which speed they would be punctual")
    func sentences() throws {
        var polls = PollPunctuality()
        for second: Int64 in 0..<990 { polls.note(poll(at: second, late: 10)) }
        // 09:05, 09:20 twice, 10:00.
        for second: Int64 in [300, 1200, 1210, 3600] { polls.note(poll(at: second, late: 500)) }
        for second: Int64 in 0..<6 { polls.note(poll(at: 4000 + second, late: 0)) }
        let said = try polls.sentences(speed: 20, on: clock()).joined(separator: " ")
        #expect(said.contains("At 20 times real time 4 of 1000 polls (0.4 %) came later"))
        #expect(said.contains("up to 500 ms of rehearsed time"))
        #expect(said.contains("2026-12-23 09:15 (2 of 92), 2026-12-23 09:00 (1 of 901), 2026-12-23 10:00 (1 of 7)"))
        // The worst was late by two intervals.
        #expect(said.contains("--speed 10"))
    }

    @Test("where no speed helps, it says so and names none below real time")
    func slowComputer() throws {
        var polls = PollPunctuality()
        polls.note(poll(at: 0, late: 20_000))
        let said = try polls.sentences(speed: 20, on: clock()).joined(separator: " ")
        #expect(said.contains("--speed 1, and nothing else on this computer"))
        #expect(!said.contains("--speed 0"))
    }
}
