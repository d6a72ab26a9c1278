import CallingRules
import Campaigns
import Foundation
import PhoneNumbers
import Proving
import Synchronization
import SystemResources
import Testing

@testable import CampaignStore
@testable import Dialer

/// This computer has no descriptor or no memory left: that is nobody's refusal, and no reason to doubt a phone.
@Suite("A computer that is short of descriptors") struct ShortageTests {
    private let start = Instant(milliseconds: 1_773_151_200_000)
    private let idle = [ObservedLine(line: 1, word: "idle", phase: .idle, remoteNumber: "")]

    // MARK: - The call

    private func watch() -> CallWatch {
        CallWatch(
            attempt: AttemptID(1), family: .gxp, dialled: "2125550301", ringTimeout: .seconds(25), linesBefore: idle,
            startedAt: start)
    }

    private func ending(_ actions: [WatchAction]) -> CallEnding? {
        for case .finished(let ending) in actions { return ending }
        return nil
    }

    @Test("a command that it could not send was not sent, with the reason, and was refused by nobody")
    func command() {
        var watch = watch()
        let ending = ending(watch.commandAnswered(.shortage("no descriptor"), at: start))
        #expect(ending?.outcome == .notSent)
        #expect(ending?.evidence.detail == "no descriptor")
    }

    @Test("a call whose phone cannot be asked for an hour is not lost, and ends as its line shows")
    func longCall() {
        var watch = watch()
        _ = watch.commandAnswered(.accepted, at: start)
        let calling = [ObservedLine(line: 1, word: "calling", phase: .calling, remoteNumber: "2125550301")]
        let connected = [ObservedLine(line: 1, word: "connected", phase: .connected, remoteNumber: "2125550301")]
        _ = watch.linesSeen(calling, at: start + .seconds(1))
        _ = watch.linesSeen(connected, at: start + .seconds(5))
        // It was silent for a moment before; that must not count on while nobody asks it.
        #expect(watch.pollFailed(.unreachable("no answer"), at: start + .seconds(6)) == [])
        for second in 7...3600 { #expect(watch.pollFailed(.shortage("x"), at: start + .seconds(second)) == []) }
        #expect(watch.pollFailed(.unreachable("no answer"), at: start + .seconds(3601)) == [])
        #expect(ending(watch.linesSeen(idle, at: start + .seconds(3602)))?.outcome == .answered)
    }

    // MARK: - The phones

    private func base() -> DialerHeart {
        DialerHeart(
            stations: (1...3).map { (handset: Int) in
                StationSetup(
                    name: "base/\(handset)", device: "base", handset: handset, family: .dp, dialWith: .makeCall,
                    account: 0, trunk: nil, dial: DialPlanOverride(), words: WordMap())
            })
    }

    private func polled(_ effects: [DialerEffect]) -> [String] {
        effects.compactMap { if case .poll(let station, _) = $0 { station } else { nil } }
    }

    @Test("a phone that could not be asked is what it was before, and is asked again within a second or so")
    func health() throws {
        var heart = base()
        var now = start
        #expect(polled(heart.handle(.tick, at: now)).count == 3)
        for handset in 1...3 { _ = heart.handle(.lines(station: "base/\(handset)", idle), at: now) }
        for _ in 1...20 {
            now = try #require(heart.nextDeadline(after: now))
            for station in polled(heart.handle(.tick, at: now)) {
                _ = heart.handle(.pollFailed(station: station, .shortage("x")), at: now)
            }
        }
        #expect(now.since(start) >= .seconds(6))
        #expect(now.since(start) <= .seconds(21))
        #expect(heart.stationStatus.allSatisfy { $0.state == .ready })
        #expect(heart.deviceHealth["base"]?.failures == 0)
        #expect(heart.deviceHealth["base"]?.circuit == .closed)
    }

    @Test("a phone that was being left alone goes on being tried after a try that could not be made")
    func probing() throws {
        var heart = base()
        var now = start
        _ = heart.handle(.tick, at: now)
        for handset in 1...3 { _ = heart.handle(.pollFailed(station: "base/\(handset)", .unreachable("off")), at: now) }
        now = try #require(heart.nextDeadline(after: now))
        let prober = try #require(polled(heart.handle(.tick, at: now)).first)
        _ = heart.handle(.pollFailed(station: prober, .shortage("x")), at: now)
        let again = try #require(heart.nextDeadline(after: now))
        #expect(again.since(now) <= .seconds(2))
        #expect(polled(heart.handle(.tick, at: again)).count == 1)
    }

    @Test("a dial command that could not be sent leaves the phone as good as it was")
    func dialed() {
        var heart = base()
        _ = heart.handle(
            .campaigns([
                CampaignSetup(id: CampaignID(1), name: "c", pacing: PacingSettings(), ringTimeout: .seconds(25))
            ]),
            at: start)
        for handset in 1...3 { _ = heart.handle(.lines(station: "base/\(handset)", idle), at: start) }
        _ = heart.handle(
            .intentRecorded(station: "base/1", AttemptID(7), campaign: CampaignID(1), dialled: "2125550301"), at: start)
        let effects = heart.handle(.dialAnswered(station: "base/1", AttemptID(7), .shortage("x")), at: start)
        let settled = effects.compactMap { effect -> Outcome? in
            if case .settle(AttemptID(7), let ending, _) = effect { ending?.outcome } else { nil }
        }
        #expect(settled == [.notSent])
        #expect(heart.deviceHealth["base"]?.failures == 0)
        #expect(heart.status(of: "base/1")?.state != .unreachable)
    }

    // MARK: - The engine

    /// An engine that is prepared and told by hand what its phone shows, on a computer whose want a test sets.
    private final class Bench {
        let scratch: ScratchStore
        let engine: DialerEngine
        let heard = HeardLog()
        let lack = Lack()
        let campaign: CampaignID

        final class Lack: Sendable {
            private let value = Mutex<ResourceShortage?>(nil)
            var now: ResourceShortage? { value.withLock { $0 } }
            func set(_ lack: ResourceShortage?) { value.withLock { $0 = lack } }
        }

        init(_ mode: String) async throws {
            scratch = try ScratchStore()
            let now = Instant(Date())
            let yaml = """
                phones:
                  - { name: desk-1, family: gxp, address: "\(ScratchStore.silentAddress())", passcode: p }
                """
            _ = try scratch.store.applyDevices(PhonesFile.read(yaml, file: "phones.yaml"), at: now)
            campaign = try scratch.campaign("t", "pacing: { mode: \(mode), wrap_up: 0s }\n", at: now)
            try scratch.load([.test(1, ending: 7)], into: campaign, at: now)
            var options = EngineOptions(end: .idle, packs: ["none": .none])
            options.shortage = { [lack] _ in lack.now }
            engine = try DialerEngine(
                store: scratch.store, clock: DialerClock(startingAt: now, scale: 0.01), options: options,
                logger: heard.logger)
            try await engine.prepare()
        }

        func look() async {
            await engine.feed(
                .lines(station: "desk-1", [ObservedLine(line: 1, word: "idle", phase: .idle, remoteNumber: "")]))
        }

        func lookAtShortage(times: Int) async {
            for _ in 0..<times { await engine.lookAtShortage() }
        }
    }

    @Test("dialing waits and tells why, to the status, the journal and other programs, and goes on by itself")
    func engine() async throws {
        let bench = try await Bench("progressive")
        bench.lack.set(.descriptors)
        for _ in 1...5 { await bench.look() }
        #expect(try bench.scratch.attempts().isEmpty)
        let trouble = try #require(try await bench.engine.status().trouble)
        #expect(trouble.hasPrefix("Dialing waits: ") && trouble.contains("LimitNOFILE"))
        #expect(try bench.scratch.store.setting(DialerEngine.holdSetting) == trouble)
        #expect(try bench.scratch.store.journal(limit: 100).count { $0.event == "dialling_held" } == 1)
        #expect(bench.heard.lines.count { $0.contains("No call is placed now") } == 1)

        bench.lack.set(nil)
        // One good look is no end: the next connection may take the descriptor that was seen.
        await bench.lookAtShortage(times: 2)
        await bench.look()
        #expect(try bench.scratch.attempts().isEmpty)
        await bench.lookAtShortage(times: 1)
        await bench.look()
        #expect(try bench.scratch.attempts().count == 1)
        #expect(try await bench.engine.status().trouble == nil)
        #expect(try bench.scratch.store.setting(DialerEngine.holdSetting) == nil)
    }

    @Test("one request that could not be sent holds dialing, though descriptors are seen again")
    func oneFailure() async throws {
        let bench = try await Bench("progressive")
        await bench.engine.noteShortage(in: .shortage(ResourceShortage.memory.clause))
        await bench.look()
        #expect(try bench.scratch.attempts().isEmpty)
        #expect(try await bench.engine.status().trouble?.contains("memory") == true)
        await bench.engine.noteShortage(in: .refused("by the phone"))
        await bench.lookAtShortage(times: 3)
        await bench.look()
        #expect(try bench.scratch.attempts().count == 1)
    }

    @Test("an agent who asks for a call meanwhile is told why there is none")
    func manual() async throws {
        let bench = try await Bench("manual")
        await bench.look()
        let id = try bench.scratch.store.ask(
            .call(campaign: bench.campaign.value, contact: 1), station: "desk-1", at: Instant(Date()))
        bench.lack.set(.systemDescriptors)
        await bench.look()
        try await bench.engine.takeRequests()
        guard case .refused(let why) = try bench.scratch.store.answer(to: id) else {
            Issue.record("the agent waits for ever")
            return
        }
        #expect(why.contains("fs.file-max"))
        #expect(try bench.scratch.attempts().isEmpty)
    }

    @Test("what held an earlier run is forgotten by the next")
    func earlier() async throws {
        let scratch = try ScratchStore()
        try scratch.store.setSetting(DialerEngine.holdSetting, to: "Dialing waits: x.")
        let engine = try DialerEngine.rig(scratch.store, .wall)
        try? await engine.prepare()
        #expect(try scratch.store.setting(DialerEngine.holdSetting) == nil)
    }
}
