import Foundation
import Testing

/// The built program, run as a user runs it, in a folder of its own.
final class Program: Sendable {
    struct Result {
        var status: Int32
        var output: String
        var errors: String
    }

    let folder: URL
    static let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("offhook")

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func write(_ text: String, to name: String) throws {
        try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }

    /// Starts the program; its output goes to files, so that no full pipe can hold it up.
    ///
    /// - Parameter terminal: takes standard output in place of a file.
    func start(
        _ arguments: [String], output: String, environment further: [String: String] = [:],
        keepsOutput: Bool = true, terminal: FileHandle? = nil
    ) throws -> Process {
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        var environment = ProcessInfo.processInfo.environment
        environment["OFFHOOK_DB"] = nil
        environment.merge(further) { $1 }
        process.environment = environment
        for (suffix, isError) in [("out", false), ("err", true)] {
            let file = folder.appendingPathComponent("\(output).\(suffix)")
            _ = FileManager.default.createFile(atPath: file.path, contents: nil)
            let handle = try FileHandle(forWritingTo: file)
            // A terminal that is closed: what is written to it goes nowhere, with an error.
            if !keepsOutput {
                let pipe = Pipe()
                try pipe.fileHandleForReading.close()
                if isError { process.standardError = pipe } else { process.standardOutput = pipe }
                continue
            }
            if isError { process.standardError = handle } else { process.standardOutput = handle }
        }
        if let terminal { process.standardOutput = terminal }
        try process.run()
        return process
    }

    func text(_ name: String) -> String {
        (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
    }

    /// Runs the program to its end.
    @discardableResult
    func run(_ arguments: String...) async throws -> Result { try await run(words: arguments) }

    /// Runs the program to its end.
    @discardableResult
    func run(words arguments: [String]) async throws -> Result {
        let name = UUID().uuidString
        let process = try start(arguments, output: name)
        while process.isRunning { try await Task.sleep(for: .milliseconds(10)) }
        return Result(status: process.terminationStatus, output: text("\(name).out"), errors: text("\(name).err"))
    }

    /// Starts virtual phones and writes their `phones.yaml`.
    func startPhones(_ options: [String], output: String = "phones") async throws -> Process {
        let process = try start(["simulate-phones"] + options, output: output)
        for _ in 0..<1000 {
            if let data = text("\(output).out").data(using: .utf8),
                let document = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
                let yaml = document["phones.yaml"] as? String
            {
                try write(yaml, to: "phones.yaml")
                return process
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        process.terminate()
        throw ProgramProblem(description: "the virtual phones did not start: \(text("\(output).err"))")
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
