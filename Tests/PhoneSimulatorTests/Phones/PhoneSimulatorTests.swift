import Foundation
import Testing

@testable import PhoneSimulator

@Suite("A simulator of many phones")
struct PhoneSimulatorTests {
    @Test("Each phone has an address of its own; hosts and ports can be chosen")
    func addresses() async throws {
        let simulator = PhoneSimulator(clock: SimulatorClock())
        let phones = try await simulator.start(
            [.gxp(name: "a", lines: 4, passcode: "p"), .dp(name: "b", handsets: 2, passcode: "q")], host: "127.0.0.9")
        #expect(phones.map(\.name) == ["a", "b"])
        #expect(phones.allSatisfy { $0.address.hasPrefix("http://127.0.0.9:") })
        #expect(Set(phones.map(\.address)).count == 2)
        #expect(phones.map(\.lines) == [4, 10])
        #expect(phones.map(\.handsets) == [[], [1, 2]])
        #expect(await simulator.runningPhones() == phones)
        await simulator.stop()
    }

    @Test(
        "Phones that cannot be are refused with a reason",
        arguments: [
            SimulatedPhoneSpec.gxp(name: "a", lines: 2, passcode: "p"), .gxp(name: "a", lines: 9, passcode: "p"),
            .gxp(name: "", passcode: "p"), .gxp(name: "a", passcode: ""), .dp(name: "a", handsets: 11, passcode: "p"),
            .dp(name: "a", handsets: -1, passcode: "p"),
        ])
    func invalid(spec: SimulatedPhoneSpec) async throws {
        let simulator = PhoneSimulator(clock: SimulatorClock())
        await #expect(throws: PhoneSimulatorError.self) { try await simulator.start([spec]) }
        await simulator.stop()
    }

    @Test("A name or an address that is taken is refused, and nothing of that start stays")
    func taken() async throws {
        let simulator = PhoneSimulator(clock: SimulatorClock())
        let first = try await simulator.start([.gxp(name: "a", passcode: "p")])
        await #expect(throws: PhoneSimulatorError.nameTaken(phone: "a")) {
            try await simulator.start([.gxp(name: "b", passcode: "p"), .gxp(name: "a", passcode: "p")])
        }
        let port = try #require(first[0].address.split(separator: ":").last.flatMap { Int($0) })
        let error = await #expect(throws: PhoneSimulatorError.self) {
            try await simulator.start([.gxp(name: "b", passcode: "p")], firstPort: port)
        }
        #expect(error?.description.contains("127.0.0.1:\(port)") == true)
        #expect(await simulator.runningPhones().map(\.name) == ["a"])
        await #expect(throws: PhoneSimulatorError.self) {
            try await simulator.start([.gxp(name: "c", passcode: "p")], firstPort: 70_000)
        }
        await simulator.stop()
        await #expect(throws: PhoneSimulatorError.stopped) {
            try await simulator.start([.gxp(name: "d", passcode: "p")])
        }
    }

    @Test("Phones, handsets and lines that do not exist are errors")
    func unknown() async throws {
        try await Rig.with { rig in
            await #expect(throws: PhoneSimulatorError.noSuchPhone("x")) {
                try await rig.simulator.incomingCall(to: "x", from: "1")
            }
            await #expect(throws: PhoneSimulatorError.noSuchHandset(phone: "desk", handset: 1)) {
                try await rig.simulator.incomingCall(to: "desk", handset: 1, from: "1")
            }
            await #expect(throws: PhoneSimulatorError.noSuchLine(phone: "desk", line: 4)) {
                try await rig.simulator.hangUp(phone: "desk", line: 4)
            }
        }
    }

    @Test("People dial, pick up and hang up by hand, and the truth knows it was them")
    func byHand() async throws {
        try await Rig.with(scale: 50) { rig in
            try await rig.simulator.dialByHand("106", on: "desk")
            try await rig.wait(for: .connected)
            try await rig.simulator.incomingCall(to: "desk", from: "5550123")
            #expect(try await rig.simulator.pickUp(phone: "desk"))
            #expect(try await rig.state(1) == .onhold)
            #expect(try await rig.simulator.hangUp(phone: "desk", line: 2))
            #expect(try await rig.simulator.hangUp(phone: "desk"))
            #expect(try await !rig.simulator.hangUp(phone: "desk"))
            #expect(try await !rig.simulator.pickUp(phone: "desk"))
            let calls = await rig.simulator.calls()
            #expect(calls.map(\.origin) == [.byHand, .network])
            #expect(calls.map(\.endCause) == [.agentHangup, .agentHangup])
        }
    }

    @Test("A call can come in between the last poll and SEND: then SEND answers it")
    func raceWithIncoming() async throws {
        try await Rig.with { rig in
            let simulator = rig.simulator
            try await simulator.onNextRequest(to: "desk", matching: "api-send_key") {
                _ = try? await simulator.incomingCall(to: "desk", from: "5550199")
            }
            #expect(try await rig.body("api-get_line_status").contains("idle"))
            _ = try await rig.body("api-send_key", "keys=1:0:3:SEND")
            try await rig.wait(for: .connected)
            let calls = await simulator.calls()
            #expect(calls.map(\.number) == ["5550199"])
            _ = try await rig.body("api-send_key", "keys=4")
            #expect(await simulator.calls().count == 1, "a hook fires once")
        }
    }

    @Test("phones.yaml names each phone in the fixed form")
    func yaml() {
        let text = PhoneSimulator.phonesYAML(for: [
            RunningPhone(
                name: "desk-1", family: .gxp, address: "http://127.0.0.1:4001", passcode: "a\"b", lines: 3,
                handsets: []),
            RunningPhone(
                name: "base-1", family: .dp, address: "http://127.0.0.1:4002", passcode: "p", lines: 10,
                handsets: [1, 2]),
        ])
        #expect(
            text == """
                local_phones: true
                dial: { format: national, region: US }
                phones:
                  - name: "desk-1"
                    family: gxp
                    address: http://127.0.0.1:4001
                    passcode: "a\\"b"
                  - name: "base-1"
                    family: dp
                    address: http://127.0.0.1:4002
                    passcode: "p"
                    handsets: [1, 2]

                """)
    }

    @Test("Two hundred phones are polled side by side: one that takes its time keeps none of the others")
    func many() async throws {
        let simulator = PhoneSimulator(clock: SimulatorClock())
        let phones = try await simulator.start((0..<200).map { .gxp(name: "desk-\($0)", passcode: "p") })
        // The first phone answers when all others have.
        let others = AsyncStream.makeStream(of: Void.self)
        try await simulator.onNextRequest(to: "desk-0") {
            for await _ in others.stream {}
        }
        let answers = try await withThrowingTaskGroup(of: Int.self) { group in
            for phone in phones {
                group.addTask {
                    try await WireClient.get("/cgi-bin/api-get_line_status?passcode=p", at: phone.address).status
                }
            }
            var answers: [Int] = []
            for try await answer in group {
                answers.append(answer)
                if answers.count == phones.count - 1 { others.continuation.finish() }
            }
            return answers
        }
        #expect(answers == Array(repeating: 200, count: 200))
        await simulator.stop()
    }

    @Test("Virtual time runs so many times as fast as real time")
    func clock() {
        let clock = SimulatorClock(start: Rig.start, scale: 1000)
        let before = clock.now()
        #expect(before >= Rig.start)
        #expect(clock.realSeconds(virtual: 60) == 0.06)
    }
}
