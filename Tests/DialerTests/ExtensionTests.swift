import CampaignStore
import Campaigns
import Dialer
import Foundation
import PhoneNumbers
import PhoneSimulator
import Testing

/// Extensions behind a number, over real HTTP: pressed after the answer, and only where the campaign says so.
@Suite("Extensions", .serialized) struct ExtensionTests {
    /// The tones that the far ends heard, in order, and how many calls were answered.
    private func tones(
        dial: String, extension digits: String?, ending: Int, on phone: SimulatedPhoneSpec
    ) async throws -> (tones: String, answered: Int, beforeAnswer: Int) {
        let scratch = try ScratchStore()
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: 4), seed: 5)
        let phones = try await simulator.start([phone])
        _ = try scratch.store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true), at: start)
        let id = try scratch.campaign("t", "pacing: { wrap_up: 0s }\n\(dial)", at: start)
        _ = try scratch.store.importList(campaign: id, list: "l", file: "l.csv", sha256: "", options: "", at: start) {
            try $0.add(
                NewContact(
                    name: nil, externalID: nil, priority: 0,
                    numbers: [
                        NewContact.Number(
                            number: .test(1, ending: ending), fileExtension: digits, kind: .mobile, validity: .valid,
                            area: ScratchStore.area)
                    ]))
        }
        _ = try await DialerEngine.rig(scratch.store, DialerClock.rehearsal(from: start, scale: 4)).run()
        let truth = await simulator.truthLog()
        await simulator.stop()
        #expect(try scratch.attempts().count == 1)
        let answer = truth.firstIndex { $0.event == .callAnswered } ?? truth.endIndex
        return (
            truth.filter { $0.event == .tone }.compactMap(\.keys).joined(),
            truth.count { $0.event == .callAnswered },
            truth[..<answer].count { $0.event == .tone }
        )
    }

    private static let phones: [SimulatedPhoneSpec] = [
        .gxp(name: "desk-1", passcode: "p"), .dp(name: "base-1", handsets: 1, passcode: "p"),
    ]

    @Test("is pressed once, after the answer, where the campaign dials extensions", arguments: phones)
    func pressed(phone: SimulatedPhoneSpec) async throws {
        let heard = try await tones(dial: "dial: { extensions: true }\n", extension: "204", ending: 7, on: phone)
        #expect(heard == ("204", 1, 0))
    }

    @Test("is not pressed where the campaign does not say so")
    func notAsked() async throws {
        let heard = try await tones(dial: "", extension: "204", ending: 7, on: Self.phones[0])
        #expect(heard == ("", 1, 0))
    }

    @Test("is not pressed where there is none, or where nobody answers", arguments: [(nil, 7, 1), ("204", 3, 0)])
    func nothingToPress(digits: String?, ending: Int, answered: Int) async throws {
        let heard = try await tones(
            dial: "dial: { extensions: true, ring_timeout: 15s }\n", extension: digits, ending: ending,
            on: Self.phones[0])
        #expect(heard == ("", answered, 0))
    }
}
