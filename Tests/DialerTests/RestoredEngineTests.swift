import CallingRules
import CampaignStore
import Campaigns
import Dialer
import Eligibility
import Foundation
import Logging
import PhoneNumbers
import PhoneSimulator
import Testing

/// An engine on a back-up that was put in place of a lost database.
@Suite("After a restore") struct RestoredEngineTests {
    @Test(
        "no engine starts on it before the calls since are known; afterwards an open attempt on a base is unknown at once"
    )
    func openOnBase() async throws {
        let scratch = try ScratchStore()
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: 1), seed: 3)
        let phones = try await simulator.start([.dp(name: "base-1", handsets: 1, passcode: "p")])
        _ = try scratch.store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true), at: start)
        let id = try scratch.campaign("t", at: start)
        try scratch.load([.test(1, ending: 1)], into: id, at: start)
        let reservation = try #require(
            try scratch.store.reserveNextContact(
                campaign: id, station: "base-1/1", openAreas: scratch.store.areas().map(\.id), at: start))
        let campaign = try scratch.store.campaign(id).campaign
        let intent = try scratch.store.recordIntent(
            IntentRequest(
                reservation: reservation, station: "base-1/1", dialled: "+12122000101", dialWith: .makeCall,
                account: 0, linesBefore: [LineWord(line: 1, word: "idle")]),
            rules: EligibilityRules(campaign: campaign, pack: .none), at: start)
        guard case .recorded = intent else {
            Issue.record("the intent was denied: \(intent)")
            return
        }
        let path = scratch.folder.appendingPathComponent("live.db").path
        _ = try scratch.store.backUp(to: path, at: start)
        let store = try CampaignStore(path: path, mayCreate: false)
        // The back-up is sealed with the same key, and the handset is in a call of its own when it is put in place.
        try? FileManager.default.copyItem(
            atPath: scratch.store.path + ".key", toPath: path + ".key")
        try await simulator.dialByHand("4155550101", on: "base-1", handset: 1)
        let clock = DialerClock.rehearsal(from: start, scale: 1)
        #expect(throws: StoreError.self) { try DialerEngine.rig(store, clock) }
        try store.clearRestore(.repeatsAccepted, by: nil, at: start)
        let engine = try DialerEngine.rig(store, clock, end: .never)
        let run = Task { try await engine.run() }
        while await !engine.isRunning { try await Task.sleep(for: .milliseconds(5)) }
        // Settled before the first poll: whatever its line shows.
        #expect(try store.openAttempts().isEmpty)
        var attempts: [AttemptRow] = []
        try store.attempts { attempts.append($0) }
        #expect(attempts.map(\.outcome) == ["unknown"])
        #expect(attempts.first?.evidence?.notes == [.openAtRestore])
        await engine.stop()
        _ = try await run.value
        await simulator.stop()
        // The database that the back-up was made of knows nothing of it; it and its folder are kept until here.
        #expect(try scratch.store.openAttempts().count == 1)
    }
}
