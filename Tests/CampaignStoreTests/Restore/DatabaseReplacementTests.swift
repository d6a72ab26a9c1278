import Campaigns
import Foundation
import GRDB
import Testing

@testable import CampaignStore

/// A back-up takes the place of a database, whatever interrupts it.
@Suite("Putting a back-up in place") struct DatabaseReplacementTests {
    private struct Interrupted: Error {}

    private func replacement(_ restored: RestoredStore) throws -> DatabaseReplacement {
        try restored.called.call(.answered, at: restored.later)
        try Data("old key".utf8).write(to: URL(fileURLWithPath: restored.lost + ".key"))
        return DatabaseReplacement(path: restored.lost)
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test(
        "the back-up stands in place with mode 0600, it stays itself, and what stood there is kept whole, with its log")
    func inPlace() throws {
        let restored = try RestoredStore()
        let replacement = try replacement(restored)
        let before = try Data(contentsOf: URL(fileURLWithPath: restored.backup))
        let prepared = try replacement.prepare(restored.backup, key: nil, by: "ada", at: restored.later)
        #expect(prepared.mark.backedUpAt == restored.backedUpAt)
        let aside = try #require(try replacement.putInPlace(at: restored.later))
        #expect(try Data(contentsOf: URL(fileURLWithPath: restored.backup)) == before)
        #expect(try mode(restored.lost) == 0o600)
        #expect(aside.hasPrefix(restored.lost + ".before-restore-20260310T"))
        // The lost database is whole under its new name: the call that only its log knew is there.
        try restored.called.store.close()
        let kept = try CampaignStore(path: aside, mayCreate: false)
        #expect(try RestoredStore.calls(kept).count == 1)
        let store = try CampaignStore(path: restored.lost, mayCreate: false)
        #expect(try RestoredStore.calls(store).isEmpty)
        #expect(try store.problems() == [])
        #expect(try store.journal().last?.event == "database_restored")
        #expect(try store.auditLog().first?.act == "database_restored")
        // No key was given: the one that stands there stays.
        #expect(FileManager.default.contents(atPath: restored.lost + ".key") == Data("old key".utf8))
    }

    @Test("interrupted before any step, it leaves the old or the new one, or says what to run; a second run finishes")
    func interrupted() throws {
        var step = 0
        while true {
            let restored = try RestoredStore()
            let replacement = try replacement(restored)
            _ = try replacement.prepare(restored.backup, key: nil, by: nil, at: restored.later)
            var count = 0
            do {
                _ = try replacement.complete(at: restored.later) {
                    if count == step { throw Interrupted() }
                    count += 1
                }
                #expect(step > 4)
                break
            } catch is Interrupted {}
            if replacement.isUnfinished {
                let error = #expect(throws: StoreError.self) { try CampaignStore(path: restored.lost) }
                #expect(error?.description.contains("interrupted; finish it with: offhook restore") == true)
                #expect(try replacement.finish(at: restored.later + .seconds(1)) != nil)
            } else {
                // Nothing was moved yet: the database is the old one, and the restore begins again.
                #expect(try CampaignStore(path: restored.lost, mayCreate: false).restoredBackup() == nil)
                _ = try replacement.prepare(restored.backup, key: nil, by: nil, at: restored.later)
                #expect(try replacement.putInPlace(at: restored.later) != nil)
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: restored.called.folder.path)
            let aside = try #require(
                names.first { $0.contains("before-restore") && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") })
            #expect(!names.contains { $0.contains("restoring") || $0.contains("plan") })
            try restored.called.store.close()
            let kept = try CampaignStore(
                path: restored.called.folder.appendingPathComponent(aside).path, mayCreate: false)
            #expect(try RestoredStore.calls(kept).count == 1, "step \(step)")
            let store = try CampaignStore(path: restored.lost, mayCreate: false)
            #expect(try store.restoredBackup() != nil)
            #expect(try store.problems() == [])
            step += 1
        }
    }

    @Test("a file that is damaged, no database, newer, or not there is refused, and nothing is changed")
    func refused() throws {
        let restored = try RestoredStore()
        let replacement = try replacement(restored)
        let folder = restored.called.folder
        let damaged = folder.appendingPathComponent("damaged.db").path
        var data = try Data(contentsOf: URL(fileURLWithPath: restored.backup))
        data.replaceSubrange(40_000..<80_000, with: Data(repeating: 0x5A, count: 40_000))
        try data.write(to: URL(fileURLWithPath: damaged))
        let newer = folder.appendingPathComponent("newer.db").path
        try FileManager.default.copyItem(atPath: restored.backup, toPath: newer)
        let queue = try DatabaseQueue(path: newer)
        try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('of the year 2030')") }
        try queue.close()
        let text = folder.appendingPathComponent("text.db").path
        try Data("phone\n2125550101\n".utf8).write(to: URL(fileURLWithPath: text))
        for (file, word) in [
            (damaged, "changed"), (newer, "newer version"), (text, "changed"),
            (folder.appendingPathComponent("none.db").path, "There is no file"),
            (restored.lost, "is the database itself"),
        ] {
            let error = #expect(throws: StoreError.self) {
                try replacement.prepare(file, key: nil, by: nil, at: restored.later)
            }
            #expect(error?.description.contains(word) == true, "\(file): \(String(describing: error))")
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(!names.contains { $0.contains("restor") })
        #expect(try RestoredStore.calls(restored.called.store).count == 1)
    }

    @Test("a copy that is no back-up is taken for one of its last event, and its campaigns are paused")
    func plainCopy() throws {
        let restored = try RestoredStore()
        try restored.called.call(.answered, at: restored.later)
        try restored.lose()
        let plain = restored.called.folder.appendingPathComponent("plain.db").path
        try FileManager.default.copyItem(atPath: restored.lost, toPath: plain)
        let path = restored.called.folder.appendingPathComponent("new.db").path
        let replacement = DatabaseReplacement(path: path)
        let prepared = try replacement.prepare(plain, key: nil, by: nil, at: restored.later + .seconds(60))
        #expect(prepared.mark.backedUpAt == restored.later)
        #expect(try replacement.putInPlace(at: restored.later) == nil)
        let store = try CampaignStore(path: path, mayCreate: false)
        #expect(try store.campaigns().allSatisfy { $0.state == .paused })
        #expect(try RestoredStore.calls(store).count == 1)
    }
}
