import CallingRules
import Campaigns
import Foundation
import GRDB
import Proving
import Synchronization
import TestSupport
import Testing

@testable import CampaignStore
@testable import Dialer

/// The row that a running engine writes every ten seconds of its clock.
@Suite("An engine's sign of life", .timeLimit(.minutes(15))) struct HeartbeatTests {
    /// An engine without phones that runs until it is stopped, on a fast clock.
    private struct Bench {
        let scratch: ScratchStore
        let engine: DialerEngine
        let run: Task<RunSummary, any Error>
        let heard = HeardLog()
        var pulse: EnginePulse { engine.pulse }

        init(scale: Double = 100) async throws {
            scratch = try ScratchStore()
            engine = try DialerEngine(
                store: scratch.store, clock: DialerClock(startingAt: Instant(Date()), scale: scale),
                options: EngineOptions(presence: .desk, packs: ["none": .none]), logger: heard.logger)
            let engine = engine
            run = Task { try await engine.run() }
            let pulse = engine.pulse
            try await wait(for: "the first sign of life") { pulse.reading().sinceWrite != nil }
        }

        func beats() throws -> Int { try scratch.store.lastHeartbeat()?.beats ?? 0 }

        func goesOn() async throws {
            let before = try beats()
            try await wait(for: "two further signs of life") { try beats() >= before + 2 }
        }

        func stop() async throws {
            await engine.stop()
            _ = try await run.value
        }
    }

    @Test("it is written again and again, durably, with the wall's time; a run that has ended writes none")
    func written() async throws {
        let bench = try await Bench()
        try await bench.goesOn()
        #expect(bench.pulse.reading().isReady && bench.pulse.reading().isDatabaseWritable)
        #expect(try await bench.engine.store.writerSynchronous() == 2)
        let last = try #require(try bench.scratch.store.lastHeartbeat())
        #expect(last.at.since(Instant(Date())) > .seconds(-60))
        try await bench.stop()
        #expect(bench.pulse.reading().phase == .ended && !bench.pulse.reading().isAlive)
    }

    /// What the engine's own connection meets; each gives back what ends it.
    enum Trouble: String, CaseIterable {
        case full, readOnly, locked, replaced

        func begin(_ store: CampaignStore) throws -> () throws -> Void {
            switch self {
            case .full:
                try store.pool.writeWithoutTransaction { database in
                    database.add(
                        function: DatabaseFunction("disk_full", argumentCount: 0) { _ in
                            throw DatabaseError(resultCode: .SQLITE_FULL)
                        })
                    try database.execute(
                        sql: "CREATE TEMP TRIGGER full BEFORE INSERT ON heartbeat BEGIN SELECT disk_full(); END")
                }
                return { try store.pool.writeWithoutTransaction { try $0.execute(sql: "DROP TRIGGER temp.full") } }
            case .readOnly:
                try store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 1") }
                return { try store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 0") } }
            case .locked:
                var configuration = Configuration()
                configuration.allowsUnsafeTransactions = true
                let other = try DatabaseQueue(path: store.path, configuration: configuration)
                try other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
                return { try other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") } }
            case .replaced:
                try FileManager.default.moveItem(atPath: store.path, toPath: store.path + ".away")
                try Data().write(to: URL(fileURLWithPath: store.path))
                return {
                    try FileManager.default.removeItem(atPath: store.path)
                    try FileManager.default.moveItem(atPath: store.path + ".away", toPath: store.path)
                }
            }
        }
    }

    @Test(
        "an engine that has nothing else to write notices that it cannot: it is not ready, says why, lives, and goes on by itself",
        arguments: Trouble.allCases)
    func trouble(trouble: Trouble) async throws {
        let bench = try await Bench()
        let pulse = bench.pulse
        let end = try trouble.begin(await bench.engine.store)
        try await wait(for: "the fault to be told") { pulse.reading().fault != nil }
        let reading = pulse.reading()
        #expect(!reading.isReady && !reading.isDatabaseWritable && reading.isAlive)
        let expected: StoreFault =
            [.full: .full, .readOnly: .readOnly, .locked: .locked, .replaced: .replaced][trouble] ?? .disk
        #expect(reading.obstacles.map(\.code) == ["database_\(expected.rawValue)"])
        let status = try? await bench.engine.status()
        #expect(
            status.map { $0.isDialingHeld && $0.holds.contains { $0.reason.code == "database_\(expected.rawValue)" } }
                != false)
        try end()
        try await wait(for: "the database to be well") { pulse.reading().isReady }
        try await bench.goesOn()
        try await bench.stop()
    }

    @Test("what waits to be written is one sign of life, however long it takes")
    func one() {
        var heartbeat = Heartbeat()
        let start = Instant(milliseconds: 0)
        var begins = [heartbeat.begins(at: start), heartbeat.begins(at: start + .seconds(3600))]
        heartbeat.isWritten()
        begins += [heartbeat.begins(at: start + .seconds(9)), heartbeat.begins(at: start + .seconds(10))]
        #expect(begins == [true, false, false, true])
    }

    @Test("an engine that hangs is overdue while it does, is said to be late with what ran, and is in time afterwards")
    func hangs() async throws {
        let bench = try await Bench(scale: 1)
        let pulse = bench.pulse
        pulse.tellRunningWork { ["GET /slow-page"] }
        let seen = Atomic<Int64>(0)
        // It hangs until a thread that nothing else runs on has seen that it is late, and until that is said.
        let heard = bench.heard
        await bench.engine.hang {
            let overdue = pulse.reading().overdue
            seen.store(overdue.wholeMilliseconds, ordering: .relaxed)
            return overdue > .seconds(2) && heard.lines.contains { $0.contains("The engine is") }
        }
        #expect(seen.load(ordering: .relaxed) > 2000)
        #expect(heard.lines.contains { $0.contains("Requests that ran meanwhile: GET /slow-page.") }, "\(heard.lines)")
        try await wait(for: "the engine to go on") { pulse.reading().overdue < .seconds(1) }
        try await bench.stop()
    }

    @Test("what keeps calls back is said: no phones, no campaign, and each campaign's own reason")
    func holds() async throws {
        let bench = try await Bench()
        let empty = try await bench.engine.status()
        #expect(empty.isDialingHeld)
        #expect(empty.holds.map(\.reason.code) == ["no_phones", "no_campaign"])
        try bench.scratch.campaign("registered", "suppression: { registries: [national] }\n", at: Instant(Date()))
        await bench.engine.noticeChanges()
        let held = try await bench.engine.status().holds
        #expect(held.contains { $0.campaign == "registered" && $0.reason.code == "registry_missing" }, "\(held)")
        try await bench.stop()
        #expect(try await bench.engine.status().holds.map(\.reason.code) == ["not_running"])
    }
}

extension DialerEngine {
    /// Does nothing but this until it is over, as a call of the store that hangs would.
    fileprivate func hang(until isOver: @Sendable () -> Bool) {
        while !isOver() { usleep(5000) }
    }
}
