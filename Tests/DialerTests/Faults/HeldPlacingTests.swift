import CallingRules
import Campaigns
@preconcurrency import Dispatch
import Eligibility
import Foundation
import GRDB
import PhoneNumbers
import Testing

@testable import CampaignStore
@testable import Dialer

/// The database refuses a write while a call is being placed: agents get an answer, contacts stay free.
@Suite("A call that cannot be written down") struct HeldPlacingTests {
    /// An engine that is prepared and told by hand what its one phone shows; nothing answers at the phone's address.
    private struct Bench {
        let scratch: ScratchStore
        let engine: DialerEngine
        let campaign: CampaignID
        private let mute: Mute
        var store: CampaignStore { scratch.store }

        /// - Parameter isTold: whether a lock counts as one that has lasted so long that everybody is told.
        init(_ mode: String, isTold: Bool = true) async throws {
            scratch = try ScratchStore()
            let now = Instant(Date())
            let yaml = """
                phones:
                  - { name: desk-1, family: gxp, address: "\(ScratchStore.silentAddress())", passcode: p }
                """
            _ = try scratch.store.applyDevices(PhonesFile.read(yaml, file: "phones.yaml", mayBeLocal: true), at: now)
            campaign = try scratch.campaign("t", "pacing: { mode: \(mode), wrap_up: 0s }\n", at: now)
            try scratch.load([.test(1, ending: 7)], into: campaign, at: now)
            // A slow clock: what the phone showed stays fresh however busy the machine is.
            engine = try DialerEngine.rig(scratch.store, DialerClock(startingAt: now, scale: 0.01))
            // Nothing is heard of the phone: what it would answer must not come between two steps of a test.
            mute = Mute(engine.threads.phone("desk-1"))
            try await engine.prepare()
            await engine.tell(after: isTold ? .zero : .seconds(3600))
        }

        /// Keeps a phone's thread until the test is over.
        private final class Mute: Sendable {
            private let gate = DispatchSemaphore(value: 0)

            init(_ phone: LoopExecutor) { Task(executorPreference: phone) { [gate] in gate.wait() } }

            deinit { gate.signal() }
        }

        /// The phone shows that it is idle.
        func look() async {
            await engine.feed(
                .lines(station: "desk-1", [ObservedLine(line: 1, word: "idle", phase: .idle, remoteNumber: "")]))
        }

        /// Another program holds the write lock until what comes back is called.
        func lock() throws -> () throws -> Void {
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            // It waits for its turn, as other programs do: the engine may be writing.
            configuration.busyMode = .timeout(60)
            let other = try DatabaseQueue(path: store.path, configuration: configuration)
            try other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
            return { try other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") } }
        }

        /// What SQLite says of a full disk, at the write that puts a contact back and nowhere else.
        ///
        /// - Parameter store: the engine's, which has connections of its own.
        static func fillDisk(_ store: CampaignStore) throws -> () throws -> Void {
            try store.pool.writeWithoutTransaction { database in
                database.add(
                    function: DatabaseFunction("disk_full", argumentCount: 0) { _ in
                        throw DatabaseError(resultCode: .SQLITE_FULL)
                    })
                try database.execute(
                    sql: "CREATE TEMP TRIGGER full BEFORE UPDATE OF due_at ON contacts BEGIN SELECT disk_full(); END")
            }
            return { try store.pool.writeWithoutTransaction { try $0.execute(sql: "DROP TRIGGER temp.full") } }
        }

        func state() throws -> String? {
            try store.read { try String.fetchOne($0, sql: "SELECT state FROM contacts WHERE campaign_id = 1") }
        }
    }

    @Test(
        "an agent who asked for a call is told why there is none, and may ask again",
        arguments: [false, true])
    func manual(isHeldBefore: Bool) async throws {
        let bench = try await Bench("manual")
        await bench.look()
        let id = try bench.store.ask(
            .call(campaign: bench.campaign.value, contact: 1), station: "desk-1", at: Instant(Date()))
        let unlock = try bench.lock()
        if isHeldBefore {
            let store = bench.store
            await bench.engine.record { try store.recordEvent("x", detail: "", at: Instant(Date())) }
        }
        await bench.look()
        try await bench.engine.takeRequests()
        #expect(try await bench.engine.status().trouble != nil)
        try unlock()
        await bench.engine.writeWaiting()
        guard case .refused(let why) = try bench.store.answer(to: id) else {
            Issue.record("the agent waits for ever")
            return
        }
        #expect(why.contains("locked by another program"))
        #expect(await bench.engine.wantedCalls.isEmpty)
        #expect(try bench.state() == "ready")
        #expect(try bench.scratch.attempts().isEmpty)
        // The next one is placed.
        await bench.look()
        _ = try bench.store.ask(
            .call(campaign: bench.campaign.value, contact: 1), station: "desk-1", at: Instant(Date()))
        try await bench.engine.takeRequests()
        #expect(try bench.scratch.attempts().count == 1)
    }

