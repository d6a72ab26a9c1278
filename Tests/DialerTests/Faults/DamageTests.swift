import CallingRules
import Campaigns
import Dialer
import Foundation
import GRDB
import Logging
import PhoneSimulator
import Synchronization
import Testing

@testable import CampaignStore

/// The database's file is damaged under a running engine.
@Suite("A database that is damaged while calls are up", .serialized, .timeLimit(.minutes(15))) struct DamageTests {
    enum Damage: CaseIterable {
        case writtenOver, cutToNothing

        func strike(_ path: String) throws {
            let file = try #require(FileHandle(forWritingAtPath: path))
            defer { try? file.close() }
            switch self {
            case .writtenOver:
                let size = try file.seekToEnd()
                try file.seek(toOffset: 0)
                try file.write(contentsOf: Data(repeating: 0x5a, count: Int(size)))
            case .cutToNothing: try file.truncate(atOffset: 0)
            }
        }
    }

    /// Keeps what the engine says.
    private struct Listener: LogHandler {
        final class Heard: Sendable {
            let lines = Mutex<[String]>([])
        }

        let heard: Heard
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .notice

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { heard.lines.withLock { $0.append("\(event.message)") } }
    }

    @Test(
        "dialling ends for good and says so once, the running calls are followed, and the run ends after them",
        arguments: Damage.allCases)
    func live(damage: Damage) async throws {
        let scale = 6.0
        let scratch = try ScratchStore()
        let store = scratch.store
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: scale), seed: 5)
        var behaviour = PhoneBehaviour()
        behaviour.agentHangsUpAfter = 12
        let phones = try await simulator.start(
            (1...2).map { .gxp(name: "desk-\($0)", passcode: "p", behaviour: behaviour) })
        _ = try store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true), at: start)
        let id = try scratch.campaign("t", "pacing: { wrap_up: 0s }\n", at: start)
        try scratch.load((0..<30).map { .test($0, ending: 7) }, into: id, at: start)
        // What is only in the log yet would not be missed.
        try checkpoint(store)
        let heard = Listener.Heard()
        let engine = try DialerEngine(
            store: store, clock: DialerClock.rehearsal(from: start, scale: scale),
            options: EngineOptions(packs: ["none": .none]),
            logger: Logger(label: "test") { _ in Listener(heard: heard) })
        let run = Task { try await engine.run() }
        while await simulator.calls().count < 2 { try await Task.sleep(for: .milliseconds(5)) }

        try damage.strike(store.path)
        await #expect(throws: StoreError.unavailable(path: store.path, .damaged)) { _ = try await run.value }
        let calls = await simulator.calls()
        await simulator.stop()
        #expect(calls.count < 30)
        #expect(calls.allSatisfy { $0.endedAt != nil }, "the running calls were not followed to their end")
        #expect(Set(calls.map(\.number)).count == calls.count)
        let said = heard.lines.withLock { $0 }
        #expect(said.count { $0.contains("is damaged") } == 1, "\(said)")
        #expect(!said.contains { $0.contains("dialling goes on") })
    }

    private func checkpoint(_ store: CampaignStore) throws {
        _ = try store.pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    }

    @Test("a file that begins as a database no more is not taken for mended, though a write succeeded")
    func notMended() throws {
        let scratch = try ScratchStore()
        try checkpoint(scratch.store)
        try scratch.store.proveReadable()
        try Damage.writtenOver.strike(scratch.store.path)
        #expect(throws: StoreError.unavailable(path: scratch.store.path, .damaged)) {
            try scratch.store.proveReadable()
        }
    }
}
