import Campaigns
import Foundation
import GRDB
import PhoneNumbers
import Testing

@testable import CampaignStore

/// Long work beside an engine is done in short pieces.
@Suite("Work in pieces") struct PiecesTests {
    @Test("a piece grows while rows are cheap, and shrinks as soon as they are dear", .timeLimit(.minutes(15)))
    func sizes() {
        var size = PieceSize()
        #expect(size.rows == PieceSize.least)
        for _ in 0..<20 { size.learn(rows: size.rows, took: .microseconds(Int64(size.rows))) }
        #expect(size.rows == PieceSize.most)
        // A millisecond a row now: thirty rows fit, and it is never fewer than the least.
        size.learn(rows: size.rows, took: .milliseconds(Int64(size.rows)))
        #expect(size.rows == PieceSize.least)
        size.learn(rows: 50, took: .milliseconds(15))
        #expect(size.rows == 100)
    }

    /// A clock that stands still unless it is told.
    private final class Clock {
        var now = ContinuousClock.now
        var rests: [Duration] = []
    }

    private func turns(_ clock: Clock, engineRuns: Bool) -> LockTurns {
        LockTurns(
            database: "/nowhere", now: { clock.now },
            sleep: {
                clock.rests.append($0)
                clock.now += $0
            }, engineRuns: engineRuns)
    }

    @Test("beside an engine each piece holds the lock for a third of what is promised, with a rest after it")
    func besideEngine() throws {
        let clock = Clock()
        var left = 10_000
        var held: [Duration] = []
        try turns(clock, engineRuns: true).inPieces { rows in
            let done = min(rows, left)
            left -= done
            let took = Duration.microseconds(100 * Int64(done))
            clock.now += took
            if done > 0 { held.append(took) }
            return done
        }
        #expect(left == 0)
        #expect(held.allSatisfy { $0 <= PieceSize.hold * 2 })
        #expect(clock.rests.count == held.count)
        #expect(clock.rests.allSatisfy { $0 >= .milliseconds(5) })
    }

    @Test("where no engine runs, nobody rests, and pieces are as long as they may be")
    func alone() throws {
        let clock = Clock()
        var pieces: [Int] = []
        var left = 50_000
        try turns(clock, engineRuns: false).inPieces { rows in
            let done = min(rows, left)
            left -= done
            if done > 0 { pieces.append(done) }
            return done
        }
        #expect(pieces == [20_000, 20_000, 10_000])
        #expect(clock.rests.isEmpty)
    }

    @Test("a connection that waits looks every millisecond at first, and counts no less than it has slept")
    func patience() {
        #expect(BusyPatience.waited(afterLooks: 0) == 0)
        #expect(BusyPatience.waited(afterLooks: 20) == 20)
        #expect(BusyPatience.waited(afterLooks: 200) == 200)
        #expect(BusyPatience.waited(afterLooks: 400) == 1200)
    }

    @Test("beside an engine a list is written in short transactions, and appears whole at the end all the same")
    func importBesideEngine() throws {
        let called = try CalledStore()
        let campaign = try #require(called.rules.keys.min())
        let clock = Clock()
        // Each look at the clock takes 10 ms: the fourth ends a piece.
        let turns = LockTurns(
            database: called.store.path,
            now: {
                clock.now += .milliseconds(10)
                return clock.now
            }, sleep: { clock.rests.append($0) }, engineRuns: true)
        let connection = try BulkConnection(path: called.store.path, turns: turns)
        defer { connection.close() }
        let request = ImportRequest(campaign: campaign, list: "big", file: "b", sha256: "", options: "")
        let importer = try ListImporter(request, store: called.store, connection: connection, at: called.now)
        let people = try (0..<3000).map { ImportRow.contact(try called.person(5000 + $0)) }
        try importer.add(PackedRows(people))
        // 250 rows between two looks, and a transaction that is open for 30 ms at the third.
        #expect(clock.rests.count == 3000 / 750)
        #expect(try !called.store.lists().contains { $0.name == "big" })
        try importer.finish()
        #expect(try called.store.lists().first { $0.name == "big" }?.contacts == 3000)
        #expect(try called.store.problems() == [])
    }

