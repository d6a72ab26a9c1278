import Foundation
import Synchronization
import TestSupport
import Testing

/// The built program, run as a user runs it, in a folder of its own. What it started and still runs when the test is over, however
/// that came, is ended with it.
final class Program: Sendable {
    struct Result {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Where the program writes.
    enum Output {
        /// To files in the folder, so that no full pipe can hold it up.
        case files
        /// To a terminal that was closed: nowhere, with an error.
        case closed
        /// Messages to a pipe; its standard output to a file.
        case messages(Pipe)
    }

    let folder: URL
    private let started = Mutex<[Process]>([])
    static let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("offhook")

    /// The system's zone data by another name: for data that are not where the package puts them, no command asks the package
    /// manager, which takes it a second on some machines.
    private static let zones = {
        let link = executable.deletingLastPathComponent().appendingPathComponent("zoneinfo")
        try? FileManager.default.createSymbolicLink(
            at: link, withDestinationURL: URL(fileURLWithPath: "/usr/share/zoneinfo"))
        return link.path
    }()

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        let rest = started.withLock { $0.filter(\.isRunning) }
        for process in rest { kill(process.processIdentifier, SIGKILL) }
        // Nothing survives that; the folder goes when nobody writes into it any more.
        for process in rest { while process.isRunning { usleep(1000) } }
        try? FileManager.default.removeItem(at: folder)
    }

    func write(_ text: String, to name: String) throws {
        try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }

    /// Starts the program.
    ///
    /// - Parameters:
    ///   - descriptors: the most files and connections that it may have open; nil for what this program may.
    ///   - terminal: takes standard output in place of a file.
    func start(
        _ arguments: [String], output: String, environment further: [String: String] = [:], to target: Output = .files,
        descriptors: Int? = nil, terminal: FileHandle? = nil
    ) throws -> Process {
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = arguments
        if let descriptors {
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments =
                ["-c", "ulimit -n \(descriptors) && exec \"$0\" \"$@\"", Self.executable.path] + arguments
        }
        process.currentDirectoryURL = folder
        var environment = ProcessInfo.processInfo.environment
        environment["OFFHOOK_DB"] = nil
        environment["TZDIR"] = Self.zones
        environment.merge(further) { $1 }
        process.environment = environment
        switch target {
        case .files:
            process.standardOutput = try file("\(output).out")
            process.standardError = try file("\(output).err")
        case .closed:
            process.standardOutput = try Self.closedPipe()
            process.standardError = try Self.closedPipe()
        case .messages(let pipe):
            process.standardOutput = try file("\(output).out")
            process.standardError = pipe
        }
        if let terminal { process.standardOutput = terminal }
        try process.run()
        // The process has its own: thousands that stay open here make Foundation's `run()` crash, which reads behind the end of its
        // list of descriptors.
        for case let handle as FileHandle in [process.standardOutput, process.standardError] where handle !== terminal {
            try? handle.close()
        }
        StrayWatch.shared.watch(process.processIdentifier)
        started.withLock { $0.append(process) }
        return process
    }

    private func file(_ name: String) throws -> FileHandle {
        let file = folder.appendingPathComponent(name)
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        return try FileHandle(forWritingTo: file)
    }

    private static func closedPipe() throws -> Pipe {
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        return pipe
    }

    func text(_ name: String) -> String {
        (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
    }

    /// Waits until a file of the folder holds a text.
    func wait(for text: String, in name: String) async throws {
        try await TestSupport.wait(for: "“\(text)” in \(name)") { self.text(name).contains(text) }
    }

    /// Waits until a process has ended.
    func end(of process: Process) async throws {
        let name = (process.arguments ?? []).joined(separator: " ")
        try await TestSupport.wait(for: "the end of offhook \(name)") { !process.isRunning }
    }

    /// Runs the program to its end.
    @discardableResult
    func run(_ arguments: String...) async throws -> Result { try await run(words: arguments) }

    /// Runs the program to its end.
    @discardableResult
    func run(words arguments: [String], environment: [String: String] = [:]) async throws -> Result {
        let name = UUID().uuidString
        let process = try start(arguments, output: name, environment: environment)
        try await end(of: process)
        started.withLock { $0.removeAll { $0 === process } }
        return Result(status: process.terminationStatus, output: text("\(name).out"), errors: text("\(name).err"))
    }

    /// Starts virtual phones and writes their `phones.yaml`.
    func startPhones(_ options: [String], output: String = "phones") async throws -> Process {
        let process = try start(["simulate-phones"] + options, output: output)
        var yaml: String?
        try await TestSupport.wait(for: "the virtual phones") {
            if !process.isRunning {
                throw ProgramProblem(description: "the virtual phones ended: \(self.text("\(output).err"))")
            }
            let document =
                try? JSONSerialization.jsonObject(with: Data(self.text("\(output).out").utf8)) as? [String: Any]
            yaml = document?["phones.yaml"] as? String
            return yaml != nil
        }
        try write(try #require(yaml), to: "phones.yaml")
        return process
    }

    /// The attempts as the report gives them.
    func attempts() async throws -> [[String: Any]] {
        let report = try await run("report", "attempts", "--format", "json")
        return try #require(
            try JSONSerialization.jsonObject(with: Data(report.output.utf8)) as? [[String: Any]], "\(report.errors)")
    }
}

struct ProgramProblem: Error {
    let description: String
}
