import Foundation
import NIOCore
import Testing

@testable import PhoneSimulator

@Suite("Power, reboot and reset")
struct PowerTests {
    private func isReachable(_ rig: Rig) async -> Bool {
        (try? await rig.get("api-get_phone_status").status) == 200
    }

    @Test("A phone without power refuses connections, and comes back at its address with idle lines")
    func power() async throws {
        try await Rig.with { rig in
            _ = try await rig.body("api-make_call", "phonenumber=103")
            try await rig.simulator.powerOff(phone: "desk")
            await #expect(throws: (any Error).self) { try await WireClient.connect(rig.phone.address) }
            #expect(await rig.simulator.calls().map(\.endCause) == [.powerLoss])
            #expect(try await rig.simulator.incomingCall(to: "desk", from: "1") == nil)
            await #expect(throws: PhoneSimulatorError.noPower(phone: "desk")) {
                try await rig.simulator.dialByHand("103", on: "desk")
            }
            try await rig.simulator.powerOn(phone: "desk")
            #expect(try await rig.body("api-get_phone_status").contains("available"))
        }
    }

    @Test("The power is a setting too, from the start if need be")
    func powerAsSetting() async throws {
        var behaviour = PhoneBehaviour()
        behaviour.poweredOff = true
        try await Rig.with(.gxp(name: "desk", passcode: "p", behaviour: behaviour)) { rig in
            #expect(await !isReachable(rig))
            try await rig.simulator.setBehaviour({ $0.poweredOff = false }, of: "desk")
            #expect(await isReachable(rig))
            try await rig.simulator.setBehaviour({ $0.poweredOff = true }, of: "desk")
            #expect(await !isReachable(rig))
        }
    }

    @Test("REBOOT is answered by family, ends calls, and the phone is away for the time that is set")
    func reboot() async throws {
        try await Rig.with(scale: 200) { rig in
            _ = try await rig.body("api-make_call", "phonenumber=103")
            #expect(
                try await rig.body("api-sys_operation", "request=REBOOT")
                    == #"{"response":"success", "body": "savereboot"}"#)
            try await rig.wait("the phone to come back") {
                await rig.simulator.truthLog().count { $0.event == .powerOn } == 2
            }
            #expect(await isReachable(rig))
            #expect(await rig.simulator.calls().map(\.endCause) == [.powerLoss])
            let log = await rig.simulator.truthLog()
            let down = try #require(log.first { $0.event == .powerOff })
            let up = try #require(log.last { $0.event == .powerOn })
            #expect(up.milliseconds - down.milliseconds >= 60_000)
        }
    }

    @Test("A DP base reboots with its own word")
    func baseReboot() async throws {
        try await Rig.with(.dp(name: "base", handsets: 1, passcode: "p")) { rig async throws in
            #expect(
                try await rig.body("api-sys_operation", "request=REBOOT")
                    == #"{"response":"success", "body": "directreboot"}"#)
        }
    }

    @Test("RESET brings the factory's settings back: passcode admin, no registration")
    func reset() async throws {
        try await Rig.with(scale: 2000) { rig in
            _ = try await rig.body("api-send_key", "keys=DND")
            #expect(
                try await rig.body("api-sys_operation", "request=RESET") == #"{"response":"success", "body": "reset"}"#)
            let factory = "/cgi-bin/api-make_call?passcode=admin&phonenumber=103"
            try await rig.wait("the phone to come back with the factory passcode") {
                (try? await WireClient.get(factory, at: rig.phone.address).body) == GuideAnswers.invalidRequest
            }
            #expect(try await rig.body("api-get_phone_status") == GuideAnswers.failed)
        }
    }

    @Test("Unknown system operations are refused", arguments: ["request=OFF", "request=reboot", "request=", ""])
    func unknown(parameters: String) async throws {
        try await Rig.with { rig async throws in
            #expect(
                try await rig.body("api-sys_operation", parameters) == #"{"response":"error", "body": "unknown"}"#)
        }
    }

    @Test("Power returned during a reboot ends the reboot")
    func powerDuringReboot() async throws {
        try await Rig.with { rig in
            _ = try await rig.body("api-sys_operation", "request=REBOOT")
            try await rig.wait("the phone to go") { await !isReachable(rig) }
            try await rig.simulator.powerOn(phone: "desk")
            #expect(await isReachable(rig))
        }
    }
}