    @Test("an import that is taken back leaves the selection first, and a program that dies in between is followed up")
    func undoIsFollowedUp() throws {
        let called = try CalledStore()
        let campaign = try #require(called.rules.keys.min())
        let people = try (0..<300).map { try called.person(5000 + $0) }
        let before = try called.store.contactCounts(campaigns: [campaign]).total
        // Into the list that is there: its other contacts stay.
        let made = try called.store.importList(
            ImportRequest(campaign: campaign, list: "l", file: "more", sha256: "", options: ""), at: called.now
        ) { for person in people { try $0.add(person) } }
        #expect(try called.store.contactCounts(campaigns: [campaign]).total == before + 300)
        do {
            let connection = try BulkConnection(path: called.store.path)
            defer { connection.close() }
            try ImportUndo.begin(made.id, over: connection, at: called.now)
            // It dies after a piece: a hundred contacts are hidden, the others are still in the selection.
            let moved = try connection.write { database in
                let row = try #require(
                    try Row.fetchOne(database, sql: "SELECT * FROM imports WHERE id = ?", arguments: [made.id]))
                return try ImportRelease.move(
                    ImportRelease.Contacts(row), from: row["list_id"], to: row["undo_list_id"], rows: 100, database)
            }
            #expect(moved == 100)
        }
        #expect(try called.store.storedImport(made.id).state == "undoing")
        try called.store.finishInterruptedImports(at: called.now)
        #expect(try called.store.storedImport(made.id).state == "undone")
        #expect(try called.store.contactCounts(campaigns: [campaign]).total == before)
        #expect(try called.store.lists(campaign: campaign).map(\.name) == ["l"])
        #expect(try called.store.problems() == [])
    }

    @Test("an import of which somebody was called meanwhile is refused, and every contact is back in its list")
    func undoIsRefused() throws {
        let called = try CalledStore()
        let campaign = try #require(called.rules.keys.min())
        let people = try (0..<30).map { try called.person(5000 + $0) }
        let made = try called.store.importList(
            ImportRequest(campaign: campaign, list: "l", file: "more", sha256: "", options: ""), at: called.now
        ) { for person in people { try $0.add(person) } }
        let connection = try BulkConnection(path: called.store.path)
        defer { connection.close() }
        try ImportUndo.begin(made.id, over: connection, at: called.now)
        // The list's first contacts are those of the import before.
        for _ in 0..<5 { try called.call(.noAnswer, at: called.now) }
        #expect(throws: StoreError.self) { try ImportUndo.finish(made.id, over: connection, at: called.now) }
        #expect(try called.store.storedImport(made.id).state == "done")
        #expect(try called.store.lists(campaign: campaign).map(\.contacts) == [34])
        #expect(try called.store.problems() == [])
    }

    @Test(
        "contacts that a prefix covers leave the selection in pieces, and a program that dies in between is followed up"
    )
    func coveredContacts() throws {
        let called = try CalledStore()
        let campaign = try #require(called.rules.keys.min())
        _ = try called.store.importList(
            ImportRequest(campaign: campaign, list: "many", file: "m", sha256: "", options: ""), at: called.now
        ) { for index in 0..<1200 { try $0.add(called.person(5000 + index)) } }
        let subject = SuppressionSubject.prefix(1212)
        try called.store.write {
            _ = try Suppressions.add(
                subject, campaign: 0, source: "x", end: nil, at: called.now.milliseconds, $0)
        }
        // The entry holds at once; what is left is to take its contacts out of the selection.
        let states = { try called.store.contactCounts(campaigns: [campaign]).byState }
        #expect(try states()[.suppressed] == nil)
        #expect(try called.store.reviewSomeContacts(at: called.now))
        let some = try states()[.suppressed] ?? 0
        #expect(some > 0 && some < 1204)
        var looks = 0
        while try called.store.reviewSomeContacts(at: called.now), looks < 1000 { looks += 1 }
        #expect(try states()[.suppressed] == 1204)
        #expect(try called.store.journal(limit: 10_000).contains { $0.event == "contacts_reviewed" })
        // Taken off again by the usual verb, all at once for whoever calls it.
        #expect(try called.store.unsuppress(subject, campaign: nil, at: called.now) == 1)
        #expect(try states()[.suppressed] == nil)
        #expect(try called.store.problems() == [])
    }

    @Test(
        "sums that are wrong are fixed one quarter hour and one day at a time, beside calls that are settled meanwhile")
    func sums() throws {
        let called = try CalledStore()
        for minutes in [0, 20, 3000] {
            try called.call(.answered, at: called.now + .seconds(minutes * 60), wrapUp: true)
        }
        try called.store.write { database in
            for rollup in CallRollup.all {
                let column = rollup.measures[0].column
                try database.execute(sql: "UPDATE \(rollup.table) SET \(column) = \(column) + 1 WHERE span = 0")
                try database.execute(sql: "DELETE FROM \(rollup.table) WHERE span = 1")
            }
            try database.execute(sql: "UPDATE contacts SET attempts_made = 7")
        }
        #expect(try !called.store.sumProblems().isEmpty)
        #expect(try called.store.rebuildSums() > 0)
        #expect(try called.store.sumProblems() == [])
        try called.call(.answered, at: called.now + .seconds(60), wrapUp: true)
        #expect(try called.store.problems() == [])
        #expect(try called.store.rebuildSums() == 0)
    }
}
