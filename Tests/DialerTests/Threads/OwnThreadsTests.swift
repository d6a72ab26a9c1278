@preconcurrency import Dispatch
import Campaigns
import CampaignStore
import Foundation
import Logging
import PhoneNumbers
import PhoneSimulator
import Synchronization
import TestSupport
import Testing

@testable import Dialer

@Suite("The engine has threads of its own") struct OwnThreadsTests {
    /// In a process of its own: it blocks every thread that other tests need.
    @Test("with all of Swift's shared threads blocked, the engine polls, notices a list, and calls it to the end")
    func sharedThreadsBlocked() async {
        await #expect(processExitsWith: .success) {
            let scratch = try ScratchStore()
            let start = Instant(Date())
            let scale = 8.0
            let simulator = PhoneSimulator(clock: SimulatorClock(start: start.date, scale: scale), seed: 5)
            var behaviour = PhoneBehaviour()
            behaviour.agentHangsUpAfter = 5
            let phones = try await simulator.start([.gxp(name: "desk-1", passcode: "p", behaviour: behaviour)])
            _ = try scratch.store.applyDevices(
                PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true),
                at: start)
            let campaign = try scratch.campaign("t", "pacing: { wrap_up: 0s }\n", at: start)
            let engine = try DialerEngine.rig(
                scratch.store, DialerClock(startingAt: start, scale: scale), end: .never)
            let run = Task { try await engine.run() }
            try await wait(for: "the engine to run") { await engine.isRunning }

            let own = LoopExecutor()
            let blockade = Blockade()
            let store = scratch.store
            let load = { @Sendable in _ = try OwnThreadsTests.load(2, into: campaign, of: store, at: start) }
            let outcomes = Task(executorPreference: own) {
                defer { blockade.end() }
                blockade.begin()
                try await OwnThreadsTests.waitOn(own) { blockade.isComplete }
                try load()
                try await OwnThreadsTests.waitOn(own) { try OwnThreadsTests.settled(store).count == 2 }
                return (try OwnThreadsTests.settled(store), blockade.isComplete)
            }
            let (settled, wasBlocked) = try await outcomes.value
            await engine.stop()
            _ = try await run.value
            let calls = await simulator.calls()
            await simulator.stop()
            #expect(wasBlocked, "one of the shared threads was free")
            #expect(calls.count == 2)
            #expect(settled.allSatisfy { $0 == "answered" || $0 == "short_answer" }, "\(settled)")
        }
    }

    private static func load(
        _ count: Int, into campaign: CampaignID, of store: CampaignStore, at now: Instant
    ) throws -> ImportCounts {
        try store.importList(campaign: campaign, list: "l", file: "l.csv", sha256: "", options: "", at: now) {
            importer in
            for index in 0..<count {
                let number = NewContact.Number(
                    number: .test(index, ending: 7), fileExtension: nil, kind: .mobile, validity: .valid,
                    area: ScratchStore.area)
                try importer.add(NewContact(name: nil, externalID: nil, priority: 0, numbers: [number]))
            }
        }
    }

    private static func settled(_ store: CampaignStore) throws -> [String] {
        var outcomes: [String] = []
        try store.attempts { if $0.phase == "settled" { outcomes.append($0.outcome ?? "") } }
        return outcomes
    }

    /// Waits without a step on the shared threads.
    private static func waitOn(_ own: LoopExecutor, until holds: () throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(300)
        while try !holds() {
            guard ContinuousClock.now < end else { throw NeverHappened("what was waited for") }
            try await own.sleep(for: .milliseconds(20))
        }
    }

    private struct NeverHappened: Error {
        let what: String

        init(_ what: String) { self.what = what }
    }

    /// Blocks all of Swift's shared threads: more tasks than there are threads wait, and one behind them never runs.
    private final class Blockade: Sendable {
        private static let tasks = 200
        private let gate = DispatchSemaphore(value: 0)
        private let begun = Atomic<Int>(0)
        private let counted = Mutex<(begun: Int, since: ContinuousClock.Instant)>((0, .now))

        func begin() {
            for _ in 0..<Self.tasks {
                Task.detached {
                    self.begun.wrappingAdd(1, ordering: .sequentiallyConsistent)
                    self.gate.wait()
                }
            }
        }

        /// Some wait on threads and others wait for one: all threads are taken.
        var isComplete: Bool {
            let begun = begun.load(ordering: .sequentiallyConsistent)
            return counted.withLock { counted in
                if counted.begun != begun { counted = (begun, .now) }
                return begun > 0 && begun < Self.tasks && counted.since.duration(to: .now) > .milliseconds(200)
            }
        }

        func end() {
            for _ in 0..<Self.tasks { gate.signal() }
        }
    }

    @Test("the engine, its queues and its timers run on threads that are none of Swift's shared ones")
    func threads() async throws {
        let scratch = try ScratchStore()
        let clock = DialerClock(startingAt: Instant(Date()), scale: 1)
        let engine = try DialerEngine.rig(scratch.store, clock)
        #expect(!engine.threads.dialer.isCurrent)
        let isOwn = await engine.perform { $0.threads.dialer.isCurrent }
        #expect(isOwn)
        let phone = engine.threads.phone("desk-1")
        #expect(phone === engine.threads.phone("desk-1"))
        let queue = RequestQueue(clock: clock, on: phone)
        let ran = await Task(executorPreference: phone) { await queue.run(.idle) { phone.isCurrent } }.value
        #expect(ran)
    }

    @Test("a sleep on an own timer ends early where its task is cancelled")
    func sleep() async throws {
        let own = LoopExecutor()
        let sleeping = Task(executorPreference: own) { try await own.sleep(for: .seconds(3600)) }
        sleeping.cancel()
        await #expect(throws: CancellationError.self) { try await sleeping.value }
        try await own.sleep(for: .zero)
        try await own.sleep(for: .milliseconds(1))
    }

    @Test("a look at the database serves all who asked before it")
    func notices() {
        let tickets = NoticeTickets()
        #expect(tickets.take() == 1)
        #expect(tickets.take() == 2)
        #expect(tickets.last == 2)
    }
}

extension DialerEngine {
    /// Runs something on the engine, as its own methods are.
    fileprivate func perform<Result: Sendable>(_ body: @Sendable (isolated DialerEngine) -> Result) -> Result {
        body(self)
    }
}
