import CallingRules
import Campaigns
import Dialer
import Foundation
import GRDB
import Logging
import PhoneNumbers
import PhoneSimulator
import Testing

@testable import CampaignStore

@Suite("What an engine does beside dialing", .timeLimit(.minutes(15))) struct HousekeepingTests {
    @Test("a running engine removes what is old enough, empties the log of an erasure, and notes the size of the day")
    func sweeps() async throws {
        let scratch = try ScratchStore()
        let store = scratch.store
        let clock = DialerClock(startingAt: Instant(milliseconds: 1_773_151_200_000), scale: 10)
        let now = clock.wallTime()
        let campaign = try scratch.campaign("c", "retention: { quarantined_rows: 1h }\n", at: now - .seconds(8000))
        try scratch.quarantine("Ada;12", in: campaign, at: now - .seconds(8000))
        let number = PhoneNumber.test(1, ending: 1)
        try scratch.load([number], into: campaign, at: now)
        // Somebody reads for long.
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let reader = try DatabaseQueue(path: store.path, configuration: configuration)
        try await reader.writeWithoutTransaction {
            try $0.execute(sql: "BEGIN DEFERRED")
            _ = try Row.fetchOne($0, sql: "SELECT * FROM contacts")
        }
        let summary = try store.eraseContact(number, at: now, patience: .zero)
        #expect(!summary.isComplete)
        let engine = try DialerEngine(
            store: store, clock: clock,
            options: EngineOptions(end: .never, presence: .desk, packs: ["none": .none]),
            logger: Logger(label: "test"))
        let run = Task { try await engine.run() }
        while try store.retentionReport() == nil { try await Task.sleep(for: .milliseconds(20)) }
        #expect(try store.retentionReport()?.removed == ["quarantined_rows": 1])
        #expect(try store.erasureResidueSince() != nil)
        try await reader.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
        while try store.erasureResidueSince() != nil { try await Task.sleep(for: .milliseconds(20)) }
        let days = try store.read { try Int64.fetchAll($0, sql: "SELECT day FROM database_sizes") }
        #expect(days == [now.milliseconds / 86_400_000])
        await engine.stop()
        _ = try await run.value
        #expect(try store.problems() == [])
    }
}
