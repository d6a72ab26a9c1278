import Foundation
import GRDB
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
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            configuration.busyMode = .timeout(30)
            let path = program.folder.appendingPathComponent("offhook.db").path
            let other = try DatabaseQueue(path: path, configuration: configuration)
            try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
            try await Task.sleep(for: lock)
            try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
            try other.close()
            return nil
        }
    }
}
