import CampaignStore
import Campaigns
import Dialer
import Foundation
import PhoneNumbers
import PhoneSimulator
import TestSupport
import Testing

/// One bad phone beside two good ones, over real HTTP, fault by fault.
@Suite("Phones that misbehave", .timeLimit(.minutes(15))) struct PhoneFaultTests {
    /// A floor of desk phones with a campaign of calls that are answered at once.
    struct Floor {
        let scratch = try? ScratchStore()
        let start = Instant(Date())
        let clock: DialerClock
        let simulator: PhoneSimulator
        var store: CampaignStore { get throws { try #require(scratch).store } }

        /// - Parameter family: of every phone; a base has one handset.
        init(
            scale: Double, calls: Int, ending: Int = 7, family: PhoneFamily = .gxp, settings: String = "",
            _ behaviours: [PhoneBehaviour]
        ) async throws {
            clock = DialerClock.rehearsal(from: start, scale: scale)
            simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: scale), seed: 5)
            let phones = try await simulator.start(
                behaviours.enumerated().map { index, behaviour in
                    family == .gxp
                        ? .gxp(name: "desk-\(index + 1)", passcode: "p", behaviour: behaviour)
                        : .dp(name: "base-\(index + 1)", handsets: 1, passcode: "p", behaviour: behaviour)
                })
            let scratch = try #require(scratch)
            _ = try scratch.store.applyDevices(
                PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true),
                at: start)
            let id = try scratch.campaign("t", "pacing: { wrap_up: 0s }\n" + settings, at: start)
            try scratch.load((0..<calls).map { .test($0, ending: ending) }, into: id, at: start)
        }

        static func behaviour(_ faults: [RequestFault] = []) -> PhoneBehaviour {
            var behaviour = PhoneBehaviour()
            behaviour.agentHangsUpAfter = 6
            behaviour.faults = faults
            return behaviour
        }

        func engine(end: EngineOptions.End = .idle) throws -> DialerEngine {
            try DialerEngine.rig(try store, clock, end: end)
        }

        /// Attempts that are over.
        var settled: Int {
            get throws { try #require(scratch).attempts().count { $0.phase == "settled" } }
        }

        /// Every promise that holds whatever phones do.
        func expectPromises(byHand: Int = 0) async throws {
            let attempts = try #require(scratch).attempts()
            #expect(attempts.allSatisfy { $0.phase == "settled" && $0.outcome != nil })
            let calls = Dictionary(grouping: await simulator.calls(), by: \.number).mapValues(\.count)
            let commands = await simulator.truthLog().filter {
                $0.event == .request && ($0.function == "api-send_key" || $0.function == "api-make_call")
            }
            let byNumber = Dictionary(grouping: attempts) { $0.number?.lastDigits(10) ?? "" }
            let unknown = calls.filter { byNumber[String($0.key.suffix(10))] == nil }
            #expect(unknown.count == byHand)
            for (number, count) in calls where unknown[number] == nil {
                #expect(count <= byNumber[String(number.suffix(10)), default: []].count, "\(number)")
            }
            // An intent is never dialled twice, not even with a command that nobody heard.
            #expect(commands.count <= attempts.count)
            #expect(try store.problems() == [])
            #expect(try store.replayJournal().differences == [])
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var kind: RequestFault.Kind
        var state: StationState
        /// The most requests that such a phone gets in the first minute; a refused passcode is tried once.
        var most: Int
        var testDescription: String { "\(kind)" }
    }

    static let cases: [Case] = [
        Case(kind: .drop, state: .unreachable, most: 12), Case(kind: .lose, state: .unreachable, most: 12),
        Case(kind: .stall(commandActs: true), state: .unreachable, most: 6),
        Case(kind: .cut, state: .unreachable, most: 12), Case(kind: .reset, state: .unreachable, most: 12),
        Case(kind: .drip(seconds: 0.3), state: .unreachable, most: 6),
        Case(kind: .html, state: .unreachable, most: 12), Case(kind: .wrongJSON, state: .unreachable, most: 12),
        Case(kind: .wrongTypes, state: .unreachable, most: 12),
        Case(kind: .truncatedJSON, state: .unreachable, most: 12),
        Case(kind: .huge(bytes: 10_000_000), state: .unreachable, most: 12),
        Case(kind: .redirect(to: "http://127.0.0.1:9/cgi-bin/api-get_line_status"), state: .unreachable, most: 12),
        Case(kind: .unauthorized, state: .lockedOut, most: 1),
    ]

    /// Never heard, heard but not answered, answered too late, answered with what is no answer.
    static let oneOfEachKind = cases.filter {
        switch $0.kind {
        case .drop, .reset, .lose, .stall, .wrongJSON: true
        default: false
        }
    }

    @Test(
        "a phone that fails every request leaves the pool, the others call everybody, nobody is called twice",
        arguments: cases)
    func always(fault: Case) async throws {
        let floor = try await Floor(
            scale: 3, calls: 6,
            [Floor.behaviour([RequestFault(fault.kind)]), Floor.behaviour(), Floor.behaviour()])
        let summary = try await floor.engine().run()
        let log = await floor.simulator.truthLog()
        try await floor.expectPromises()
        await floor.simulator.stop()
        #expect(summary.end == .idle)
        let attempts = try #require(floor.scratch).attempts()
        #expect(Set(attempts.compactMap(\.number)).count == 6)
        #expect(!attempts.contains { $0.station == "desk-1" })
        let sick = summary.status.stations.first { $0.name == "desk-1" }
        #expect([fault.state, .unknown].contains(sick?.state), "\(String(describing: sick))")
        let requests = log.count { $0.event == .request && $0.phone == "desk-1" }
        // A slow machine makes the run longer, and such a phone is asked now and then all the while: at most every 10 s.
        let further = fault.most == 1 ? 0 : Int(summary.status.now.since(floor.start).inSeconds / 10)
        #expect((1...fault.most + further).contains(requests), "\(requests) requests")
        #expect(!"\(summary.status.stations)".contains("passcode=p"))
    }

    @Test(
        "a fault in the dial command itself: one command, one intent, an outcome, and the station goes on",
        arguments: cases.filter { $0.state != .lockedOut }.map { ($0, PhoneFamily.gxp) }
            + oneOfEachKind.map { ($0, .dp) })
    func dialCommand(fault: Case, family: PhoneFamily) async throws {
        let function = family == .gxp ? "api-send_key" : "api-make_call"
        let strike = RequestFault(fault.kind, functions: [function], times: 1)
        let floor = try await Floor(scale: 3, calls: 3, family: family, [Floor.behaviour([strike])])
        let summary = try await floor.engine().run()
        try await floor.expectPromises()
        let calls = await floor.simulator.calls()
        await floor.simulator.stop()
        #expect(summary.end == .idle)
        let attempts = try #require(floor.scratch).attempts().sorted { $0.attempt < $1.attempt }
            .filter { $0.outcome != "not_sent" }
        // Found on its line if it still showed when the phone could be asked again; else nobody can know whether it rang.
        let outcomes: Set = ["answered", "short_answer", "unknown"]
        #expect(outcomes.contains(attempts.first?.outcome ?? ""))
        #expect(calls.count >= attempts.count - 1)
        #expect(attempts.first?.evidence?.notes.contains(.answerLost) == true)
    }

    @Test(
        "a fault in the commands that end an unanswered call: it is ended all the same, once, as no answer",
        arguments: oneOfEachKind, PhoneFamily.allCases)
    func endingCommands(fault: Case, family: PhoneFamily) async throws {
        // Three cancels are struck, so that an endcall follows where they did not act.
        let function = family == .gxp ? "api-phone_operation" : "api-device_operation"
        var behaviour = Floor.behaviour([RequestFault(fault.kind, functions: [function], times: 3)])
        behaviour.endcallEndsCalling = true
        let floor = try await Floor(
            scale: 4, calls: 1, ending: 3, family: family,
            settings: "dial: { ring_timeout: 15s }\nretry: { no_answer: { attempts: 1, after: 1h } }\n", [behaviour])
        let summary = try await floor.engine().run()
        try await floor.expectPromises()
        let calls = await floor.simulator.calls()
        let log = await floor.simulator.truthLog()
        await floor.simulator.stop()
        #expect(summary.end == .idle)
        let attempts = try #require(floor.scratch).attempts().filter { $0.outcome != "not_sent" }
        #expect(attempts.map(\.outcome) == ["no_answer"])
        #expect(attempts.first?.evidence?.notes.contains(.cancelledAtRingTimeout) == true)
        let own = try #require(calls.first)
        #expect(calls.count == 1)
        #expect(own.endCause == .localCancel || own.endCause == .localEndcall)
        // Where no cancel acts, the fourth command is an endcall; where one does, none follows.
        let sent = log.filter { $0.event == .request && $0.function == function }.compactMap(\.operation)
        let neverActs = fault.kind == .drop || fault.kind == .reset
        #expect(sent.first == "cancel")
        #expect(sent.contains("endcall") == neverActs, "\(sent)")
    }

    @Test("a phone that fails for a while comes back by itself and takes calls again")
    func comesBack() async throws {
        let faults = [RequestFault(.drop, times: 5)]
        let floor = try await Floor(scale: 3, calls: 80, [Floor.behaviour(faults), Floor.behaviour()])
        let engine = try floor.engine(end: .never)
        let run = Task { try await engine.run() }
        try await wait(for: "a call of each phone") {
            try Set(#require(floor.scratch).attempts().map(\.station)) == ["desk-1", "desk-2"]
        }
        await engine.stop()
        let summary = try await run.value
        try await floor.expectPromises()
        await floor.simulator.stop()
        let journal = try floor.store.journal(limit: 10_000).filter { $0.station == "desk-1" }.map(\.event)
        #expect(journal.contains("station_unreachable") && journal.contains("station_ready"))
        #expect(summary.status.devices["desk-1"]?.circuit == .closed)
        #expect(summary.status.devices["desk-1"]?.latency != nil)
    }

    @Test("a reboot in a call: the call is lost, its contact waits for the review delay, the station comes back")
    func reboot() async throws {
        let floor = try await Floor(scale: 3, calls: 2, ending: 6, [Floor.behaviour()])
        try await floor.simulator.setBehaviour({ $0.agentHangsUpAfter = nil }, of: "desk-1")
        // Without an end of its own: how long the phone is away depends on the machine.
        let engine = try floor.engine(end: .never)
        let run = Task { try await engine.run() }
        while try floor.store.openAttempts().first?.connectedAt == nil { try await Task.sleep(for: .milliseconds(5)) }
        try await floor.simulator.powerOff(phone: "desk-1")
        try await floor.simulator.setBehaviour({ $0.agentHangsUpAfter = 6 }, of: "desk-1")
        while try floor.store.openAttempts().isEmpty == false { try await Task.sleep(for: .milliseconds(20)) }
        try await floor.simulator.powerOn(phone: "desk-1")
        while try floor.settled < 2 { try await Task.sleep(for: .milliseconds(20)) }
        await engine.stop()
        let summary = try await run.value
        try await floor.expectPromises()
        await floor.simulator.stop()
        #expect(summary.end == .stopped)
        let attempts = try #require(floor.scratch).attempts().sorted { $0.attempt < $1.attempt }
        #expect(attempts.map(\.number).count == 2)
        #expect(attempts.first?.outcome == "phone_lost")
        #expect(attempts.first?.evidence?.notes.contains(.unreachable) == true)
        #expect((attempts.first?.evidence?.longestGapMilliseconds ?? 0) > 0)
        #expect(attempts.last?.outcome != "phone_lost")
    }

    @Test("an agent who dials or takes a call by himself makes his station busy, and no command is sent over his call")
    func byHand() async throws {
        let floor = try await Floor(scale: 3, calls: 5, [Floor.behaviour(), Floor.behaviour()])
        try await floor.simulator.dialByHand("2129990006", on: "desk-1")
        let engine = try floor.engine()
        let run = Task { try await engine.run() }
        while try floor.store.journal(limit: 1000).contains(where: { $0.event == "station_busy_by_hand" }) == false {
            try await Task.sleep(for: .milliseconds(5))
        }
        let summary = try await run.value
        let calls = await floor.simulator.calls()
        let log = await floor.simulator.truthLog()
        try await floor.expectPromises(byHand: 1)
        await floor.simulator.stop()
        #expect(summary.end == .idle)
        let own = try #require(calls.first { $0.number.hasSuffix("9990006") })
        let ended = own.endedAt ?? .distantFuture
        #expect(own.endCause != .localCancel && own.endCause != .localEndcall)
        // Nothing but looks went to the phone while his call was up.
        let acts = log.filter {
            $0.event == .request && $0.phone == "desk-1" && $0.function != "api-get_line_status"
                && Double($0.milliseconds) / 1000 < ended.timeIntervalSince1970
        }
        #expect(acts.isEmpty)
    }

    @Test(
        "a phone whose certificate changes gets no further command and no passcode; the others go on, and it returns with the old one"
    )
    func changedCertificate() async throws {
        let made = try SelfSignedCertificate(commonName: "desk-1")
        let (own, other) = try (
            SimulatedCertificate(certificate: made.certificate, key: made.key),
            SelfSignedCertificate(commonName: "desk-1")
        )
        let stranger = try SimulatedCertificate(certificate: other.certificate, key: other.key)
        var secured = Floor.behaviour()
        secured.certificate = own
        secured.closesAfterAnswer = true
        let floor = try await Floor(scale: 3, calls: 0, [secured, Floor.behaviour()])
        // The file pins the certificate by its fingerprint.
        let yaml = PhoneSimulator.phonesYAML(for: await floor.simulator.runningPhones()).split(separator: "\n").flatMap
        {
            line in
            line.contains("address: https") ? [line, "    certificate: { sha256: \"\(made.fingerprint)\" }"] : [line]
        }.joined(separator: "\n")
        _ = try floor.store.applyDevices(
            PhonesFile.read(yaml + "\n", file: "phones.yaml", mayBeLocal: true), at: floor.start)
        let id = try #require(try floor.store.campaigns().first?.id)
        try #require(floor.scratch).load((0..<8).map { .test($0, ending: 7) }, into: id, at: floor.start)
        let engine = try floor.engine()
        let run = Task { try await engine.run() }
        // The first call over https is under way.
        while await floor.simulator.calls().contains(where: { $0.phone == "desk-1" }) == false {
            try await Task.sleep(for: .milliseconds(5))
        }
        try await floor.simulator.setBehaviour({ $0.certificate = stranger }, of: "desk-1")
        while try floor.store.journal(limit: 5000).contains(where: {
            $0.event == "station_unreachable" && $0.station == "desk-1"
        }) == false { try await Task.sleep(for: .milliseconds(5)) }
        let asked = await floor.simulator.truthLog().count { $0.event == .request && $0.phone == "desk-1" }
        try await Task.sleep(for: .seconds(1))
        #expect(await floor.simulator.truthLog().count { $0.event == .request && $0.phone == "desk-1" } == asked)
        try await floor.simulator.setBehaviour({ $0.certificate = own }, of: "desk-1")
        let summary = try await run.value
        try await floor.expectPromises()
        await floor.simulator.stop()
        #expect(summary.end == .idle)
        #expect(Set(try #require(floor.scratch).attempts().map(\.station)).contains("desk-2"))
    }

    @Test(
        "a phone is driven by one engine of the computer: a second one, with a database of its own, leaves it out until it is free"
    )
    func twoEngines() async throws {
        let floor = try await Floor(scale: 3, calls: 3, [Floor.behaviour(), Floor.behaviour()])
        let phones = await floor.simulator.runningPhones()
        let other = try ScratchStore()
        let apply = { (names: Set<String>) in
            _ = try other.store.applyDevices(
                PhonesFile.read(
                    PhoneSimulator.phonesYAML(for: phones.filter { names.contains($0.name) }), file: "phones.yaml",
                    mayBeLocal: true),
                at: floor.start)
        }
        try apply(["desk-1"])
        let id = try other.campaign("o", "pacing: { wrap_up: 0s }\n", at: floor.start)
        try other.load([.test(90, ending: 7)], into: id, at: floor.start)
        let engine = try floor.engine(end: .never)
        let first = Task { try await engine.run() }
        try await wait(for: "a call") { await !floor.simulator.calls().isEmpty }
        let refused = try DialerEngine.rig(other.store, floor.clock)
        await #expect(throws: StoreError.self) { _ = try await refused.run() }
        await engine.stop()
        _ = try await first.value
        #expect(try other.attempts().isEmpty)
        try await floor.expectPromises()
        // The first engine's run is over; its phones are free.
        let again = try DialerEngine.rig(other.store, floor.clock)
        _ = try await again.run()
        #expect(try other.attempts().count == 1)
        await floor.simulator.stop()
    }

    @Test("another kind of phone at the address is asked once, waits for a person, and the others go on")
    func replaced() async throws {
        let floor = try await Floor(scale: 3, calls: 5, [Floor.behaviour(), Floor.behaviour()])
        let running = await floor.simulator.runningPhones()
        let address = try #require(running.first { $0.name == "desk-1" }?.address)
        let port = try #require(URL(string: address)?.port)
        try await floor.simulator.powerOff(phone: "desk-1")
        _ = try await floor.simulator.start([.dp(name: "other", handsets: 2, passcode: "p")], firstPort: port)
        let summary = try await floor.engine().run()
        let log = await floor.simulator.truthLog()
        try await floor.expectPromises()
        await floor.simulator.stop()
        #expect(summary.end == .idle)
        #expect(Set(try #require(floor.scratch).attempts().map(\.station)) == ["desk-2"])
        #expect(summary.status.stations.first { $0.name == "desk-1" }?.state == .lockedOut)
        #expect(log.count { $0.event == .request && $0.phone == "other" } == 1)
    }
}
