import Foundation
import Testing

@testable import PhoneSimulator

@Suite("The truth")
struct TruthTests {
    @Test("A call's record tells who, where, when and how it ended, to the virtual millisecond")
    func record() async throws {
        try await Rig.with(.dp(name: "base", handsets: 2, passcode: "p"), scale: 200) { rig in
            _ = try await rig.body("api-make_call", "hs=2&phonenumber=2125550101")
            try await rig.wait("the call to end") { await rig.simulator.calls().first?.endedAt != nil }
            let call = try #require(await rig.simulator.calls().first)
            #expect(call.id == 1)
            #expect(call.phone == "base")
            #expect(call.handset == 2)
            #expect(call.line == 1)
            #expect(call.direction == .outgoing)
            #expect(call.origin == .makeCall)
            #expect(call.number == "2125550101")
            #expect(call.endCause == .farEnd)
            let answered = try #require(call.answeredAt)
            let ended = try #require(call.endedAt)
            #expect(abs(answered.timeIntervalSince(call.startedAt) - 4) < 0.001)
            #expect(abs(ended.timeIntervalSince(answered) - 15) < 0.001)
        }
    }

    @Test("The log holds requests, lines and calls in order, in memory and in the file, and never the passcode")
    func log() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "truth-\(UUID()).jsonl")
        defer { try? FileManager.default.removeItem(at: file) }
        let simulator = PhoneSimulator(clock: SimulatorClock(start: Rig.start), truthLogFile: file)
        let phones = try await simulator.start([.gxp(name: "desk", passcode: "s3cret")])
        let address = try #require(phones.first).address
        for query in [
            "api-send_key?passcode=s3cret&keys=1:0:2:SEND", "api-phone_operation?passcode=s3cret&cmd=endcall&arg=2",
            "s3cret?passcode=s3cret",
        ] {
            _ = try await WireClient.get("/cgi-bin/" + query, at: address)
        }
        let rig = Rig(simulator: simulator, phone: phones[0])
        try await rig.wait(for: .failed)
        await simulator.stop()

        let log = await simulator.truthLog()
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(try lines.map { try JSONDecoder().decode(TruthEntry.self, from: Data($0.utf8)) } == log)
        #expect(!lines.joined().contains("s3cret"))

        let requests = log.filter { $0.event == .request }
        #expect(requests.map(\.function) == ["api-send_key", "api-phone_operation", "unknown"])
        #expect(requests.map(\.keys) == ["1:0:2:SEND", nil, nil])
        #expect(requests.map(\.answer) == ["success", "error", "error"])
        #expect(requests[1].operation == "endcall")
        #expect(requests[1].line == 2)
        #expect(log.filter { $0.event == .line }.map(\.to).prefix(3) == [.dialing, .calling, .failed])
        let ended = try #require(log.first { $0.event == .callEnded })
        #expect(ended.cause == "failed_486")
        #expect(ended.number == "102")
        #expect(ended.time.hasPrefix("2027-01-15T08:00:"))
        #expect(ended.time.hasSuffix("Z"))
        #expect(log.first?.event == .powerOn)
        #expect(log.contains { $0.event == .powerOff })
        #expect(await simulator.truthLogFailure() == nil)
    }

    @Test("A log file that cannot be written is an error at the start")
    func unwritable() async {
        let simulator = PhoneSimulator(clock: SimulatorClock(), truthLogFile: URL(filePath: "/nowhere/truth.jsonl"))
        let error = await #expect(throws: PhoneSimulatorError.self) {
            try await simulator.start([.gxp(name: "desk", passcode: "p")])
        }
        #expect(error?.description.contains("/nowhere/truth.jsonl") == true)
        await simulator.stop()
    }

    @Test(
        "A disk that fills up is told, and stops no phone",
        .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func fullDisk() async throws {
        let simulator = PhoneSimulator(clock: SimulatorClock(), truthLogFile: URL(filePath: "/dev/full"))
        let phone = try #require(try await simulator.start([.gxp(name: "desk", passcode: "p")]).first)
        let answer = try await WireClient.get("/cgi-bin/api-get_phone_status?passcode=p", at: phone.address)
        #expect(answer.status == 200)
        #expect(await simulator.truthLogFailure()?.description.contains("/dev/full") == true)
        #expect(await simulator.truthLog().count == 2)
        await simulator.stop()
    }

    @Test("A fault stands with its request in the log")
    func faults() async throws {
        try await Rig.with { rig in
            try await rig.simulator.setBehaviour({ $0.faults = [RequestFault(.drop)] }, of: "desk")
            _ = try await rig.get("api-make_call", "phonenumber=103")
            let entry = try #require(await rig.simulator.truthLog().last)
            #expect(entry.fault == "drop")
            #expect(entry.answer == nil)
            #expect(entry.number == "103")
        }
    }
}
