import Campaigns
import Foundation

/// Puts a back-up in the place of a database, so that a crash at any step leaves the old or the new one, or says that the
/// restore is to be finished.
///
/// The copy is made, checked and brought to disk beside the database. Then a plan is written: from there on nothing opens the
/// database, and a second run finishes. What stood there is moved aside, piece by piece, and never deleted; the last step gives
/// the copy its name.
public struct DatabaseReplacement: Sendable {
    /// The database that is to be replaced.
    public let path: String

    /// A replacement of the database at a path.
    public init(path: String) {
        self.path = path
    }

    /// The back-up's copy until it gets its name.
    var part: String { path + ".restoring" }
    private var plan: String { path + ".restore-plan" }
    private static let besides = ["", "-wal", "-shm"]

    /// Whether a restore was interrupted after it had begun to move files.
    public var isUnfinished: Bool { FileManager.default.fileExists(atPath: plan) }

    /// - Throws: `StoreError.refused` where a restore of the database was interrupted.
    static func refuseUnfinished(_ path: String) throws {
        guard DatabaseReplacement(path: path).isUnfinished else { return }
        throw StoreError.refused(
            "A restore of the database \(path) was interrupted; finish it with: offhook restore --db \(BackupMark.quoted(path))"
        )
    }

    /// Makes the copy's place free; what an interrupted copy left behind goes.
    func clearPart() {
        for suffix in Self.besides + [".key"] { try? FileManager.default.removeItem(atPath: part + suffix) }
    }

    /// Moves what stands at the path aside and gives the copy its name. Called again after an interruption, it goes on.
    ///
    /// - Parameters:
    ///   - willStep: called before each step that changes something, for tests that interrupt it.
    /// - Returns: the name under which the former database is kept; nil where there was none.
    /// - Throws: `StoreError.refused`.
    func complete(at now: Instant, willStep: () throws -> Void = {}) throws -> String? {
        try willStep()
        let aside = try beginPlan(at: now)
        if exists(part) {
            for suffix in Self.besides where exists(path + suffix) {
                try willStep()
                try move(path + suffix, to: aside + suffix)
            }
            if exists(part + ".key") {
                if exists(path + ".key") {
                    try willStep()
                    try move(path + ".key", to: aside + ".key")
                }
                try willStep()
                try move(part + ".key", to: path + ".key")
            }
            try PrivateCopy.sync(PrivateCopy.folder(of: path))
            try willStep()
            try move(part, to: path)
        }
        try PrivateCopy.sync(PrivateCopy.folder(of: path))
        try willStep()
        try? FileManager.default.removeItem(atPath: plan)
        try PrivateCopy.sync(PrivateCopy.folder(of: path))
        return exists(aside) ? aside : nil
    }

    /// Goes on with a restore that was interrupted.
    ///
    /// - Returns: the name under which the former database is kept; nil where there was none.
    public func finish(at now: Instant) throws -> String? { try complete(at: now) }

    /// The name under which the former database is kept, once it is on disk.
    private func beginPlan(at now: Instant) throws -> String {
        if isUnfinished { return try String(contentsOfFile: plan, encoding: .utf8) }
        let stamp = now.iso8601.prefix(19).filter { $0.isNumber || $0 == "T" } + "Z"
        var aside = "\(path).before-restore-\(stamp)"
        var count = 1
        while (Self.besides + [".key"]).contains(where: { exists(aside + $0) }) {
            count += 1
            aside = "\(path).before-restore-\(stamp)-\(count)"
        }
        let draft = plan + ".part"
        try? FileManager.default.removeItem(atPath: draft)
        guard
            FileManager.default.createFile(
                atPath: draft, contents: Data(aside.utf8), attributes: [.posixPermissions: 0o600])
        else { throw StoreError.refused("\(draft) cannot be written; check the folder and its permissions.") }
        try PrivateCopy.sync(draft)
        try move(draft, to: plan)
        try PrivateCopy.sync(PrivateCopy.folder(of: path))
        return aside
    }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// Renames; nothing is ever written over, except the name of a plan's draft.
    private func move(_ source: String, to target: String) throws {
        guard !exists(target), rename(source, target) == 0 else {
            throw StoreError.refused(
                "\(source) cannot be renamed to \(target): \(exists(target) ? "there is a file of that name" : String(cString: strerror(errno)))."
            )
        }
    }
}
