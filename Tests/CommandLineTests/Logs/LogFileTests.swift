import Foundation
import Testing

/// The log of the program as it runs.
@Suite("Log files and lines", .timeLimit(.minutes(15))) struct LogFileTests {
    let program: Program

    init() throws {
        program = try Program()
    }

    /// Waits for something that a program does.
    private func wait(for condition: () -> Bool) async throws {
        while !condition() { try await Task.sleep(for: .milliseconds(10)) }
    }

    private func startServer(_ options: [String], environment: [String: String] = [:]) throws -> Process {
        try program.start(
            ["serve", "--port", "0"] + options, output: "serve",
            environment: environment.merging(["OFFHOOK_CLAIMS": program.folder.path]) { $1 })
    }

    @Test(
        "SIGHUP opens the log file anew and ends nothing; SIGTERM ends the program, whose last line is in the new file")
    func rotation() async throws {
        let serve = try startServer(["--log-file", "a.log", "--log-format", "json"])
        defer { serve.terminate() }
        try await wait { program.text("a.log").contains("Offhook serves at") }
        try FileManager.default.moveItem(
            at: program.folder.appendingPathComponent("a.log"), to: program.folder.appendingPathComponent("a.log.1"))
        kill(serve.processIdentifier, SIGHUP)
        try await wait { FileManager.default.fileExists(atPath: program.folder.appendingPathComponent("a.log").path) }
        #expect(serve.isRunning)
        kill(serve.processIdentifier, SIGTERM)
        try await wait { !serve.isRunning }
        #expect(serve.terminationReason == .exit && serve.terminationStatus == 0, "\(program.text("serve.err"))")
        #expect(program.text("a.log").contains("No further call is placed"))
        for line in (program.text("a.log.1") + program.text("a.log")).split(separator: "\n") {
            let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
            #expect(event?["time"]?.hasSuffix("Z") == true && event?["level"] != nil && event?["subsystem"] != nil)
        }
        #expect(program.text("serve.err").isEmpty)
    }

    @Test("a log file that cannot be opened is said on standard error, where the log goes on")
    func noFile() async throws {
        let serve = try startServer(["--log-file", "no/folder/a.log"])
        defer { serve.terminate() }
        try await wait { program.text("serve.err").contains("Offhook serves at") }
        #expect(program.text("serve.err").contains("cannot be opened: No such file or directory"))
        kill(serve.processIdentifier, SIGTERM)
        try await wait { !serve.isRunning }
    }

    @Test("the database, its log and its key are no log files, under whatever name")
    func database() async throws {
        try await program.run("user", "add", "anna", "--role", "administrator")
        let before = try Data(contentsOf: program.folder.appendingPathComponent("offhook.db"))
        try FileManager.default.createSymbolicLink(
            at: program.folder.appendingPathComponent("link"),
            withDestinationURL: program.folder.appendingPathComponent("offhook.db"))
        for name in ["offhook.db", "./offhook.db-wal", "link", "offhook.db.key"] {
            let result = try await program.run("serve", "--port", "0", "--log-file", name)
            #expect(result.status != 0 && result.errors.contains("belongs to the database"), "\(name)")
        }
        #expect(try Data(contentsOf: program.folder.appendingPathComponent("offhook.db")) == before)
    }

    @Test("formats and levels come from the environment too, and a word that is none is named")
    func environment() async throws {
        let serve = try startServer(
            ["--log-level", "info"], environment: ["OFFHOOK_LOG_FORMAT": "json", "OFFHOOK_LOG_LEVEL": "error"])
        defer { serve.terminate() }
        try await wait { program.text("serve.err").contains("Offhook serves at") }
        #expect(program.text("serve.err").hasPrefix("{\"time\":\""))
        kill(serve.processIdentifier, SIGTERM)
        try await wait { !serve.isRunning }
        let wrong = try startServer([], environment: ["OFFHOOK_LOG_LEVEL": "loud"])
        try await wait { !wrong.isRunning }
        #expect(wrong.terminationStatus != 0)
        #expect(program.text("serve.err").contains("OFFHOOK_LOG_LEVEL takes one of trace, debug, info"))
    }

    @Test("without a terminal the link of the first administrator is told nowhere: a command that prints one is")
    func setupLink() async throws {
        let serve = try startServer(["--log-level", "trace"])
        defer { serve.terminate() }
        try await wait { program.text("serve.err").contains("Nobody can administer yet") }
        kill(serve.processIdentifier, SIGTERM)
        try await wait { !serve.isRunning }
        let said = program.text("serve.err") + program.text("serve.out")
        #expect(!said.contains("/setup/"))
        #expect(said.contains("offhook user add NAME --role administrator --db offhook.db"))
        let added = try await program.run("user", "add", "anna", "--role", "administrator", "--db", "offhook.db")
        #expect(added.output.contains("/setup/") || added.output.contains("http"))
    }

    @Test("on a terminal the link is printed there, and is in no log")
    func setupLinkOnTerminal() async throws {
        let main = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK)
        defer { close(main) }
        // TIOCSPTLCK unlocks the other end, TIOCGPTN tells its number.
        var (locked, number): (Int32, Int32) = (0, 0)
        try #require(main >= 0 && ioctl(main, 0x4004_5431, &locked) == 0 && ioctl(main, 0x8004_5430, &number) == 0)
        let other = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        try #require(other >= 0)
        let terminal = FileHandle(fileDescriptor: other, closeOnDealloc: true)
        let serve = try program.start(
            ["serve", "--port", "0", "--log-file", "a.log", "--log-level", "trace"], output: "serve",
            environment: ["OFFHOOK_CLAIMS": program.folder.path], terminal: terminal)
        defer { serve.terminate() }
        var shown = ""
        while !shown.contains("/setup/"), serve.isRunning {
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = read(main, &bytes, bytes.count)
            if count > 0 { shown += String(decoding: bytes[0..<count], as: UTF8.self) }
            if count <= 0 { try await Task.sleep(for: .milliseconds(10)) }
        }
        #expect(shown.contains("Create the administrator within 24 hours at http"))
        kill(serve.processIdentifier, SIGTERM)
        try await wait { !serve.isRunning }
        #expect(!program.text("a.log").contains("/setup/") && !program.text("serve.err").contains("/setup/"))
    }
}
