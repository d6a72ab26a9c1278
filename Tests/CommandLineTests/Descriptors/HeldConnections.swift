import Foundation
import TestSupport

/// A program that opens connections to a server from sixty addresses of this computer, sends nothing, and holds what it gets; what
/// the server closes it opens again. It ends with the test that started it.
final class HeldConnections {
    private let process = Process()
    private let output: URL

    private static let script = """
        import os, resource, select, socket, sys
        port, wanted, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
        tried, held = 0, []
        while True:
            for _ in range(min(100, wanted - len(held))):
                one = socket.socket()
                one.settimeout(2)
                try:
                    one.bind(('127.0.1.%d' % (tried % 60 + 1), 0))
                    tried += 1
                    one.connect(('127.0.0.1', port))
                    held.append(one)
                except OSError:
                    one.close()
            left = []
            for one in held:
                one.setblocking(False)
                try:
                    # Whatever the server says, it closes the connection then.
                    one.recv(4096)
                    one.close()
                except BlockingIOError:
                    left.append(one)
                except OSError:
                    one.close()
            held = left
            with open(path + '.new', 'w') as file: file.write('%d %d' % (tried, len(held)))
            os.replace(path + '.new', path)
            if select.select([sys.stdin], [], [], 0.05)[0]: sys.exit(0)
        """

    /// - Parameter count: how many it tries to hold at once.
    init(port: Int, count: Int, in folder: URL) throws {
        output = folder.appendingPathComponent("held-\(UUID().uuidString)")
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", Self.script, "\(port)", "\(count)", output.path]
        // Its end, however the tests end, ends the program.
        process.standardInput = Pipe()
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// How many it has opened or tried to since the start, and how many it holds now.
    private var numbers: (tried: Int, held: Int) {
        let words = ((try? String(contentsOf: output, encoding: .utf8)) ?? "").split(separator: " ").compactMap {
            Int($0)
        }
        return words.count == 2 ? (words[0], words[1]) : (0, 0)
    }

    var held: Int { numbers.held }

    /// Waits until it has opened, or tried to, so many.
    func wait(forTries count: Int) async throws {
        try await TestSupport.wait(for: "\(count) connections") {
            guard self.process.isRunning else { throw ProgramProblem(description: "what holds connections has ended") }
            return self.numbers.tried >= count
        }
    }

    /// Closes all of them.
    func end() async throws {
        kill(process.processIdentifier, SIGKILL)
        try await TestSupport.wait(for: "the end of what holds connections") { !self.process.isRunning }
    }
}
