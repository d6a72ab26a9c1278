import Testing

@testable import GrandstreamCTI

@Suite("An answer of the guide")
struct GuideAnswerTests {
    private func success(_ body: String, _ function: CTIFunction) throws -> JSONValue {
        try AnswerReader(redactor: Redactor(Passcode("admin")))
            .success(in: HTTPAnswer(status: 200, body: Array(body.utf8)), to: function)
    }

    @Test("lists three idle lines")
    func lineStatus() throws {
        let lines = try LineStatus.list(in: try success(GuideAnswers.lineStatus, .lineStatus))
        #expect(lines == (1...3).map { LineStatus(line: $0, state: .idle) })
    }

    @Test("says available or busy")
    func phoneStatus() throws {
        #expect(
            try PhoneStatus.read(try success(GuideAnswers.phoneAvailable, .phoneStatus))
                == PhoneStatus(state: .available, misc: "0"))
        #expect(try PhoneStatus.read(try success(GuideAnswers.phoneBusy, .phoneStatus)).state == .busy)
    }

    @Test("says registered or not")
    func accountStatus() throws {
        #expect(
            try AccountStatus.read(try success(GuideAnswers.accountRegistered, .accountStatus), account: 1)
                == AccountStatus(account: 1, registered: true, profile: 1, active: true, handsetMode: "HS1"))
        #expect(
            try AccountStatus.read(try success(GuideAnswers.accountNotRegistered, .accountStatus), account: 1)
                == AccountStatus(account: 1, registered: false, profile: 1, active: false, handsetMode: "HS1"))
    }

    @Test("says paired or not")
    func handsetStatus() throws {
        let paired = try HandsetStatus.read(try success(GuideAnswers.handsetPaired, .handsetStatus), handset: 1)
        #expect(paired == HandsetStatus(handset: 1, initialized: true, subscribed: true, state: .idle))
        #expect(paired.isPaired)
        let other = try HandsetStatus.read(try success(GuideAnswers.handsetNotPaired, .handsetStatus), handset: 1)
        #expect(other == HandsetStatus(handset: 1, initialized: false, subscribed: false, state: .unknown("")))
        #expect(!other.isPaired)
    }

    @Test("lists ten lines of a handset in the order of their numbers")
    func handsetLineStatus() throws {
        let lines = try HandsetLineStatus.list(
            in: try success(GuideAnswers.handsetLineStatus, .handsetLineStatus), handset: 1)
        #expect(lines.map(\.line) == Array(1...10))
        #expect(lines.first == HandsetLineStatus(line: 1, state: .idle, account: 1, registered: true, active: true))
        #expect(lines.dropFirst().allSatisfy { $0 == HandsetLineStatus(line: $0.line, state: .idle) })
    }

    @Test(
        "acknowledges a command",
        arguments: [
            (GuideAnswers.accepted, CTIFunction.phoneOperation, Acknowledgement.accepted),
            (GuideAnswers.accepted, .makeCall, .accepted), (GuideAnswers.accepted, .deviceOperation, .accepted),
            (GuideAnswers.complete, .sendKey, .word("complete")),
            (GuideAnswers.saveReboot, .systemOperation, .word("savereboot")),
            (GuideAnswers.directReboot, .systemOperation, .word("directreboot")),
            (GuideAnswers.reset, .systemOperation, .word("reset")),
        ])
    func acknowledgement(body: String, function: CTIFunction, expected: Acknowledgement) throws {
        #expect(try Acknowledgement.read(try success(body, function)) == expected)
    }

    @Test(
        "refuses a command",
        arguments: [
            (GuideAnswers.notAccepted, CTIFunction.phoneOperation), (GuideAnswers.notAccepted, .deviceOperation),
            (GuideAnswers.unknown, .sendKey), (GuideAnswers.unknown, .systemOperation),
            (GuideAnswers.failed, .makeCall),
        ])
    func refusal(body: String, function: CTIFunction) {
        let fault = #expect(throws: AnswerFault.self) { try success(body, function) }
        #expect(fault?.kind == .refused)
    }

    @Test(
        "“failed” to any status is taken for the passcode, so that nobody asks again",
        arguments: [CTIFunction.lineStatus, .phoneStatus, .accountStatus, .handsetStatus, .handsetLineStatus])
    func failedStatus(function: CTIFunction) {
        let fault = #expect(throws: AnswerFault.self) { try success(GuideAnswers.failed, function) }
        #expect(fault?.kind == .authentication)
    }
}
