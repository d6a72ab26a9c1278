import CampaignStore
import Campaigns
import Dialer
import Foundation
import PhoneNumbers
import PhoneSimulator
import Testing

/// The dialer's claims against what the virtual phones know, over real HTTP.
@Suite("The dialer against the truth", .serialized) struct TruthTests {
    private let scale = 4.0
    /// On a busy machine a call of 20 s may look shorter than 10: what a gap between polls hides was not seen.
    private static let conversations: Set = ["answered", "short_answer"]

    private func behaviour() -> PhoneBehaviour {
        var behaviour = PhoneBehaviour()
        behaviour.agentHangsUpAfter = 20
        behaviour.callerGivesUpAfter = 60
        return behaviour
    }

    @Test("12 stations and 300 contacts: outcomes agree with the truth, no number too often, no station twice at once")
    func threeHundred() async throws {
        let scratch = try ScratchStore()
        let store = scratch.store
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: 10), seed: 11)
        let phones = try await simulator.start(
            (1...8).map { .gxp(name: "desk-\($0)", passcode: "p", behaviour: behaviour()) }
                + [.dp(name: "base-1", handsets: 4, passcode: "p", behaviour: behaviour())])
        _ = try store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true), at: start)
        // Six of ten of these numbers fail by themselves: the brake, which is not asked about here, would be a matter of chance.
        let id = try scratch.campaign(
            "t", "pacing: { wrap_up: 1s }\nbrakes: { failed_fast: off }\n", at: start)
        let numbers = (0..<300).map { PhoneNumber.test($0, ending: [2, 4, 5, 7, 8, 1, 9, 2, 4, 33][$0 % 10]) }
        let barred = Set(numbers.prefix(10))
        _ = try store.suppress(Array(barred), campaign: nil, source: "test", at: start)
        let counts = try scratch.load(numbers, into: id, at: start)
        #expect(counts.suppressed == 10)
        let quarantined = PhoneNumber.test(999, ending: 7)
        try scratch.quarantine("Ada,\(quarantined.e164),x", in: id, at: start)

        let engine = try DialerEngine.rig(store, DialerClock.rehearsal(from: start, scale: 10))
        let summary = try await engine.run()
        let truth = await simulator.calls().filter { $0.direction == .outgoing }
        await simulator.stop()
        #expect(summary.end == .idle, "\(summary.status.stations.map { ($0.name, $0.state) })")

        let attempts = try scratch.attempts()
        let perNumber = Dictionary(grouping: attempts.compactMap(\.number), by: { $0 }).mapValues(\.count)
        #expect(perNumber.count == 290)
        #expect(Set(perNumber.keys).isDisjoint(with: barred))
        // Nothing is due again within the run, so one attempt a number, unless nothing was dialled at first.
        let dialled = attempts.filter { $0.outcome != "not_sent" && $0.outcome != "phone_refused" }
        #expect(dialled.count == 290)
        #expect(truth.count == 290)
        #expect(!truth.contains { $0.number.hasSuffix(quarantined.lastDigits(10)) })
        try compare(dialled, with: truth)
        try expectOneAtATime(truth)
    }

    /// Every attempt against its call: what was answered, and for how long.
    private func compare(_ attempts: [AttemptRow], with truth: [SimulatedCall]) throws {
        let calls = Dictionary(grouping: truth) { String($0.number.filter(\.isNumber).suffix(10)) }
        for attempt in attempts {
            let number = try #require(attempt.number)
            let call = try #require(calls[number.lastDigits(10)]?.first, "\(number) was never dialled")
            let outcome = try #require(attempt.outcome.flatMap(Outcome.init(rawValue:)))
            let evidence = try #require(attempt.evidence)
            let talk = call.answeredAt.flatMap { answered in
                call.endedAt.map { $0.timeIntervalSince(answered) }
            }
            // What happened wholly between two polls cannot be seen; the evidence names the gap.
            let gap = Double(evidence.longestGapMilliseconds) / 1000 + 0.5
            switch outcome {
            case .answered: #expect((talk ?? 0) >= 10 - gap, "\(number)")
            case .shortAnswer: #expect(talk != nil && (talk ?? 99) < 10 + gap, "\(number)")
            default: #expect((talk ?? 0) <= gap, "\(number) was answered for \(talk ?? 0) s: \(outcome)")
            }
        }
    }

    /// No two calls overlap on one station.
    private func expectOneAtATime(_ truth: [SimulatedCall]) throws {
        for (station, calls) in Dictionary(grouping: truth, by: { "\($0.phone)/\($0.handset ?? 0)" }) {
            let ordered = calls.sorted { $0.startedAt < $1.startedAt }
            for (call, next) in zip(ordered, ordered.dropFirst()) {
                let end = try #require(call.endedAt, "\(station) has a call without an end")
                #expect(end <= next.startedAt, "\(station) had two calls at once")
            }
        }
    }

    @Test(
        "the words of a DP are unknown: under each kind the engine settles every call and never ends one it cannot read",
        arguments: [HandsetLineWords.gxp, .capitalised, .single("busy")])
    func handsetWords(words: HandsetLineWords) async throws {
        let scratch = try ScratchStore()
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: scale), seed: 5)
        var behaviour = behaviour()
        behaviour.handsetWords = words
        behaviour.agentHangsUpAfter = 15
        // A line that cannot be read is not canceled: only the caller ends that call.
        behaviour.callerGivesUpAfter = words == .single("busy") ? 35 : nil
        let phones = try await simulator.start([.dp(name: "base-1", handsets: 3, passcode: "p", behaviour: behaviour)])
        _ = try scratch.store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true), at: start)
        let id = try scratch.campaign("t", "pacing: { wrap_up: 0s }\n", at: start)
        try scratch.load([3, 6, 7].enumerated().map { .test($0.offset, ending: $0.element) }, into: id, at: start)
        let engine = try DialerEngine.rig(scratch.store, DialerClock.rehearsal(from: start, scale: scale))
        _ = try await engine.run()
        let truth = await simulator.calls()
        await simulator.stop()
        let outcomes = try scratch.attempts().sorted { $0.attempt < $1.attempt }.map { $0.outcome ?? "" }
        if words == .single("busy") {
            #expect(outcomes == ["unknown", "unknown", "unknown"])
            #expect(truth.allSatisfy { $0.endCause != .localCancel && $0.endCause != .localEndcall })
        } else {
            #expect(outcomes.first == "no_answer" && outcomes.count == 3)
            #expect(outcomes.dropFirst().allSatisfy(Self.conversations.contains))
            #expect(truth.filter { $0.endCause == .localCancel }.count == 1)
        }
    }

    @Test("an incoming call between the last poll and SEND is left alone, and nothing counts as dialled")
    func incomingCall() async throws {
        let scratch = try ScratchStore()
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: scale), seed: 5)
        let phones = try await simulator.start([.gxp(name: "desk-1", passcode: "p", behaviour: behaviour())])
        _ = try scratch.store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true), at: start)
        let id = try scratch.campaign("t", at: start)
        try scratch.load([.test(0, ending: 7)], into: id, at: start)
        try await simulator.onNextRequest(to: "desk-1", matching: "api-send_key") {
            _ = try? await simulator.incomingCall(
                to: "desk-1", from: "4155550199", ringSeconds: 20, talkSeconds: 5)
        }
        let engine = try DialerEngine.rig(scratch.store, DialerClock.rehearsal(from: start, scale: scale))
        _ = try await engine.run()
        let truth = await simulator.calls()
        let log = await simulator.truthLog()
        await simulator.stop()
        let incoming = try #require(truth.first { $0.direction == .incoming })
        #expect(incoming.endCause != .localCancel && incoming.endCause != .localEndcall)
        #expect(!log.contains { $0.event == .request && $0.function == "api-phone_operation" })
        #expect(try scratch.attempts().first?.outcome == "phone_refused")
    }

    @Test("a GXP phone that is set to make_call is dialled by it, with the number in E.164")
    func makeCall() async throws {
        let scratch = try ScratchStore()
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: scale), seed: 5)
        let phones = try await simulator.start([.gxp(name: "desk-1", passcode: "p", behaviour: behaviour())])
        var devices = try PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true)
        devices[0].dialWith = .makeCall
        devices[0].dial.format = .e164
        _ = try scratch.store.applyDevices(devices, at: start)
        let id = try scratch.campaign("t", "pacing: { wrap_up: 0s }\n", at: start)
        try scratch.load([.test(0, ending: 7)], into: id, at: start)
        let engine = try DialerEngine.rig(scratch.store, DialerClock.rehearsal(from: start, scale: scale))
        _ = try await engine.run()
        let truth = await simulator.calls()
        await simulator.stop()
        #expect(truth.map(\.origin) == [.makeCall])
        #expect(truth.first?.number == PhoneNumber.test(0, ending: 7).e164)
        #expect(try scratch.attempts().count == 1)
        #expect(try scratch.attempts().allSatisfy { Self.conversations.contains($0.outcome ?? "") })
    }

    @Test("stations that are not staffed are not dialled from, and a base whose passcode is wrong is asked once")
    func unstaffed() async throws {
        let scratch = try ScratchStore()
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: scale), seed: 5)
        let phones = try await simulator.start([
            .gxp(name: "desk-1", passcode: "p", behaviour: behaviour()),
            .gxp(name: "desk-2", passcode: "p", behaviour: behaviour()),
            .dp(name: "base-1", handsets: 5, passcode: "p", behaviour: behaviour()),
        ])
        var devices = try PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true)
        devices[2].passcode = .plain("wrong")
        _ = try scratch.store.applyDevices(devices, at: start)
        let id = try scratch.campaign("t", "pacing: { wrap_up: 0s }\n", at: start)
        try scratch.load((0..<3).map { .test($0, ending: 7) }, into: id, at: start)
        let engine = try DialerEngine.rig(
            scratch.store, DialerClock.rehearsal(from: start, scale: scale), stations: ["*-2", "base-*"])
        _ = try await engine.run()
        let log = await simulator.truthLog()
        await simulator.stop()
        #expect(Set(try scratch.attempts().map(\.station)) == ["desk-2"])
        #expect(log.filter { $0.event == .request && $0.phone == "base-1" }.count == 1)
    }

    @Test("a lost answer is never followed by a second dial command, and the call is found on its line")
    func lostAnswer() async throws {
        let scratch = try ScratchStore()
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: scale), seed: 5)
        var lossy = behaviour()
        lossy.faults = [RequestFault(.lose, functions: ["api-send_key"])]
        let phones = try await simulator.start([.gxp(name: "desk-1", passcode: "p", behaviour: lossy)])
        _ = try scratch.store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true), at: start)
        let id = try scratch.campaign("t", "pacing: { wrap_up: 0s }\n", at: start)
        try scratch.load([.test(0, ending: 7), .test(1, ending: 7)], into: id, at: start)
        let engine = try DialerEngine.rig(scratch.store, DialerClock.rehearsal(from: start, scale: scale))
        _ = try await engine.run()
        let truth = await simulator.calls()
        let log = await simulator.truthLog()
        await simulator.stop()
        #expect(log.filter { $0.event == .request && $0.function == "api-send_key" }.count == 2)
        #expect(truth.count == 2)
        for attempt in try scratch.attempts() {
            #expect(Self.conversations.contains(attempt.outcome ?? ""))
            #expect(attempt.evidence?.notes.contains(.answerLost) == true)
            #expect(attempt.commandedAt == nil)
        }
    }

    @Test("wrong passcode and a phone that is off: they are shown, asked no more than needed, and the others go on")
    func partlyWorking() async throws {
        let scratch = try ScratchStore()
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: scale), seed: 5)
        let phones = try await simulator.start(
            (1...3).map { .gxp(name: "desk-\($0)", passcode: "p", behaviour: behaviour()) })
        var devices = try PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true)
        devices[0].passcode = .plain("wrong")
        _ = try scratch.store.applyDevices(devices, at: start)
        try await simulator.powerOff(phone: "desk-2")
        let id = try scratch.campaign("t", "pacing: { wrap_up: 0s }\n", at: start)
        try scratch.load((0..<4).map { .test($0, ending: 7) }, into: id, at: start)
        let engine = try DialerEngine.rig(scratch.store, DialerClock.rehearsal(from: start, scale: scale))
        let summary = try await engine.run()
        let log = await simulator.truthLog()
        await simulator.stop()
        #expect(summary.end == .idle)
        #expect(Set(try scratch.attempts().map(\.station)) == ["desk-3"])
        #expect(Set(try scratch.attempts().compactMap(\.number)).count == 4)
        #expect(try scratch.attempts().allSatisfy { Self.conversations.contains($0.outcome ?? "") })
        let states = Dictionary(uniqueKeysWithValues: summary.status.stations.map { ($0.name, $0.state) })
        #expect(states["desk-1"] == .lockedOut)
        #expect(states["desk-2"] == .unreachable)
        #expect(log.filter { $0.event == .request && $0.phone == "desk-1" }.count == 1)
    }

    @Test(
        "two campaigns hold the same numbers: never two open attempts to one, and a do-not-call entry in between wins")
    func twoCampaigns() async throws {
        let scratch = try ScratchStore()
        let store = scratch.store
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: scale), seed: 5)
        let phones = try await simulator.start(
            (1...2).map { .gxp(name: "desk-\($0)", passcode: "p", behaviour: behaviour()) })
        _ = try store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true), at: start)
        let numbers = (0..<4).map { PhoneNumber.test($0, ending: 7) }
        for name in ["a", "b"] {
            let id = try scratch.campaign(name, "pacing: { wrap_up: 0s }\n", at: start)
            try scratch.load(numbers, into: id, at: start)
        }
        // Suppressed by another program's hands right before the second dial command leaves for the first phone.
        let barred = numbers[3]
        let clock = DialerClock.rehearsal(from: start, scale: scale)
        try await simulator.onNextRequest(to: "desk-1", matching: "api-send_key") {
            _ = try? store.suppress([barred], campaign: nil, source: "test", at: clock.now())
        }
        let engine = try DialerEngine.rig(store, clock)
        _ = try await engine.run()
        let truth = await simulator.calls()
        await simulator.stop()
        let byNumber = Dictionary(grouping: truth, by: \.number)
        for (number, calls) in byNumber {
            #expect(calls.count <= 2, "\(number)")
            let ordered = calls.sorted { $0.startedAt < $1.startedAt }
            for (call, next) in zip(ordered, ordered.dropFirst()) {
                #expect((call.endedAt ?? .distantFuture) <= next.startedAt, "\(number) was dialled while it rang")
            }
        }
        #expect(byNumber.count == 3)
        #expect(try !scratch.attempts().contains { $0.number == barred })
        #expect(try store.contacts(holding: barred, at: start).allSatisfy { $0.state == .suppressed })
    }
}