    @Test("a contact that was shown and taken is shown no more and is free again", arguments: [false, true])
    func preview(isHeldBefore: Bool) async throws {
        let bench = try await Bench("preview")
        await bench.look()
        #expect(try bench.state() == "reserved")
        #expect(try bench.store.desk(of: "desk-1").offer != nil)
        let unlock = try bench.lock()
        if isHeldBefore {
            let store = bench.store
            await bench.engine.record { try store.recordEvent("x", detail: "", at: Instant(Date())) }
        }
        await bench.look()
        await bench.engine.feed(.offerTaken(station: "desk-1"))
        #expect(try await bench.engine.status().trouble != nil)
        #expect(await bench.engine.heart.offer(to: "desk-1") == nil)
        // A free contact would be shown to the next ready station at once, which is this one.
        await bench.engine.feed(.pause(station: "desk-1", reason: "lunch"))
        try unlock()
        await bench.engine.writeWaiting()
        #expect(try bench.state() == "ready")
        #expect(try bench.store.desk(of: "desk-1").offer == nil)
        #expect(try bench.scratch.attempts().isEmpty)
        #expect(try bench.store.problems() == [])
    }

    @Test("a call that an agent asked for while another program wrote is placed as soon as that has ended")
    func manualLater() async throws {
        let bench = try await Bench("manual", isTold: false)
        await bench.look()
        let id = try bench.store.ask(
            .call(campaign: bench.campaign.value, contact: 1), station: "desk-1", at: Instant(Date()))
        let unlock = try bench.lock()
        await bench.look()
        try await bench.engine.takeRequests()
        #expect(await bench.engine.isWaitingForLock)
        #expect(try await bench.engine.status().trouble == nil)
        guard case .waiting = try bench.store.answer(to: id) else {
            Issue.record("the agent was answered before anything was known")
            return
        }
        try unlock()
        await bench.engine.writeWaiting()
        await bench.look()
        #expect(try bench.scratch.attempts().count == 1)
        guard case .done = try bench.store.answer(to: id) else {
            Issue.record("the agent was not told that the call was placed")
            return
        }
        #expect(try bench.store.journal(limit: 100).contains { $0.event == "dialling_held" } == false)
    }

    @Test("a contact that was shown and taken while another program wrote stays set aside, and is dialed after it")
    func previewLater() async throws {
        let bench = try await Bench("preview", isTold: false)
        await bench.look()
        let unlock = try bench.lock()
        await bench.look()
        await bench.engine.feed(.offerTaken(station: "desk-1"))
        #expect(await bench.engine.isWaitingForLock)
        #expect(try bench.state() == "reserved")
        try unlock()
        await bench.engine.writeWaiting()
        await bench.look()
        #expect(try bench.scratch.attempts().count == 1)
        #expect(try bench.state() == "in_attempt")
        #expect(try bench.store.problems() == [])
    }

    @Test("what is said to be saved is saved: the answer waits for the other program, and tells where that takes long")
    func confirmed() async throws {
        let bench = try await Bench("progressive", isTold: false)
        let (store, engine) = (bench.store, bench.engine)
        let unlock = try bench.lock()
        await engine.record { try store.recordEvent("x", detail: "", at: Instant(Date())) }
        async let answer = engine.written()
        while await !engine.somebodyWaits { await Task.yield() }
        try unlock()
        await engine.writeWaiting()
        #expect(await answer == nil)
        #expect(try store.journal(limit: 100).contains { $0.event == "x" })

        let unlockAgain = try bench.lock()
        await engine.record { try store.recordEvent("y", detail: "", at: Instant(Date())) }
        async let later = engine.written()
        while await !engine.somebodyWaits { await Task.yield() }
        await engine.tell(after: .zero)
        await engine.writeWaiting()
        #expect(await later?.contains("Not saved yet") == true)
        #expect(await engine.written()?.contains("locked by another program") == true)
        try unlockAgain()
        await engine.writeWaiting()
        #expect(await engine.written() == nil)
        #expect(try store.journal(limit: 100).contains { $0.event == "y" })
    }

    @Test("a contact that could not be put back after a rule denied it is free again")
    func denied() async throws {
        let bench = try await Bench("progressive")
        // Another campaign calls the number now, so a rule denies it here.
        let other = try bench.scratch.campaign("other", at: Instant(Date()))
        try bench.scratch.load([.test(1, ending: 7)], into: other, at: Instant(Date()))
        let campaign = try bench.store.campaign(named: "other").campaign
        let reservation = try #require(
            try bench.store.reserveNextContact(
                campaign: other, station: "s", openAreas: bench.store.areas().map(\.id), at: Instant(Date())))
        _ = try bench.store.recordIntent(
            IntentRequest(
                reservation: reservation, station: "s", dialled: "1", dialWith: .sendKey, account: 0, linesBefore: []),
            rules: .init(campaign: campaign, pack: .none), at: Instant(Date()))
        let free = try Bench.fillDisk(await bench.engine.store)
        await bench.look()
        #expect(try await bench.engine.status().trouble != nil)
        #expect(try bench.state() == "reserved")
        try free()
        await bench.engine.writeWaiting()
        #expect(try bench.state() != "reserved")
        #expect(try bench.store.problems() == [])
    }
}

extension DialerEngine {
    /// A lock is told of when it has lasted so long.
    fileprivate func tell(after patience: Duration) { lockPatience = patience }
    fileprivate var isWaitingForLock: Bool { unwritten.isWaitingForLock }
    fileprivate var somebodyWaits: Bool { !confirmations.isEmpty }
}
