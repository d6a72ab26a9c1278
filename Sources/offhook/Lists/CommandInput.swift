import CampaignStore
import Foundation
import Supervision

/// Files that commands read.
enum CommandInput {
    /// A list by its path; `-` is standard input, which is put in a file to be read twice.
    ///
    /// - Parameter database: whose own files are refused.
    static func list(_ path: String, beside database: DatabaseOptions) throws -> ListFile {
        guard path == "-" else {
            try OwnFiles.refuse(path, of: database.path)
            return try ListFile(path)
        }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try spool(to: file)
        return try ListFile(file.path, name: path, listName: "standard input", isTemporary: true)
    }

    private static func spool(to file: URL) throws {
        guard FileManager.default.createFile(atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw CommandFailure("Standard input cannot be kept in \(file.path); is the disk full?") }
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        while let piece = try FileHandle.standardInput.read(upToCount: 1 << 20), !piece.isEmpty {
            try handle.write(contentsOf: piece)
        }
    }
}
