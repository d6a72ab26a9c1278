import GRDB
import Synchronization
import Testing

@testable import CampaignStore

@Suite("Long reads can be ended") struct EndableReadingTests {
    /// Counts without end.
    private static let endless = """
        WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers) SELECT count(*) FROM numbers
        """

    @Test("a read that would never end is ended when it asks, and its connection reads on")
    func ended() throws {
        let bench = try RuleBench()
        let asked = Mutex(0)
        #expect(throws: ReadingEnded.self) {
            try EndableReading.run {
                asked.withLock { asked in
                    asked += 1
                    return asked > 10
                }
            } _: {
                _ = try bench.store.read { try Int.fetchOne($0, sql: Self.endless) }
            }
        }
        #expect(asked.withLock { $0 } == 11)
        #expect(try bench.store.read { try Int.fetchOne($0, sql: "SELECT 1") } == 1)
    }

    @Test("a read whose end has come before it begins is not begun; others are not asked for")
    func others() throws {
        #expect(throws: ReadingEnded.self) {
            try EndableReading.run(until: { true }) { Issue.record("it was begun") }
        }
        let bench = try RuleBench()
        let long =
            "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 20000) SELECT count(*) FROM c"
        #expect(try bench.store.read { try Int.fetchOne($0, sql: long) } == 20_000)
    }
}
