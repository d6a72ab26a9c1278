import ArgumentParser
import Dialer
import Dispatch
import Foundation
import Logging
import PhoneSimulator
import Reports

/// `offhook simulate-phones`: virtual phones over real HTTP, to try everything without a single real call.
struct SimulatePhonesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate-phones",
        abstract:
            "Virtual phones over real HTTP; prints one JSON document when they are ready, then runs until Ctrl-C.",
        discussion: """
            The far end is decided by the last two digits of the number dialled: 01 answers and hangs up, 02 busy, 03 rings for ever,
            04 no such number, 05 declined after 3 s, 06 answers and stays, 07 answers at once, 08 answers and hangs up at once,
            09 early media then answers, 10 no answer of the network for 32 s; others answer with a seeded chance.
            """)
    @Option(help: "GXP desk phones.") var gxp = 2
    @Option(help: "DP bases.") var dp = 0
    @Option(help: "Handsets of each base, 1 to 10.") var handsets = 5
    @Option(help: "Lines of each GXP phone, 3 to 8.") var lines = 3
    @Option(help: "The address to listen on; loopback by default.") var host = "127.0.0.1"
    @Option(help: "The first port; 0 for free ones.") var firstPort = 0
    @Option(help: "The passcode of every phone.") var passcode = "admin"
    @Option(help: "Seed of the far ends that answer by chance.") var seed: UInt64 = 1
    @Option(help: "A JSON file that replaces the table of far ends.") var farEnds: String?
    @Option(help: "How much faster than real time calls go.") var timeScale = 1.0
    @Option(help: "Seconds of talk after which the person at the phone hangs up; by default never.")
    var agentHangsUpAfter: Double?
    @Option(help: "Words of DP lines: gxp, capitalised, or single:WORD.") var dpWords = "gxp"
    @Option(
        help:
            "The word of a line whose call nobody has answered: calling, or what a phone says in its place, such as ringing."
    )
    var callingWord = "calling"
    @Flag(help: "Lines of GXP phones do not show the number that they call.") var hidesNumbers = false
    @Option(help: "Seconds that a failed line shows failed.") var failedShows: Double?
    @Option(help: "A file for the truth log, JSON lines.") var truthLog: String?
    @OptionGroup var logOptions: LogOptions

    func validate() throws {
        guard (0...500).contains(gxp), (0...100).contains(dp), gxp + dp > 0 else {
            throw ValidationError("--gxp takes 0 to 500 and --dp 0 to 100, at least one phone in all.")
        }
        guard (1...10).contains(handsets) else { throw ValidationError("--handsets takes 1 to 10.") }
        guard (3...8).contains(lines) else { throw ValidationError("--lines takes 3 to 8.") }
        guard timeScale > 0 else { throw ValidationError("--time-scale must be more than 0.") }
    }

    func run() async throws {
        try DescriptorRoom.make()
        let programLog = try logOptions.start()
        let log = programLog.logger.of(.simulator)
        var behaviour = PhoneBehaviour()
        behaviour.agentHangsUpAfter = agentHangsUpAfter
        if let failedShows { behaviour.failedShows = failedShows }
        behaviour.handsetWords = try words()
        behaviour.callingWord = callingWord
        behaviour.showsNumberCalled = !hidesNumbers
        let specs =
            (0..<gxp).map {
                SimulatedPhoneSpec.gxp(name: "desk-\($0 + 1)", lines: lines, passcode: passcode, behaviour: behaviour)
            }
            + (0..<dp).map {
                SimulatedPhoneSpec.dp(
                    name: "base-\($0 + 1)", handsets: handsets, passcode: passcode, behaviour: behaviour)
            }
        let table = try farEnds.map { try FarEndTable(contentsOf: URL(fileURLWithPath: $0)) } ?? .standard
        let simulator = PhoneSimulator(
            clock: SimulatorClock(scale: timeScale), seed: seed, farEnds: table,
            truthLogFile: truthLog.map { URL(fileURLWithPath: $0) })
        let phones = try await simulator.start(specs, host: host, firstPort: firstPort)
        Console.json(SimulatedPhonesText.json(phones))
        log.info("\(phones.count) virtual phones answer.")
        let (ended, continuation) = AsyncStream.makeStream(of: Void.self)
        let interrupts = Interrupts(onHangUp: programLog.onHangUp) { _ in continuation.yield() }
        for await _ in ended { break }
        interrupts.cancel()
        await simulator.stop()
        log.info("The virtual phones are gone.")
    }

    private func words() throws -> HandsetLineWords {
        switch dpWords {
        case "gxp": return .gxp
        case "capitalised": return .capitalised
        case let text where text.hasPrefix("single:") && text.count > 7: return .single(String(text.dropFirst(7)))
        default: throw CommandFailure("--dp-words takes gxp, capitalised or single:WORD, not “\(dpWords)”.")
        }
    }
}

/// The document that says where the virtual phones are.
enum SimulatedPhonesText {
    static func json(_ phones: [RunningPhone]) -> String {
        let entries = phones.map { phone in
            "    {\"name\":\(JSONText.string(phone.name)),\"family\":\"\(phone.family.rawValue)\","
                + "\"address\":\(JSONText.string(phone.address)),\"passcode\":\(JSONText.string(phone.passcode)),"
                + "\"handsets\":\(phone.handsets)}"
        }
        return "{\n  \"phones\": [\n\(entries.joined(separator: ",\n"))\n  ],\n  \"phones.yaml\": "
            + JSONText.string(PhoneSimulator.phonesYAML(for: phones)) + "\n}"
    }
}
