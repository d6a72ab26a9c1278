import Campaigns
import Foundation
import GRDB
import Testing

@testable import CampaignStore

/// Calls since a back-up that only a list of numbers tells of.
@Suite("Numbers that were called since a back-up") struct CalledNumbersTests {
    @Test(
        "whoever is on the list is not called again before the review delay; it counts for caps and reports; twice is once"
    )
    func listed() throws {
        let restored = try RestoredStore()
        let (called, now) = (restored.called, restored.later)
        let store = try restored.putInPlace()
        let calls = [
            CalledNumber(number: try called.number(1), at: restored.backedUpAt + .seconds(60)),
            CalledNumber(number: try called.number(2), at: nil),
        ]
        let brought = try store.bringIn(calls, rules: called.rules, at: now)
        #expect(brought.attempts == 2 && brought.isComplete)
        let states = try RestoredStore.contacts(store)
        // Two campaigns hold the same people: neither calls them.
        #expect(states.filter { $0.contains("waiting_retry") }.count == 4)
        try store.clearRestore(.callsBroughtIn, by: nil, at: now)
        try store.setState(.started, of: "a", at: now)
        let id = try #require(called.rules.keys.min())
        let next = try store.reserveNextContact(
            campaign: id, station: "s", openAreas: store.areas().map(\.id), at: now)
        #expect(next?.number == (try called.number(3)))
        #expect(try store.problems() == [])
        #expect(try store.replayJournal().differences == [])
        let again = try store.bringIn(calls, rules: called.rules, at: now + .seconds(60))
        #expect(again.attempts == 0 && again.known == 2)
    }

    @Test("the delay of a call with a time begins then, of one without now")
    func delays() throws {
        let restored = try RestoredStore()
        let (called, now) = (restored.called, restored.backedUpAt + .seconds(3 * 86_400))
        let store = try restored.putInPlace()
        let at = restored.backedUpAt + .seconds(86_400)
        _ = try store.bringIn(
            [CalledNumber(number: try called.number(1), at: at), CalledNumber(number: try called.number(2), at: nil)],
            rules: called.rules, at: now)
        let due = try store.read { database in
            try Int64.fetchAll(
                database,
                sql: """
                    SELECT c.due_at FROM contacts c JOIN numbers n ON n.contact_id = c.id
                    WHERE c.campaign_id = 1 AND n.number IN (12125550101, 12125550102) ORDER BY n.number
                    """)
        }
        let day = Duration.seconds(86_400)
        #expect(due == [(at + day).milliseconds, (now + day).milliseconds])
    }

    @Test(
        "rows of before the back-up, and calls that it knows, are no second call; a number of nobody is kept for caps")
    func known() throws {
        let restored = try RestoredStore {
            try $0.call(.noAnswer, at: $0.now - .seconds(30))
            _ = try $0.intend(at: $0.now)
        }
        let called = restored.called
        let store = try restored.putInPlace()
        let brought = try store.bringIn(
            [
                CalledNumber(number: try called.number(1), at: restored.backedUpAt - .seconds(28)),
                CalledNumber(number: try called.number(2), at: restored.backedUpAt + .seconds(2)),
                CalledNumber(number: try called.number(3), at: restored.backedUpAt - .seconds(3600)),
                CalledNumber(number: try called.number(50), at: restored.backedUpAt + .seconds(5)),
            ], rules: called.rules, at: restored.later)
        #expect(brought.known == 2 && brought.older == 1 && brought.attempts == 1)
        #expect(brought.withoutContact == 1 && brought.settled == 1)
        #expect(try store.openAttempts().isEmpty)
        #expect(try store.problems() == [])
        #expect(try store.replayJournal().differences == [])
    }
}
