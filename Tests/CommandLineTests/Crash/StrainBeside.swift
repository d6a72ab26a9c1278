import Foundation
import Testing

/// What others do to the database while a dialer runs and is killed.
enum StrainBeside: Sendable, CaseIterable {
    /// Nothing.
    case nothing
    /// A list comes in; the same kill ends it, unless it is done by then.
    case list
    /// A person is erased, and the campaign is exported.
    case erasure
    /// Another program holds the write lock.
    case lock

    /// Does it; the harness brings the list in by itself.
    ///
    /// - Returns: the number that was erased, where that was confirmed.
    func apply(to program: Program, lock: Duration, number: Int) async throws -> String? {
        switch self {
        case .nothing, .list: return nil
        case .erasure:
            let export = try await program.run("export", "--campaign", "x")
            #expect(export.status == 0, "\(export.errors)")
            let erased = "+1720520\(1000 + number)"
            let result = try await program.run("contact", "erase", erased, "--yes")
            #expect(result.status == 0, "\(result.errors)")
            return erased
        case .lock:
            // A program of its own: where this process has to wait for its turn, the lock is let go all the same.
            let other = Process()
            other.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            other.arguments = [
                "python3", "-c",
                """
                import sqlite3, sys, time
                database = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
                database.execute("BEGIN IMMEDIATE")
                time.sleep(float(sys.argv[2]))
                database.execute("ROLLBACK")
                """, program.folder.appendingPathComponent("offhook.db").path,
                "\(Double(lock.components.seconds) + Double(lock.components.attoseconds) / 1e18)",
            ]
            try other.run()
            while other.isRunning { try await Task.sleep(for: .milliseconds(20)) }
            #expect(other.terminationStatus == 0)
            return nil
        }
    }
}
