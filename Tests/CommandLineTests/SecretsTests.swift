import Foundation
import PhoneSimulator
import Testing

/// Passcodes in use, searched for in everything that the program says and writes.
@Suite("Secrets") struct SecretsTests {
    /// One from a string, one from the environment, one from a file, a wrong one, a base's and an echoing phone's; each would
    /// need escaping in a URL.
    static let passcodes = ["pl&in 7+1é", "env#99%41", "f1le=x?y", "wr0ng/&pw", "b@se \"9%", "3cho <p>&/w"]

    /// A base, and a phone whose errors repeat the whole request, in this process.
    private func otherPhones() async throws -> (simulator: PhoneSimulator, yaml: String) {
        let simulator = PhoneSimulator(clock: SimulatorClock(), seed: 5)
        var working = PhoneBehaviour()
        working.agentHangsUpAfter = 1
        var echoing = PhoneBehaviour()
        echoing.faults = [RequestFault(.echo(asJSON: true), every: 2), RequestFault(.echo(asJSON: false))]
        let phones = try await simulator.start([
            .dp(name: "base-4", handsets: 2, passcode: Self.passcodes[4], behaviour: working),
            .gxp(name: "desk-5", passcode: Self.passcodes[5], behaviour: echoing),
        ])
        let yaml = PhoneSimulator.phonesYAML(for: phones)
        return (simulator, yaml.split(separator: "\n").drop { $0 != "phones:" }.dropFirst().joined(separator: "\n"))
    }

    /// Every form in which a passcode could come out.
    private func forms(_ passcode: String) -> [String] {
        let unreserved = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: "\u{0}"..."\u{7f}"))
        let percent = passcode.addingPercentEncoding(withAllowedCharacters: unreserved) ?? passcode
        let query = passcode.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed) ?? passcode
        let json = String(decoding: (try? JSONEncoder().encode([passcode])) ?? Data(), as: UTF8.self)
            .dropFirst(2).dropLast(2)
        return [
            passcode, percent, percent.lowercased(), query, String(json), Data(passcode.utf8).base64EncodedString(),
        ]
    }

    @Test("a full run at trace level tells no passcode: not in a log, a report, an error, an export or a file")
    func nowhere() async throws {
        let program = try Program()
        var phones: [Process] = []
        defer { for phone in phones { phone.terminate() } }
        var yaml = "phones:\n"
        let sources = ["\"pl&in 7+1é\"", "{ env: DESK_PASSCODE }", "{ file: passcode.txt }", "\"wr0ng/&pw\""]
        for (index, source) in sources.enumerated() {
            let right = index == 3 ? "r1ght" : Self.passcodes[index]
            phones.append(
                try await program.startPhones(
                    ["--gxp", "1", "--passcode", right, "--agent-hangs-up-after", "1"], output: "phone-\(index)"))
            let text = program.text("phone-\(index).out")
            let document = try #require(
                try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            let address = (document["phones"] as? [[String: Any]])?.first?["address"] as? String ?? ""
            yaml += "  - { name: desk-\(index), family: gxp, address: \"\(address)\", passcode: \(source) }\n"
        }
        let others = try await otherPhones()
        yaml += others.yaml + "\n"
        try program.write(yaml, to: "phones.yaml")
        try program.write(Self.passcodes[2] + "\n", to: "passcode.txt")
        try program.write(
            "campaign: x\nregion: US\ncalling_rules: { pack: none }\npacing: { wrap_up: 0s }\n", to: "c.yaml")
        try program.write("phone\n" + (1...6).map { "212555\($0)307" }.joined(separator: "\n") + "\n", to: "l.csv")
        let environment = ["DESK_PASSCODE": Self.passcodes[1], "OFFHOOK_LOG": "trace"]
        var said = ""
        for (index, arguments) in [
            ["phones", "apply", "--allow-local-phones", "phones.yaml"], ["campaign", "apply", "c.yaml"],
            ["import", "l.csv", "--campaign", "x"],
            ["phones", "list", "--format", "json"], ["phones", "check", "--format", "json"],
            ["run", "--campaign", "x", "--until-idle"], ["phone", "desk-0", "line-status"],
            ["phone", "desk-5", "line-status"], ["phone", "desk-5", "line-status"],
            ["phone", "desk-5", "make-call", "2125551307"], ["phone", "base-4/1", "handset-line-status"],
            ["phone", "desk-3", "line-status"], ["stations", "list"], ["stations", "ready", "desk-3"],
            ["run", "--campaign", "x", "--until-idle", "--format", "json"], ["report", "attempts", "--format", "json"],
            ["report", "outcomes"], ["why", "2125551307"], ["number", "2125551307"],
            ["contact", "export", "2125551307"], ["backup", "copy.db"], ["check", "--replay"],
        ].enumerated() {
            let process = try program.start(arguments, output: "said-\(index)", environment: environment)
            try await program.end(of: process)
            said += program.text("said-\(index).out") + program.text("said-\(index).err")
        }
        #expect(said.contains("ready -> ") && said.contains("every attempt") == false)
        await others.simulator.stop()
        #expect(said.contains("locked out"))
        // The echo was told, without what must not be.
        #expect(said.contains("/cgi-bin/api-get_line_status"))
        for passcode in Self.passcodes {
            for form in forms(passcode) { #expect(!said.contains(form), "the output tells \(form)") }
        }
        // The database with its log, its copy and its key: none holds a passcode in clear.
        let files = try FileManager.default.contentsOfDirectory(at: program.folder, includingPropertiesForKeys: nil)
        let written = files.filter { $0.lastPathComponent.contains(".db") }
        #expect(written.count >= 3)
        for file in written {
            let bytes = try Data(contentsOf: file)
            for form in Self.passcodes.flatMap(forms) {
                #expect(bytes.range(of: Data(form.utf8)) == nil, "\(file.lastPathComponent) holds \(form)")
            }
        }
        let mode =
            try FileManager.default.attributesOfItem(
                atPath: program.folder.appendingPathComponent("offhook.db.key").path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }
}
