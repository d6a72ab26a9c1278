import CallingRules
import CampaignStore
import Campaigns
import Foundation
import Synchronization

/// The rule packs that were taken after the installation: signed files in a folder beside the database, which is the dialer's own,
/// while the share folder often cannot be written. Each is held against its signature whenever it is read.
public final class RuleUpdates: Sendable {
    private struct Known {
        var stamp: [Int64]
        var update: RuleUpdate
    }

    /// The folder beside the database.
    public let folder: String
    private let keyPath: String
    private let known = Mutex<Known?>(nil)

    /// The updates beside a database.
    ///
    /// - Parameter share: the folder with `rules.pub`.
    public init(database: String, share: URL) {
        folder = database + ".rules"
        keyPath = share.appendingPathComponent("rules.pub").path
    }

    private var currentPath: String { folder + "/current.rules" }
    private var previousPath: String { folder + "/previous.rules" }

    /// The key that this installation trusts.
    ///
    /// - Throws: `SupervisionError` where there is none: then no update is taken.
    public func key() throws -> RuleKey {
        guard let text = try? String(contentsOfFile: keyPath, encoding: .utf8) else {
            throw SupervisionError(
                "This installation trusts no key for rule packs: whoever installed Offhook puts the issuer's public key at \(keyPath) "
                    + "(docs/calling-rules.md). Nothing was changed.")
        }
        return try RuleKey(text, file: keyPath)
    }

    /// The update in force; nil where the packs are those of the installation.
    ///
    /// - Throws: `SupervisionError` where what was taken cannot be read any more: nobody is called by older packs without a word.
    public func current() throws -> RuleUpdate? {
        guard let stamp = Self.stamp(currentPath) else { return nil }
        return try known.withLock { known in
            if let known, known.stamp == stamp { return known.update }
            let update = try read(currentPath)
            known = Known(stamp: stamp, update: update)
            return update
        }
    }

    /// The packs of the installation with those of the update in force in the place of older ones of the same names.
    ///
    /// - Throws: as ``current()``.
    public func packs(over shipped: [String: RulePack]) throws -> [String: RulePack] {
        guard let current = try current() else { return shipped }
        return Self.packs(of: current, over: shipped)
    }

    /// Of two packs of one name the newer version holds, and the update's where both are of one day: an upgrade of Offhook may bring
    /// newer packs than the update.
    public static func packs(of update: RuleUpdate?, over shipped: [String: RulePack]) -> [String: RulePack] {
        guard let update else { return shipped }
        return shipped.merging(update.packs) { shipped, updated in
            updated.version >= shipped.version ? updated : shipped
        }
    }

    /// What going back would put in force; nil for the packs of the installation.
    ///
    /// - Throws: `SupervisionError` where no update is in force, or the one before cannot be read any more.
    public func beforeCurrent() throws -> RuleUpdate? {
        guard Self.stamp(currentPath) != nil else {
            throw SupervisionError("No update of rule packs is in force; the packs are those of the installation.")
        }
        return Self.stamp(previousPath) == nil ? nil : try read(previousPath)
    }

    /// Reads a file that somebody offers, and holds it against what is in force.
    ///
    /// - Throws: `SupervisionError`, `FileProblems`: what is wrong with it; nothing was changed.
    public func offer(_ path: String, over shipped: [String: RulePack]) throws -> RuleUpdate {
        let key = try key()
        let update: RuleUpdate
        do {
            update = try RuleUpdate(try RuleUpdate.bytes(at: path), name: path, key: key)
        } catch let problems as FileProblems {
            throw SupervisionError(
                "\(path) has packs that this version of Offhook cannot read; upgrade Offhook first. Nothing was changed.\n\(problems)"
            )
        }
        // What cannot be read any more keeps nobody from taking a good file.
        let current = try? current()
        if let current {
            guard update.issued > current.issued else {
                throw SupervisionError(
                    update.bytes == current.bytes
                        ? "\(path) is in force already. Nothing was changed."
                        : "\(path) was issued \(update.issued.iso8601), and the packs in force \(current.issued.iso8601): an older update is "
                            + "not taken; to go back, run offhook rules revert. Nothing was changed.")
            }
        }
        let inForce = Self.packs(of: current, over: shipped)
        for (name, pack) in update.packs.sorted(by: { $0.key < $1.key }) {
            guard let known = inForce[name], pack.version < known.version else { continue }
            throw SupervisionError(
                "\(path) has the pack “\(name)” of \(pack.version), older than \(known.version), which is in force. Nothing was changed."
            )
        }
        return update
    }

    /// Puts an update in force; the one before stays as the way back. Each file takes its place whole.
    ///
    /// - Throws: `SupervisionError` where the folder cannot be written.
    public func take(_ update: RuleUpdate) throws {
        mkdir(folder, 0o700)
        if Self.stamp(currentPath) == nil {
            unlink(previousPath)
        } else if let before = try? current() {
            // One that cannot be read any more is no way back; what was before it stays.
            try Self.write(before.bytes, to: previousPath)
        }
        try Self.write(update.bytes, to: currentPath)
    }

    /// Goes back to the update before, or to the packs of the installation.
    ///
    /// - Throws: `SupervisionError`.
    public func revert() throws {
        _ = try beforeCurrent()
        let isDone =
            Self.stamp(previousPath) == nil ? unlink(currentPath) == 0 : rename(previousPath, currentPath) == 0
        guard isDone else {
            throw SupervisionError(
                "\(folder) cannot be written (\(String(cString: strerror(errno)))). Nothing was changed.")
        }
    }

    private func read(_ path: String) throws -> RuleUpdate {
        do {
            return try RuleUpdate(try RuleUpdate.bytes(at: path), name: path, key: try key())
        } catch {
            throw SupervisionError(
                "The rule packs that were taken with offhook rules update cannot be used: \(error) Take the file again, or go back with "
                    + "offhook rules revert.")
        }
    }

    /// What changes with a file; nil where there is none.
    private static func stamp(_ path: String) -> [Int64]? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return [
            Int64(truncatingIfNeeded: status.st_ino), Int64(status.st_size), Int64(status.st_mtim.tv_sec),
            Int64(status.st_mtim.tv_nsec),
        ]
    }

    private static func write(_ bytes: Data, to path: String) throws {
        let temporary = path + ".part"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        let failure = {
            SupervisionError("\(path) cannot be written (\(String(cString: strerror(errno)))). Nothing was changed.")
        }
        guard descriptor >= 0 else { throw failure() }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: bytes)
            try handle.synchronize()
            try handle.close()
        } catch {
            unlink(temporary)
            throw SupervisionError("\(path) cannot be written (\(error.localizedDescription)). Nothing was changed.")
        }
        guard rename(temporary, path) == 0 else { throw failure() }
    }
}
