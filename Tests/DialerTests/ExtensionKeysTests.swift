import CampaignStore
import Campaigns
import Dialer
import PhoneNumbers
import Testing

/// When the heart presses an extension: once, and only into a call that a look has just shown.
@Suite("Keys of an extension") struct ExtensionKeysTests {
    fileprivate static let attempt = AttemptID(1)

    /// One station with a call whose number has the extension 204, and what the heart asked for.
    private struct Desk {
        var heart: DialerHeart
        var now = Instant(milliseconds: 1_773_151_200_000)
        var keys: [DialerEffect] = []

        init() {
            heart = DialerHeart(stations: [
                StationSetup(
                    name: "desk-1", device: "desk-1", handset: nil, family: .gxp, dialWith: .sendKey, account: 0,
                    trunk: nil, dial: DialPlanOverride(), words: WordMap())
            ])
            let campaign = CampaignID(1)
            feed(
                .campaigns([
                    CampaignSetup(id: campaign, name: "c", pacing: PacingSettings(), ringTimeout: .seconds(25))
                ]))
            look(.idle)
            feed(
                .intentRecorded(
                    station: "desk-1", ExtensionKeysTests.attempt, campaign: campaign, dialled: "12125550123"))
            feed(.extensionBehind(station: "desk-1", ExtensionKeysTests.attempt, digits: "204"))
            feed(.dialAnswered(station: "desk-1", ExtensionKeysTests.attempt, .accepted))
        }

        mutating func feed(_ event: DialerEvent) {
            keys += heart.handle(event, at: now).filter {
                switch $0 {
                case .pressExtension, .extensionMissed: true
                default: false
                }
            }
        }

        mutating func look(_ phase: LinePhase, other: LinePhase = .idle) {
            let line = { (line: Int, phase: LinePhase, number: String) in
                ObservedLine(
                    line: line, word: phase.rawValue, phase: phase, remoteNumber: phase == .idle ? "" : number)
            }
            feed(.lines(station: "desk-1", [line(1, phase, "12125550123"), line(2, other, "4155550199")]))
        }

        mutating func pass(_ milliseconds: Int) {
            now = now + .milliseconds(milliseconds)
        }
    }

    private func pressed(at now: Instant) -> DialerEffect {
        .pressExtension(station: "desk-1", Self.attempt, digits: "204", before: now + .milliseconds(500))
    }

    @Test("go out once, a second after the answer, right after a look that shows the call")
    func once() {
        var desk = Desk()
        desk.pass(500)
        desk.look(.connected)
        desk.pass(900)
        desk.look(.connected)
        #expect(desk.keys.isEmpty)
        desk.pass(250)
        desk.look(.connected)
        #expect(desk.keys == [pressed(at: desk.now)])
        for _ in 1...40 {
            desk.pass(250)
            desk.look(.connected)
        }
        #expect(desk.keys.count == 1)
    }

    @Test("never go out on a look that is older than half a second, nor once the call has ended")
    func noStaleLook() {
        var desk = Desk()
        desk.pass(500)
        desk.look(.connected)
        desk.pass(2000)
        desk.feed(.tick)
        #expect(desk.keys.isEmpty)
        desk.look(.idle)
        desk.pass(500)
        desk.look(.idle)
        #expect(desk.keys.isEmpty)
    }

    @Test("wait while the call is on hold or another is on the phone, and are dropped when they come too late")
    func notIntoOthers() {
        for (own, other) in [(LinePhase.onHold, LinePhase.idle), (.connected, .ringing), (.connected, .connected)] {
            var desk = Desk()
            desk.pass(500)
            desk.look(.connected)
            for _ in 1...23 {
                desk.pass(250)
                desk.look(own, other: other)
            }
            #expect(desk.keys.isEmpty)
            desk.pass(500)
            desk.look(own, other: other)
            desk.look(.connected)
            #expect(desk.keys == [.extensionMissed(station: "desk-1", Self.attempt)])
        }
    }

    @Test("that did not leave in time are pressed after the next look, once more and never again")
    func notLeft() {
        var desk = Desk()
        desk.pass(500)
        desk.look(.connected)
        desk.pass(1000)
        desk.look(.connected)
        #expect(desk.keys.count == 1)
        desk.pass(600)
        desk.feed(.extensionNotPressed(station: "desk-1", Self.attempt))
        #expect(desk.keys.count == 1)
        desk.look(.connected)
        #expect(desk.keys.last == pressed(at: desk.now))
        desk.pass(250)
        desk.look(.connected)
        #expect(desk.keys.count == 2)
    }
}
