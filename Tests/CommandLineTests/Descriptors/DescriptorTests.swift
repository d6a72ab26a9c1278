import CampaignStore
import Foundation
import PhoneSimulator
import Proving
import TestSupport
import Testing

/// The real program with few descriptors, while others take them: calls go on, and nobody is blamed.
@Suite("A computer with few descriptors", .serialized, .timeLimit(.minutes(15))) struct DescriptorTests {
    private static let farEnds = """
        { "by_last_two_digits": {},
          "others": [ { "share": 1, "far_end": { "rings": 0.2, "answers": { "talks": 0.4 } } } ] }
        """

    private let program: Program
    private let phones: Process

    init() async throws {
        program = try Program()
        try program.write(Self.farEnds, to: "far-ends.json")
        phones = try await program.startPhones([
            "--gxp", "6", "--far-ends", "far-ends.json", "--agent-hangs-up-after", "1", "--truth-log", "truth.jsonl",
        ])
        try program.write(
            """
            campaign: x
            region: US
            calling_rules: { pack: none }
            pacing: { wrap_up: 0s }
            retry: { short_answer: { attempts: 1, after: 1d }, failed_fast: { attempts: 1, after: 1d } }
            """, to: "x.yaml")
    }

    /// Loads the phones and so many contacts, and starts the campaign.
    private func load(_ contacts: Int) async throws {
        let numbers = (0..<contacts).map { "2125\(String(500_000 + $0))" }
        try program.write((["phone"] + numbers).joined(separator: "\n") + "\n", to: "x.csv")
        for words in [
            ["phones", "apply", "phones.yaml"], ["campaign", "apply", "x.yaml"],
            ["import", "x.csv", "--campaign", "x"],
            ["campaign", "start", "x"],
        ] {
            let result = try await program.run(words: words)
            try #require(result.status == 0, "\(words): \(result.errors)")
        }
    }

    private var calls: Int { program.text("truth.jsonl").split(separator: "\n").count { $0.contains("call_started") } }
    private var polls: Int { program.text("truth.jsonl").split(separator: "\n").count { $0.contains("\"request\"") } }

    private func wait(for what: String, _ process: Process, until holds: () async throws -> Bool) async throws {
        try await TestSupport.wait(for: what) {
            guard process.isRunning else {
                throw ProgramProblem(description: "the program ended: \(self.program.text("program.err"))")
            }
            return try await holds()
        }
    }

    private func wait(forCalls count: Int, _ process: Process) async throws {
        try await wait(for: "\(count) calls", process) { calls >= count }
    }

    private static func openDescriptors(of process: Process) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.processIdentifier)/fd").count
    }

    private func opened() throws -> CampaignStore {
        try CampaignStore(path: program.folder.appendingPathComponent("offhook.db").path)
    }

    private func rows(_ store: CampaignStore) throws -> [AttemptRow] {
        var attempts: [AttemptRow] = []
        try store.attempts { attempts.append($0) }
        return attempts
    }

    /// Holds every attempt against what the phones know, and returns all that was broken.
    private func problems() throws -> [String] {
        let store = try opened()
        defer { try? store.close() }
        let decoder = JSONDecoder()
        let truth = try program.text("truth.jsonl").split(separator: "\n").map {
            try decoder.decode(TruthEntry.self, from: Data($0.utf8))
        }
        return TruthComparison(attempts: try rows(store), truth: truth).problems
            + (try store.problems().map { "\($0)" })
    }

    /// The status of an answer to `GET /healthz`; nil where there is none.
    private func health(_ port: Int) async -> String? {
        let answer = try? await program.run(asks: port)
        return answer.flatMap { $0.split(separator: " ").dropFirst().first.map(String.init) }
    }

    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        try #require(isBound)
        return Int(UInt16(bigEndian: address.sin_port))
    }

    @Test("1,500 connections that say nothing: phones are polled and called as before, and then the pages answer again")
    func flood() async throws {
        let contacts = 60
        try await load(contacts)
        let port = try Self.freePort()
        let server = try program.start(
            ["serve", "--port", "\(port)", "--stations", "*"], output: "program", descriptors: 256)
        try await wait(forCalls: 6, server)
        #expect(await health(port) == "200")
        let flood = try HeldConnections(port: port, count: 1500, in: program.folder)
        try await flood.wait(forTries: 1500)
        // From here on everything happens under the flood.
        let before = calls
        #expect(before < contacts, "the calls were over before the flood began; give the campaign more contacts")
        try await wait(forCalls: contacts, server)
        let polled = polls
        try await wait(for: "further polls", server) { polls > polled + 30 }
        try await wait(for: "connections that are held", server) { flood.held > 0 }
        #expect(try Self.openDescriptors(of: server) <= 256 - 48)
        try await flood.end()
        try await wait(for: "the pages", server) { await health(port) == "200" }
        kill(server.processIdentifier, SIGTERM)
        try await program.end(of: server)
        #expect(server.terminationReason == .exit && server.terminationStatus == 0, "\(program.text("program.err"))")

        #expect(try problems() == [])
        let store = try opened()
        defer { try? store.close() }
        let attempts = try rows(store)
        #expect(attempts.count == contacts)
        #expect(attempts.allSatisfy { !["phone_refused", "not_sent", "phone_lost"].contains($0.outcome) })
        let journal = try store.journal(limit: .max)
        #expect(!journal.contains { $0.event == "dialling_held" })
        #expect(!journal.contains { $0.event == "station_unreachable" })
        #expect(program.text("program.err").contains("connections were not let in"))
    }

    @Test("descriptors that are taken away hold dialing, which is told, and goes on by itself when they are back")
    func takenAway() async throws {
        let contacts = 60
        try await load(contacts)
        let run = try program.start(["run", "--until-idle"], output: "program", descriptors: 1024)
        try await wait(forCalls: 6, run)
        // Fewer than a call needs are left, and enough to follow the calls that are up.
        try limit(run, to: try Self.openDescriptors(of: run) + 20)
        try await program.wait(for: "No call is placed now", in: "program.err")
        let why = try await program.run("why", "--campaign", "x")
        #expect(why.output.contains("Dialing waits: this program has as many files and connections open"), "\(why)")
        // The calls that are up end; the phones are asked often enough for many more to be placed if they were allowed to be.
        try await wait(for: "the end of the calls", run) {
            let store = try opened()
            defer { try? store.close() }
            return try rows(store).allSatisfy { $0.phase == "settled" }
        }
        let (placed, polled) = (calls, polls)
        try await wait(for: "further polls", run) { polls > polled + 30 }
        #expect(calls == placed)
        #expect(placed < contacts)
        try limit(run, to: 1024)
        try await program.end(of: run)
        #expect(run.terminationReason == .exit && run.terminationStatus == 0, "\(program.text("program.err"))")

        #expect(try problems() == [])
        let store = try opened()
        defer { try? store.close() }
        let attempts = try rows(store)
        #expect(Set(attempts.compactMap(\.number)).count == contacts)
        #expect(attempts.allSatisfy { $0.outcome != "phone_refused" })
        #expect(try store.journal(limit: .max).contains { $0.event == "dialling_held" && $0.detail == "shortage" })
        #expect(!program.text("program.err").contains("damaged"))
        #expect(try await !program.run("why", "--campaign", "x").output.contains("Dialing waits"))
    }

    @Test("a limit that is too low to begin with is refused with what to do", arguments: ["run", "serve"])
    func tooLow(command: String) async throws {
        try await load(1)
        let process = try program.start([command], output: "low", descriptors: 100)
        try await program.end(of: process)
        #expect(process.terminationReason == .exit && process.terminationStatus != 0)
        #expect(program.text("low.err").contains("LimitNOFILE"), "\(program.text("low.err"))")
    }

    private func limit(_ process: Process, to descriptors: Int) throws {
        let tool = Process()
        tool.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        tool.arguments = ["prlimit", "--pid", "\(process.processIdentifier)", "--nofile=\(descriptors):"]
        try tool.run()
        tool.waitUntilExit()
        try #require(tool.terminationStatus == 0)
    }
}

extension Program {
    /// Asks a server on this computer how it is.
    ///
    /// - Returns: the first line of its answer; empty where there is none.
    fileprivate func run(asks port: Int) async throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            """
            import socket, sys
            try:
                with socket.create_connection(('127.0.0.1', int(sys.argv[1])), timeout=60) as one:
                    one.sendall(b'GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n')
                    sys.stdout.write(one.recv(4096).decode().split('\\r\\n')[0])
            except OSError: pass
            """, "\(port)",
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        try await TestSupport.wait(for: "an answer") { !process.isRunning }
        return String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    }
}
