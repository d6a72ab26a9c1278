import CampaignStore
import Campaigns
import Dialer
import PhoneNumbers
import Testing

@Suite("Calls that people dial by hand are followed, with the number that they reach") struct HandDialledCallTests {
    private let now = Instant(milliseconds: 1_773_151_200_000)

    private static func station(_ dial: DialPlanOverride = DialPlanOverride()) -> StationSetup {
        StationSetup(
            name: "desk-1", device: "desk-1", handset: nil, family: .gxp, dialWith: .sendKey, account: 0, trunk: nil,
            dial: dial, words: WordMap())
    }

    /// What the heart writes down of calls that are not ours while a line is seen so.
    private func observed(_ seen: [(LinePhase, String?)]) -> [DialerEffect] {
        var heart = DialerHeart(stations: [Self.station()])
        var effects: [DialerEffect] = []
        for (index, (phase, number)) in seen.enumerated() {
            let line = ObservedLine(line: 1, word: phase.rawValue, phase: phase, remoteNumber: number)
            effects += heart.handle(.lines(station: "desk-1", [line]), at: now + .seconds(index))
        }
        return effects.filter { effect in
            switch effect {
            case .observedCall, .observedCallNumber, .observedCallConnected, .observedCallEnded: true
            default: false
            }
        }
    }

    @Test("the number is told as it becomes known: off the hook, digit by digit, then sent")
    func digits() {
        let effects = observed([
            (.dialing, ""), (.dialing, "921"), (.calling, "92127361103"), (.calling, "92127361103"),
            (.connected, "92127361103"), (.connected, ""), (.idle, ""),
        ])
        #expect(
            effects == [
                .observedCall(station: "desk-1", line: 1, incoming: false, remoteNumber: ""),
                .observedCallNumber(station: "desk-1", line: 1, remoteNumber: "921"),
                .observedCallNumber(station: "desk-1", line: 1, remoteNumber: "92127361103"),
                .observedCallConnected(station: "desk-1", line: 1),
                .observedCallEnded(station: "desk-1", line: 1),
            ])
    }

    @Test("number and answer that show in one poll are both told, and the next call begins anew")
    func together() {
        let effects = observed([(.dialing, nil), (.connected, "2127361103"), (.idle, nil), (.ringing, "2127361103")])
        #expect(
            effects == [
                .observedCall(station: "desk-1", line: 1, incoming: false, remoteNumber: nil),
                .observedCallNumber(station: "desk-1", line: 1, remoteNumber: "2127361103"),
                .observedCallConnected(station: "desk-1", line: 1),
                .observedCallEnded(station: "desk-1", line: 1),
                .observedCall(station: "desk-1", line: 1, incoming: true, remoteNumber: "2127361103"),
            ])
    }

    private func read(
        _ shown: String, _ station: DialPlanOverride, campaigns: [(plan: DialPlanOverride, region: String)] = [],
        incoming: Bool = false
    ) -> String? {
        ObservedNumber(station: Self.station(station), campaigns: campaigns).read(shown, incoming: incoming)?.e164
    }

    @Test("the station's dial plan is undone; where the site's prefix stands in a campaign only, that one's")
    func plans() {
        let nine = DialPlanOverride(region: "US", prefix: "9")
        #expect(read("92127361103", nine) == "+12127361103")
        #expect(read("9011442079460000", nine) == "+442079460000")
        #expect(read("2127361103", nine) == "+12127361103")
        #expect(read("sip:92127361103@192.0.2.1", nine) == "+12127361103")
        #expect(read("4711", nine) == nil)
        #expect(read("", nine) == nil)
        let bare = DialPlanOverride()
        #expect(read("92127361103", bare) == nil)
        #expect(read("92127361103", bare, campaigns: [(DialPlanOverride(prefix: "9"), "US")]) == "+12127361103")
        #expect(read("02079460000", bare, campaigns: [(DialPlanOverride(), "GB")]) == "+442079460000")
    }

    @Test("of an incoming call nobody dialled a prefix, so none is taken off")
    func incoming() {
        // As dialled by hand it would be the 9 for a line and London's 020 7946 0000.
        let plan = DialPlanOverride(region: "GB", prefix: "9")
        #expect(read("902079460000", plan) == "+442079460000")
        #expect(read("902079460000", plan, incoming: true) == nil)
        #expect(read("02079460000", plan, incoming: true) == "+442079460000")
    }
}
