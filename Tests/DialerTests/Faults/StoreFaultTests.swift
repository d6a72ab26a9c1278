import Campaigns
import Foundation
import GRDB
import Logging
import PhoneSimulator
import Testing

@testable import CampaignStore
@testable import Dialer

/// A database that takes no writes while calls are up: nothing is dialled then, nothing is lost, and it goes on by itself.
@Suite("A database that cannot be written", .serialized, .timeLimit(.minutes(15))) struct StoreFaultTests {
    enum Fault: CaseIterable {
        case full, readOnly, lockedByAnother, moved, folder

        var word: StoreFault {
            switch self {
            case .full: .full
            case .readOnly: .readOnly
            case .lockedByAnother: .locked
            case .moved, .folder: .replaced
            }
        }
    }

    /// Makes the fault, and gives back what mends it.
    private func make(_ fault: Fault, _ store: CampaignStore) throws -> () throws -> Void {
        switch fault {
        case .full:
            try store.pool.writeWithoutTransaction { database in
                // No further page: what SQLite says when the disk is full. Free pages are used up first.
                let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
                try database.execute(sql: "CREATE TABLE filler (text TEXT)")
                try database.execute(sql: "PRAGMA max_page_count = \(pages + 1)")
            }
            Self.fill(store)
            return {
                try store.pool.writeWithoutTransaction {
                    try $0.execute(sql: "PRAGMA max_page_count = 1000000")
                    try $0.execute(sql: "DROP TABLE filler")
                }
            }
        case .readOnly:
            try store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 1") }
            return { try store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 0") } }
        case .lockedByAnother:
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            // It waits for its turn, as other programs do: the engine may be writing.
            configuration.busyMode = .timeout(60)
            let other = try DatabaseQueue(path: store.path, configuration: configuration)
            try other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
            return { try other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") } }
        case .moved, .folder:
            try FileManager.default.moveItem(atPath: store.path, toPath: store.path + ".away")
            if fault == .folder {
                try FileManager.default.createDirectory(atPath: store.path, withIntermediateDirectories: false)
            } else {
                try Data().write(to: URL(fileURLWithPath: store.path))
            }
            return {
                try FileManager.default.removeItem(atPath: store.path)
                try FileManager.default.moveItem(atPath: store.path + ".away", toPath: store.path)
            }
        }
    }

    /// Uses up the room that is left, down to single bytes.
    private static func fill(_ store: CampaignStore) {
        for length in [4000, 400, 40, 1] {
            while (try? store.pool.write {
                try $0.execute(sql: "INSERT INTO filler VALUES (?)", arguments: [String(repeating: "x", count: length)])
            }) != nil {}
        }
    }

    @Test(
        "no call is placed that could not be written down; the calls that are up are settled when it is mended",
        arguments: Fault.allCases)
    func heldAndResumed(fault: Fault) async throws {
        let scale = 6.0
        let scratch = try ScratchStore()
        let store = scratch.store
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: scale), seed: 5)
        var behaviour = PhoneBehaviour()
        behaviour.agentHangsUpAfter = 6
        let phones = try await simulator.start(
            (1...3).map { .gxp(name: "desk-\($0)", passcode: "p", behaviour: behaviour) })
        _ = try store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true), at: start)
        let id = try scratch.campaign("t", "pacing: { wrap_up: 0s }\n", at: start)
        // On a full disk some calls find room in pages that are there: more than two pages' worth never do.
        let wanted = fault == .full ? 24 : 9
        try scratch.load((0..<wanted).map { .test($0, ending: 7) }, into: id, at: start)
        let engine = try DialerEngine.rig(store, DialerClock.rehearsal(from: start, scale: scale))
        let run = Task { try await engine.run() }
        while await simulator.calls().isEmpty { try await Task.sleep(for: .milliseconds(5)) }

        // The engine has connections of its own: what is wrong with them is wrong for it alone.
        let mend = try make(fault, await engine.store)
        // A last record may find room in a page that is there already; from the first refusal on, none does.
        while try await engine.status().trouble == nil { try await Task.sleep(for: .milliseconds(5)) }
        // Pages show it: whoever reads it there needs no path of the server.
        #expect(try await engine.status().trouble?.contains("/") != true)
        let intended = try scratch.attempts().count
        #expect(intended < wanted)
        // The calls that are up end, and the phones are asked often enough for many more to be placed if they were allowed to be.
        while await simulator.calls().contains(where: { $0.endedAt == nil }) {
            try await Task.sleep(for: .milliseconds(5))
        }
        let requests = await simulator.truthLog().count { $0.event == .request }
        while await simulator.truthLog().count(where: { $0.event == .request }) < requests + 30 {
            try await Task.sleep(for: .milliseconds(20))
        }
        let placed = await simulator.calls()
        // A small record may still find room on a full disk; then it is written down, and may be dialled.
        let written = fault == .full ? try scratch.attempts().count : intended
        #expect(placed.count <= written, "\(placed.count) calls were placed, \(written) were written down")
        try mend()
        let summary = try await run.value
        let truth = await simulator.calls()
        await simulator.stop()

        #expect(summary.end == .idle)
        #expect(summary.status.trouble == nil)
        let attempts = try scratch.attempts()
        #expect(Set(attempts.compactMap(\.number)).count == wanted)
        #expect(attempts.allSatisfy { $0.phase == "settled" && $0.outcome != nil })
        #expect(Set(truth.map(\.number)).count == truth.count)
        #expect(try store.problems() == [])
        #expect(try store.replayJournal().differences == [])
        #expect(
            try store.journal(limit: 10_000).contains {
                $0.event == "dialling_held" && $0.detail == fault.word.rawValue
            })
    }

    @Test("a file that is no database, or damaged, is refused with what to do", arguments: [0, 4096])
    func damaged(at offset: Int) throws {
        let scratch = try ScratchStore()
        let path = scratch.store.path
        _ = try scratch.store.pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        try scratch.store.close()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes.replaceSubrange(offset..<(offset + 4096), with: Data(repeating: 0x5a, count: 4096))
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect(throws: StoreError.unavailable(path: path, .damaged)) {
            let store = try CampaignStore(path: path)
            _ = try store.campaigns()
            _ = try store.devices()
            _ = try store.areas()
        }
    }

    @Test(
        "a file or a folder that may really not be written is refused with what to do",
        .enabled(if: geteuid() != 0, "root may write everywhere"), arguments: [true, false])
    func readOnly(isFolder: Bool) throws {
        let scratch = try ScratchStore()
        let path = scratch.store.path
        try scratch.store.close()
        let locked = isFolder ? scratch.folder.path : path
        try FileManager.default.setAttributes([.posixPermissions: isFolder ? 0o500 : 0o400], ofItemAtPath: locked)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: locked) }
        let error = #expect(throws: StoreError.self) {
            let store = try CampaignStore(path: path)
            try store.recordEvent("x", detail: "", at: Instant(Date()))
        }
        #expect(error?.description.contains("permissions") == true, "\(error?.description ?? "")")
    }

    @Test("every fault says which file, what happened and what to do", arguments: StoreFault.allCases)
    func sentences(fault: StoreFault) {
        let text = StoreError.unavailable(path: "/data/offhook.db", fault).description
        #expect(text.hasPrefix("The database /data/offhook.db "))
        #expect(text.contains(";") || text.contains(":"))
        #expect(text.hasSuffix(".") || text.hasSuffix("offhook restore FILE"))
    }

    @Test("an engine whose lock file was deleted places no further call, since a second engine could start")
    func lockDeleted() throws {
        let scratch = try ScratchStore()
        let lock = try EngineLock(database: scratch.store.path)
        #expect(lock.isIntact)
        try FileManager.default.removeItem(atPath: scratch.store.path + ".lock")
        #expect(!lock.isIntact)
        let other = try EngineLock(database: scratch.store.path)
        #expect(other.isIntact)
        #expect(!lock.isIntact)
    }
}
