import Campaigns
import Foundation
import GRDB
import PhoneNumbers
import Testing

@testable import CampaignStore

/// Whoever takes rows slowly, a pager or a slow network, must not keep SQLite from emptying its log.
@Suite("Slow consumers of long lists") struct SlowConsumerTests {
    /// Which list is read.
    enum Reading: CaseIterable {
        case contacts, everyAttempt, chosenAttempts, suppressions
    }

    let bench: RuleBench
    let campaign: CampaignID
    /// Another program's connection, which waits for nobody.
    let other: DatabaseQueue

    init() throws {
        let bench = try RuleBench()
        self.bench = bench
        let campaign = try bench.campaign("a", "retry: { total_attempts: 1 }\n")
        self.campaign = campaign.id
        try bench.load((1...5).map { [$0] }, into: campaign.id)
        for _ in 1...5 {
            try bench.call(campaign, .answered, .success)
            bench.now = bench.now + .seconds(60)
        }
        _ = try bench.store.suppress(
            (1...5).map { try bench.number(50 + $0) }, campaign: nil, source: "t", at: bench.now)
        other = try DatabaseQueue(path: bench.store.path)
    }

    /// Reads a list row by row.
    private func read(_ reading: Reading, _ body: () throws -> Void) throws {
        let store = bench.store
        switch reading {
        case .contacts: try store.exportContacts(campaign: campaign, piece: 2) { _ in try body() }
        case .everyAttempt, .chosenAttempts:
            var filter = AttemptFilter()
            if reading == .chosenAttempts { filter.campaigns = [campaign] }
            try store.attempts(filter) { _ in try body() }
        case .suppressions: try store.suppressions(piece: 2) { _ in try body() }
        }
    }

    /// What SQLite says of a checkpoint: whether somebody was in its way, pages in the log, pages that were moved.
    private func checkpoint() throws -> (busy: Int, pages: Int, moved: Int) {
        try other.writeWithoutTransaction { database in
            let row = try #require(try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)"))
            return (row[0], row[1], row[2])
        }
    }

    @Test("while a row is handed over, a writer writes and its log is emptied whole", arguments: Reading.allCases)
    func emptied(reading: Reading) throws {
        var rows = 0
        try read(reading) {
            rows += 1
            try bench.store.setSetting("row", to: "\(rows)")
            #expect(bench.store.writeAheadLog.bytes > 0)
            let result = try checkpoint()
            #expect(result.busy == 0 && result.pages == result.moved, "row \(rows): \(result)")
            #expect(bench.store.writeAheadLog.bytes == 0)
        }
        #expect(rows == 5)
    }

    @Test("an open reader does keep the log from being emptied: the other test can fail")
    func held() throws {
        try bench.store.read { database in
            _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM contacts")
            try bench.store.setSetting("row", to: "1")
            #expect(try checkpoint().busy == 1)
        }
    }
}
