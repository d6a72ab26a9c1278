import Campaigns
import Foundation
import GRDB
import PhoneNumbers
import Testing

@testable import CampaignStore

@Suite("The log after an erasure") struct ErasureResidueTests {
    private func events(_ store: CampaignStore) throws -> [String] {
        try store.read { try String.fetchAll($0, sql: "SELECT event FROM journal WHERE event LIKE 'erasure%'") }
    }

    @Test(
        "an erasure beside an open reader holds no writer up, says what is left, and is complete when the reader ends")
    func reader() throws {
        let called = try CalledStore()
        let store = called.store
        let reader = try KeepingBench.Reader(store)
        let number = try called.number(1)
        let summary = try store.eraseContact(number, at: called.now, patience: .zero)
        #expect(!summary.isComplete)
        #expect(try store.erasureResidueSince() == called.now)
        #expect(try KeepingBench.files(of: store, holding: "Ada Lovelace 1") != [])
        #expect(try events(store) == ["erasure_residue"])
        // Neither the erasure nor a further try keeps the lock of the writer: one without any patience gets it.
        let other = try CampaignStore(path: store.path)
        other.waitForOthers(atMost: .zero)
        for _ in 0..<20 {
            #expect(try !store.clearErasureResidue(at: called.now))
            try other.recordEvent("x", detail: "", at: called.now)
        }
        try reader.end()
        #expect(try store.clearErasureResidue(at: called.now))
        #expect(try store.erasureResidueSince() == nil)
        #expect(try events(store) == ["erasure_residue", "erasure_complete"])
        #expect(try KeepingBench.files(of: store, holding: "Ada Lovelace 1") == [])
        #expect(try KeepingBench.files(of: store, holding: "crm-1\u{0}") == [])
        // Nothing to do costs nothing and says nothing.
        #expect(try store.clearErasureResidue(at: called.now))
        #expect(try events(store).count == 2)
    }

    @Test("a writer that holds the lock is not waited for")
    func writer() throws {
        let called = try CalledStore()
        let store = called.store
        try store.write { try ErasureResidue.mark(at: called.now, $0) }
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: store.path, configuration: configuration)
        try other.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
        #expect(try !store.clearErasureResidue(at: called.now))
        try other.inDatabase { try $0.execute(sql: "ROLLBACK") }
        #expect(try store.clearErasureResidue(at: called.now))
    }

    @Test("a second erasure while the first one's residue is cleared is not taken for cleared")
    func second() throws {
        let called = try CalledStore()
        let store = called.store
        let reader = try KeepingBench.Reader(store)
        _ = try store.eraseContact(called.number(1), at: called.now, patience: .zero)
        let first = try #require(try store.read(ErasureResidue.mark))
        _ = try store.eraseContact(called.number(2), at: called.now + .seconds(1), patience: .zero)
        try reader.end()
        #expect(try !store.write { try ErasureResidue.remove(first, at: called.now, $0) })
        #expect(try store.erasureResidueSince() == called.now + .seconds(1))
        #expect(try store.clearErasureResidue(at: called.now))
    }

    @Test("the shared writer deletes as before once an erasure is over")
    func secureDelete() throws {
        let called = try CalledStore()
        let store = called.store
        let read = { try store.pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA secure_delete") } }
        for value in [0, 1, 2] {
            try store.pool.writeWithoutTransaction {
                try $0.execute(sql: "PRAGMA secure_delete = \(value == 2 ? "FAST" : String(value))")
            }
            let during = try store.writeSecurely { try Int.fetchOne($0, sql: "PRAGMA secure_delete") }
            #expect(during == 1)
            #expect(try read() == value)
        }
    }
}
