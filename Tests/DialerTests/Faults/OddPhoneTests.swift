import CampaignStore
import Campaigns
import Dialer
import Foundation
import PhoneNumbers
import PhoneSimulator
import TestSupport
import Testing

/// Phones that say one thing and do another, over real HTTP: no number is called twice for it, and no possible call counts as none.
@Suite("Phones that answer oddly", .timeLimit(.minutes(15))) struct OddPhoneTests {
    typealias Floor = PhoneFaultTests.Floor

    private static let dialing: Set = ["api-send_key", "api-make_call"]
    private static let looks: Set = ["api-get_line_status", "api-get_hs_line_status"]
    private static let conversations: Set = ["answered", "short_answer"]

    /// How a phone is told to dial.
    enum Way: String, CaseIterable, Sendable {
        case keys, gxpMakeCall, dpMakeCall

        var family: PhoneFamily { self == .dpMakeCall ? .dp : .gxp }
        var phone: String { self == .dpMakeCall ? "base-1" : "desk-1" }
    }

    private func floor(
        _ way: Way, calls: Int, ending: Int, scale: Double = 4, _ behaviour: PhoneBehaviour
    ) async throws -> Floor {
        let floor = try await Floor(scale: scale, calls: calls, ending: ending, family: way.family, [behaviour])
        guard way == .gxpMakeCall else { return floor }
        let yaml = PhoneSimulator.phonesYAML(for: await floor.simulator.runningPhones())
        var devices = try PhonesFile.read(yaml, file: "phones.yaml", mayBeLocal: true)
        devices[0].dialWith = .makeCall
        _ = try floor.store.applyDevices(devices, at: floor.start)
        return floor
    }

    /// Runs until nothing is due now, and holds the run to what is promised whatever phones do: no number got two commands.
    private func run(_ floor: Floor) async throws -> (attempts: [AttemptRow], log: [TruthEntry], status: EngineStatus) {
        let summary = try await floor.engine().run()
        return try await ended(floor, summary)
    }

    private func ended(
        _ floor: Floor, _ summary: RunSummary
    ) async throws -> (attempts: [AttemptRow], log: [TruthEntry], status: EngineStatus) {
        let calls = await floor.simulator.calls()
        let log = await floor.simulator.truthLog()
        try await floor.expectPromises(byHand: calls.count { $0.direction == .incoming })
        await floor.simulator.stop()
        #expect(summary.end == .idle)
        let byNumber = Dictionary(grouping: calls.filter { $0.direction == .outgoing }, by: \.number)
        #expect(byNumber.values.allSatisfy { $0.count == 1 })
        let attempts = try #require(floor.scratch).attempts().sorted { $0.attempt < $1.attempt }
            .filter { $0.outcome != "not_sent" }
        #expect(log.count { $0.event == .request && Self.dialing.contains($0.function ?? "") } == attempts.count)
        return (attempts, log, summary.status)
    }

    // MARK: Ringing at once

    @Test(
        "a phone that says ringing of its own calls: each is followed to its end, none is ended by us, none is called again soon",
        arguments: [(Way.keys, true), (.gxpMakeCall, false), (.dpMakeCall, true)])
    func ringing(way: Way, showsNumber: Bool) async throws {
        for (ending, outcomes) in [(3, ["unknown"]), (7, ["answered", "short_answer", "unknown"])] {
            var behaviour = Floor.behaviour()
            behaviour.callingWord = "ringing"
            behaviour.showsNumberCalled = showsNumber
            behaviour.callerGivesUpAfter = 30
            let floor = try await floor(way, calls: 1, ending: ending, scale: 10, behaviour)
            let (attempts, log, status) = try await run(floor)
            #expect(attempts.count == 1)
            #expect(attempts.allSatisfy { outcomes.contains($0.outcome ?? "") }, "\(attempts.map(\.outcome))")
            #expect(!log.contains { $0.event == .request && ["cancel", "endcall"].contains($0.operation ?? "") })
            guard ending == 3 else { continue }
            #expect(attempts.allSatisfy { $0.evidence?.notes.contains(.ringingShown) == true })
            // The review delay, and one word to the administrator.
            #expect(status.nextDue.map { $0.since(floor.start) > .seconds(23 * 3600) } == true)
            #expect(status.stations.first?.wordsToLearn == ["ringing"])
        }
    }

    @Test("once the phone's words are learned, its calls are ended at the ring timeout as others are")
    func learned() async throws {
        var behaviour = Floor.behaviour()
        behaviour.callingWord = "ringing"
        behaviour.callerGivesUpAfter = 60
        let floor = try await floor(.gxpMakeCall, calls: 1, ending: 3, scale: 10, behaviour)
        let yaml = PhoneSimulator.phonesYAML(for: await floor.simulator.runningPhones())
        var devices = try PhonesFile.read(yaml, file: "phones.yaml", mayBeLocal: true)
        devices[0].states = ["ringing": .calling]
        _ = try floor.store.applyDevices(devices, at: floor.start)
        let (attempts, log, status) = try await run(floor)
        #expect(attempts.map(\.outcome) == ["no_answer"])
        #expect(log.contains { $0.event == .request && $0.operation == "cancel" })
        #expect(status.stations.first?.wordsToLearn == [])
    }

    @Test("a base on which somebody calls in between the last look and our command: nobody can tell, so it counts")
    func incoming() async throws {
        let floor = try await floor(.dpMakeCall, calls: 1, ending: 7, Floor.behaviour())
        let simulator = floor.simulator
        // The caller's line is the one that our call would have had; ours is refused, since the base says so.
        try await simulator.setBehaviour(
            {
                $0.faults = [
                    RequestFault(
                        .otherAnswer(#"{"response":"success","body":true}"#, commandActs: false),
                        functions: ["api-make_call"])
                ]
            }, of: "base-1")
        try await simulator.onNextRequest(to: "base-1", matching: "api-make_call") {
            _ = try? await simulator.incomingCall(to: "base-1", handset: 1, from: "4155550199", ringSeconds: 20)
        }
        let (attempts, log, _) = try await run(floor)
        #expect(attempts.map(\.outcome) == ["unknown"])
        #expect(!log.contains { $0.event == .request && $0.function == "api-device_operation" })
    }

    // MARK: Errors in answers of success

    static let errors: [(Way, String)] = [
        (.gxpMakeCall, #"{"response":"success","body":{"code":8}}"#),
        (.dpMakeCall, #"{"response":"success","body":"failed"}"#),
        (.keys, #"{"response":"failed"}"#), (.dpMakeCall, #"{"response":"error","body":false}"#),
    ]

    @Test(
        "an error in the answer, and the call goes out: it is ours, it is followed, and nobody is called again for it",
        arguments: errors)
    func errorThatActs(way: Way, answer: String) async throws {
        let fault = RequestFault(.otherAnswer(answer, commandActs: true), functions: Self.dialing)
        let floor = try await floor(way, calls: 2, ending: 7, Floor.behaviour([fault]))
        let attempts = try await run(floor).attempts
        #expect(attempts.count == 2)
        #expect(attempts.allSatisfy { Self.conversations.contains($0.outcome ?? "") }, "\(attempts.map(\.outcome))")
        #expect(attempts.allSatisfy { $0.evidence?.notes.contains(.errorAnswered) == true })
    }

    @Test(
        "an error in the answer, and the line stays idle: nothing was dialed, it does not count, and it is tried again later",
        arguments: errors)
    func errorThatHolds(way: Way, answer: String) async throws {
        let fault = RequestFault(.otherAnswer(answer, commandActs: false), functions: Self.dialing)
        let floor = try await floor(way, calls: 1, ending: 7, Floor.behaviour([fault]))
        let (attempts, _, status) = try await run(floor)
        #expect(attempts.map(\.outcome) == ["phone_refused"])
        let attempt = try #require(attempts.first)
        let end = try #require(attempt.endedAt)
        #expect(end.since(attempt.intendedAt) >= .seconds(5))
        #expect(status.nextDue.map { $0.since(end) >= .seconds(59) } == true)
    }

    // MARK: Looks that fail

    @Test(
        "looks that fail while a person talks: the call is never busy or failed, and is not made again",
        arguments: [true, false])
    func lostLooks(fromTheCommandOn: Bool) async throws {
        var behaviour = Floor.behaviour()
        behaviour.agentHangsUpAfter = 14
        let floor = try await floor(.keys, calls: 1, ending: 6, behaviour)
        let simulator = floor.simulator
        let blind: @Sendable () async -> Void = {
            try? await simulator.setBehaviour(
                { $0.faults = [RequestFault(.drop, functions: Self.looks)] }, of: "desk-1")
        }
        if fromTheCommandOn { try await simulator.onNextRequest(to: "desk-1", matching: "api-send_key", before: blind) }
        let engine = try floor.engine()
        let run = Task { try await engine.run() }
        if !fromTheCommandOn {
            try await wait(for: "our call on its line") { try floor.store.openAttempts().first?.line != nil }
            await blind()
        }
        try await wait(for: "the end of the call") { await simulator.calls().first?.endedAt != nil }
        try await simulator.setBehaviour({ $0.faults = [] }, of: "desk-1")
        let attempts = try await ended(floor, try await run.value).attempts
        #expect(attempts.count == 1)
        let outcome = attempts.first?.outcome ?? ""
        #expect(["unknown", "phone_lost", "answered", "short_answer"].contains(outcome), "\(outcome)")
    }

    @Test(
        "a command that is taken and a line that stays silent: one command, and an outcome that counts",
        arguments: Way.allCases)
    func silentLine(way: Way) async throws {
        let fault = RequestFault(
            .otherAnswer(#"{"response":"success","body":"complete"}"#, commandActs: false), functions: Self.dialing)
        let floor = try await floor(way, calls: 1, ending: 7, Floor.behaviour([fault]))
        let (attempts, _, status) = try await run(floor)
        #expect(attempts.map(\.outcome) == ["failed_fast"])
        #expect(attempts.first?.evidence?.notes == [.notSeen])
        #expect(status.nextDue.map { $0.since(floor.start) > .seconds(3500) } == true)
    }
}
