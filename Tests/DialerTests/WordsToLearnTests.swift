import CampaignStore
import Campaigns
import Dialer
import Testing

@Suite("Words that a person has to explain") struct WordsToLearnTests {
    private func told(_ effects: [DialerEffect]) -> [String] {
        effects.compactMap { if case .unknownWord(_, let word) = $0 { word } else { nil } }
    }

    /// A call whose line rings from the first look on, to its end.
    private func call(_ rig: inout DeskRig, _ number: String) -> [DialerEffect] {
        var effects = rig.lines(.idle)
        effects += rig.send(
            .intentRecorded(station: rig.station, rig.attempt, campaign: rig.campaign, dialled: "2125550100"))
        effects += rig.send(.dialAnswered(station: rig.station, rig.attempt, .accepted))
        for _ in 0..<4 { effects += rig.lines(.ringing, number) }
        return effects + rig.lines(.idle)
    }

    @Test("ringing of a call that may be ours is told once a station, and stands in its status")
    func once() throws {
        var rig = DeskRig()
        #expect(rig.heart.status(of: rig.station)?.wordsToLearn == [])
        let first = call(&rig, "2125550100")
        #expect(told(first) == ["ringing"])
        #expect(rig.ending(first)?.outcome == .unknown)
        #expect(rig.heart.status(of: rig.station)?.wordsToLearn == ["ringing"])
        let second = call(&rig, "")
        #expect(told(second) == [])
        #expect(rig.ending(second)?.outcome == .unknown)
        let advice = PhoneAdvice.advice(learning: ["ringing"], station: "desk-1")
        #expect(advice.contains("offhook phones check desk-1 --learn"))
        #expect(PhoneAdvice.advice(learning: [], station: "desk-1") == "")
        #expect(PhoneAdvice.advice(learning: ["Talking"], station: "desk-1").contains("“Talking” is not mapped"))
    }

    @Test("who calls in with another number is nobody's to explain")
    func incoming() {
        var rig = DeskRig()
        #expect(told(call(&rig, "4155550199")) == [])
        #expect(rig.heart.status(of: rig.station)?.wordsToLearn == [])
    }
}
