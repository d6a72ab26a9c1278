import Campaigns
import Foundation
import GRDB
import Testing

@testable import CampaignStore

/// What a process must not do to a database that it has open.
@Suite("The files of an open database") struct OpenFilesTests {
    private let folder: URL
    private var path: String { folder.appendingPathComponent("t.db").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// The locks of this process on a file, as the kernel lists them.
    private func locks(on file: String) throws -> Int {
        var status = stat()
        try #require(stat(file, &status) == 0)
        let text = try String(contentsOfFile: "/proc/locks", encoding: .utf8)
        return text.split(separator: "\n").count { line in
            let words = line.split(separator: " ")
            return words.contains("POSIX") && words.contains("\(getpid())")
                && words.contains { $0.hasSuffix(":\(status.st_ino)") }
        }
    }

    @Test("the locks that SQLite has on the file are there after every look at it")
    func locksStay() throws {
        let store = try CampaignStore(path: path)
        defer { try? store.close() }
        let before = try locks(on: path)
        try #require(before > 0, "SQLite holds a lock on a database that it has open in WAL mode")
        try store.proveReadable()
        try store.noteHeartbeat(at: Instant(Date()))
        try store.proveUnlocked()
        _ = try store.problems()
        _ = try store.size()
        _ = try store.backUp(to: folder.appendingPathComponent("copy.db").path, at: Instant(Date()))
        _ = EngineLock.isHeld(database: path)
        let beside = try CampaignStore(beside: store, patience: .milliseconds(20))
        try beside.proveReadable()
        #expect(throws: StoreError.self) { try OwnFiles.refuse(path, of: path) }
        #expect(throws: DatabaseError.self) { try store.read { try $0.execute(sql: "SELECT nonsense") } }
        try beside.close()
        #expect(try locks(on: path) >= before)
    }

    @Test("another program that closes the database leaves the log to those who still have it open")
    func logStays() throws {
        let store = try CampaignStore(path: path)
        defer { try? store.close() }
        try store.recordEvent("x", detail: "", at: Instant(Date()))
        try store.proveReadable()
        let log = FileIdentity(path: path + "-wal")
        let other = Process()
        other.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        other.arguments = [
            "python3", "-c",
            "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); d.execute('select count(*) from journal').fetchall(); d.close()",
            path,
        ]
        try other.run()
        other.waitUntilExit()
        #expect(other.terminationStatus == 0)
        #expect(FileIdentity(path: path + "-wal") == log)
        try store.recordEvent("y", detail: "", at: Instant(Date()))
    }

    @Test("a log that was deleted takes no writes: they would be lost with it")
    func logDeleted() throws {
        let store = try CampaignStore(path: path)
        try store.recordEvent("x", detail: "", at: Instant(Date()))
        try FileManager.default.removeItem(atPath: path + "-wal")
        #expect(throws: StoreError.unavailable(path: path, .replaced)) {
            try store.recordEvent("y", detail: "", at: Instant(Date()))
        }
    }

    @Test("a lock says nothing of the file: it is told as a lock, and never as damage")
    func lockIsNoDamage() throws {
        let store = try CampaignStore(path: path)
        store.waitForOthers(atMost: .zero)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: path, configuration: configuration)
        try other.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
        #expect(throws: StoreError.unavailable(path: path, .locked)) {
            try store.recordEvent("x", detail: "", at: Instant(Date()))
        }
        #expect(throws: StoreError.unavailable(path: path, .locked)) { try store.proveUnlocked() }
        try store.proveReadable()
        try other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        try store.proveUnlocked()
    }

    @Test("a copy beside the log of another database is refused before SQLite writes that log into it")
    func foreignLog() throws {
        let store = try CampaignStore(path: path)
        let copy = folder.appendingPathComponent("copy.db").path
        _ = try store.backUp(to: copy, at: Instant(Date()))
        try store.recordEvent("x", detail: "", at: Instant(Date()))
        // As after a crash: the log is there, and nobody has the database open.
        let log = try Data(contentsOf: URL(fileURLWithPath: path + "-wal"))
        let other = folder.appendingPathComponent("other.db").path
        try FileManager.default.copyItem(atPath: copy, toPath: other)
        try log.write(to: URL(fileURLWithPath: other + "-wal"))
        let before = try Data(contentsOf: URL(fileURLWithPath: other))
        let error = #expect(throws: StoreError.self) { try CampaignStore(path: other) }
        #expect(error?.description.contains("Move \(other)-wal") == true, "\(error?.description ?? "")")
        #expect(try Data(contentsOf: URL(fileURLWithPath: other)) == before)
        #expect(try Data(contentsOf: URL(fileURLWithPath: other + "-wal")) == log)
        // Without the log it is a database like any other, and stays one when it is opened again beside a log of its own.
        try FileManager.default.removeItem(atPath: other + "-wal")
        let opened = try CampaignStore(path: other)
        try opened.recordEvent("y", detail: "", at: Instant(Date()))
        #expect(try CampaignStore(path: other).journal(limit: 100).contains { $0.event == "y" })
    }

    @Test("a back-up is not written over a file of the database")
    func backupOverOwnFile() throws {
        let store = try CampaignStore(path: path)
        for own in [path + ".key", path + "-journal", path + ".import.lock"] {
            #expect(throws: StoreError.self, "\(own)") { _ = try store.backUp(to: own, at: Instant(Date())) }
            #expect(!FileManager.default.fileExists(atPath: own))
        }
    }

    @Test("whoever waits for a lock is told as soon as it is free, and does not wait longer than it wants")
    func lockWatch() async throws {
        let store = try CampaignStore(path: path)
        let watch = try LockWatch(store)
        #expect(await watch.lockComesFree(within: .zero))
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: path, configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        #expect(await !watch.lockComesFree(within: .milliseconds(5)))
        async let free = watch.lockComesFree(within: .seconds(600))
        try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        #expect(await free)
    }

    @Test("a list or an output that is the database itself, by whatever name, is refused")
    func ownFiles() throws {
        let store = try CampaignStore(path: path)
        defer { try? store.close() }
        let link = folder.appendingPathComponent("list.csv").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        for own in [
            path, path + "-wal", path + "-shm", path + ".key", link,
            folder.path + "/../\(folder.lastPathComponent)/t.db",
        ] {
            #expect(throws: StoreError.self, "\(own)") { try OwnFiles.refuse(own, of: path) }
        }
        try OwnFiles.refuse(folder.appendingPathComponent("other.csv").path, of: path)
    }
}
