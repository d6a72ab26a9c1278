import Foundation
import PhoneSimulator
import Testing

/// People and passcodes that stand out, searched for in the log of a campaign through phones that misbehave.
@Suite("Personal data in a log", .timeLimit(.minutes(15))) struct PersonalDataLogTests {
    private static let passcodes = ["p@ss Zq7&1", "p@ss Zq7&2", "p@ss Zq7&3", "p@ss Zq7&4", "p@ss Zq7&5", "p@ss Zq7&6"]
    private static let numbers = (1...9).map { "212555\($0)307" }

    /// A phone for each fault that may bring words of a phone's into a message, and a base whose word for a call is a name.
    private func phones() async throws -> PhoneSimulator {
        let simulator = PhoneSimulator(clock: SimulatorClock(), seed: 7)
        var specs: [SimulatedPhoneSpec] = []
        let faults: [[RequestFault]] = [
            [], [RequestFault(.echo(asJSON: true), functions: ["api-send_key"])],
            [RequestFault(.echo(asJSON: false), every: 3)],
            [RequestFault(.wrongTypes, every: 2)], [RequestFault(.unauthorized)],
        ]
        for (index, faults) in faults.enumerated() {
            var behaviour = PhoneBehaviour()
            behaviour.agentHangsUpAfter = 1
            behaviour.faults = faults
            specs.append(.gxp(name: "desk-\(index)", passcode: Self.passcodes[index], behaviour: behaviour))
        }
        var base = PhoneBehaviour()
        base.agentHangsUpAfter = 1
        base.handsetWords = .single("Zebulon")
        specs.append(.dp(name: "base-1", handsets: 1, passcode: Self.passcodes[5], behaviour: base))
        let running = try await simulator.start(specs)
        try program.write(PhoneSimulator.phonesYAML(for: running), to: "phones.yaml")
        return simulator
    }

    private let program: Program

    init() throws {
        program = try Program()
    }

    @Test("a campaign at trace level logs no name, number, field, consent or passcode, and one line an event")
    func nobody() async throws {
        let simulator = try await phones()
        try program.write(
            """
            campaign: x
            region: US
            calling_rules: { pack: none }
            pacing: { wrap_up: 0s }

            """, to: "c.yaml")
        let rows = Self.numbers.enumerated().map { index, number in
            "Zebulon Quillfeather \(index),\(number) x7788\(index),zeb\(index)@quill.example,Zanzibar"
        }
        try program.write("name,phone,email,city\n" + rows.joined(separator: "\n") + "\n", to: "l.csv")
        for arguments in [
            ["phones", "apply", "--allow-local-phones", "phones.yaml"], ["campaign", "apply", "c.yaml"],
            ["import", "l.csv", "--campaign", "x"], ["dnc", "add", Self.numbers[8], "--source", "Zanzibar says"],
        ] {
            let result = try await program.run(words: arguments)
            #expect(result.status == 0, "\(result.errors)")
        }
        let run = try program.start(
            [
                "run", "--campaign", "x", "--until-idle", "--log-level", "trace", "--log-format", "json", "--log-file",
                "run.log",
            ], output: "run", environment: ["OFFHOOK_CLAIMS": program.folder.path])
        defer { kill(run.processIdentifier, SIGKILL) }
        while run.isRunning { try await Task.sleep(for: .milliseconds(10)) }
        await simulator.stop()
        let log = program.text("run.log") + program.text("run.err")
        #expect(run.terminationStatus == 0, "\(log)")
        let lines = program.text("run.log").split(separator: "\n")
        #expect(lines.count > 20)
        for line in lines {
            let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
            #expect(event?["message"]?.isEmpty == false)
        }
        // The base's word was noticed, the calls were placed, and none of it is told with what belongs to a person.
        #expect(
            log.contains("is not mapped") && log.contains("station desk-4 is locked out")
                && log.contains("desk-0: reserved -> dialing"), "\(log)")
        var marks = ["zebulon", "quill", "zanzibar", "zeb0", "Zq7", "p@ss", "p%40ss", "77880", "77881"]
        for number in Self.numbers {
            marks += [number, String(number.dropFirst(3)), "\(number.prefix(3))) \(number.dropFirst(3).prefix(3))"]
        }
        for mark in marks { #expect(!log.lowercased().contains(mark.lowercased()), "the log tells \(mark)") }
    }
}
