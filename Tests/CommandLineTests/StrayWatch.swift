import Foundation
import Synchronization

/// A process that outlives the tests for a moment, and ends what they started and left: they may have been killed.
///
/// It is told each number through a pipe, whose end it sees however the tests ended. The system's own way, a signal at the
/// parent's death, goes by the thread that started a process, and threads here come and go.
final class StrayWatch: Sendable {
    static let shared = StrayWatch()
    private let pipe = Mutex(Pipe())

    private static let script = """
        trap '' INT TERM HUP
        while read -r number; do numbers="$numbers $number"; done
        for number in $numbers; do
            case $(readlink "/proc/$number/exe") in
                "$1"*) echo "STRAY: $number $(tr '\\0' ' ' < "/proc/$number/cmdline")" >&2; kill -9 "$number" ;;
            esac
        done
        """

    private init() {
        let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", Self.script, "offhook-test-watch", folder.path]
        pipe.withLock { process.standardInput = $0 }
        do { try process.run() } catch { preconditionFailure("no shell to watch processes: \(error)") }
    }

    /// Ends a process of the build folder when the tests have ended, if it still runs then.
    func watch(_ number: Int32) {
        pipe.withLock { try? $0.fileHandleForWriting.write(contentsOf: Data("\(number)\n".utf8)) }
    }
}
