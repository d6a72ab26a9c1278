import Campaigns
import Foundation
import GRDB
import RetryPolicy
import Testing

@testable import CampaignStore

/// What agents said of calls that were still open when the back-up was made.
@Suite("What was said before a back-up") struct SaidBeforeBackupTests {
    /// What the time since the back-up is brought in from.
    enum Source: CaseIterable {
        /// A list of numbers, which tells nothing of the call.
        case numbers
        /// The lost database, in which the call cannot be read.
        case lostWithoutTheCall
        /// The lost database, whose row of the call tells nothing that was said.
        case lostWithoutTheWord
        /// The lost database, which tells the same.
        case lost
    }

    private static func said(_ name: DispositionClass, callback: CallbackTime? = nil) -> SaidDisposition {
        SaidDisposition(
            disposition: Disposition(code: "SAID", label: "x", dispositionClass: name), callback: callback,
            note: "asks for gold")
    }

    /// Leaves an attempt open of which something was said.
    private static func leave(_ said: SaidDisposition, inWrapUp: Bool, _ called: CalledStore) throws {
        let attempt = try called.intend(at: called.now)
        try called.store.noteSeen(attempt, line: 1, at: called.now)
        try called.store.noteConnected(attempt, line: 1, at: called.now)
        if inWrapUp {
            let ending = CallEnding(
                outcome: .answered, endedAt: called.now, ring: nil, talk: nil, evidence: Evidence())
            try called.store.beginWrapUp(attempt, ending, until: called.now, at: called.now)
        }
        try called.store.keep(said, of: attempt, at: called.now)
    }

    /// Puts the back-up in place and brings in what came after it.
    private static func bring(_ source: Source, _ restored: RestoredStore) throws -> CampaignStore {
        let lost = restored.called.store
        switch source {
        case .numbers, .lost: break
        case .lostWithoutTheCall:
            try lost.write { try $0.execute(sql: "DELETE FROM attempts") }
        case .lostWithoutTheWord:
            try lost.write {
                try $0.execute(
                    sql: "UPDATE attempts SET disposition = NULL, disposition_class = NULL, said_callback = NULL")
            }
        }
        try restored.lose()
        let store = try restored.putInPlace()
        if source == .numbers {
            _ = try store.bringIn(
                [CalledNumber(number: restored.called.number(4), at: restored.backedUpAt + .seconds(60))],
                rules: restored.called.rules, at: restored.later)
        } else {
            _ = try restored.bring(into: store)
        }
        return store
    }

    @Test("a confirmed wish not to be called settles the call", arguments: Source.allCases, [false, true])
    func doNotCall(source: Source, inWrapUp: Bool) throws {
        let restored = try RestoredStore { try Self.leave(Self.said(.doNotCall), inWrapUp: inWrapUp, $0) }
        let store = try Self.bring(source, restored)
        let row = try store.attempt(AttemptID(1))
        #expect(row.disposition == "SAID" && row.dispositionClass == "do_not_call" && row.note == "asks for gold")
        #expect(try store.isSuppressed(restored.called.number(1), campaign: nil, at: restored.later))
        #expect(try store.openAttempts().isEmpty)
        #expect(try store.problems() == [])
        #expect(try store.replayJournal().differences == [])
    }

    @Test("a confirmed callback is agreed, at its time", arguments: Source.allCases, [false, true])
    func callback(source: Source, inWrapUp: Bool) throws {
        let due = Instant(milliseconds: 1_773_151_200_000) + .seconds(86_400)
        let restored = try RestoredStore {
            try Self.leave(Self.said(.callbackAny, callback: .at(due)), inWrapUp: inWrapUp, $0)
        }
        let store = try Self.bring(source, restored)
        #expect(try store.attempt(AttemptID(1)).disposition == "SAID")
        let agreed = try store.read { database in
            try Int64.fetchAll(database, sql: "SELECT due_at FROM agreed_callbacks ORDER BY id")
        }
        #expect(agreed == [due.milliseconds])
        let left = try store.read { database in
            try Int.fetchOne(database, sql: "SELECT count(*) FROM attempts WHERE said_callback IS NOT NULL")
        }
        #expect(left == 0)
        #expect(try store.problems() == [])
        #expect(try store.replayJournal().differences == [])
    }
}
