import CampaignStore
import Campaigns
import Dialer
import Testing

@Suite("The phone from the desk") struct LineCommandTests {
    @Test("hanging up while it rings cancels on a poll that shows the call, and settles as agent_cancelled")
    func cancelled() {
        var rig = DeskRig()
        rig.ring()
        let asked = rig.command(.hangUp)
        #expect(!asked.contains(.cancel(station: rig.station, rig.attempt, line: 1)))
        #expect(rig.lines(.calling, "2125550100").contains(.cancel(station: rig.station, rig.attempt, line: 1)))
        rig.send(.cancelAnswered(station: rig.station, rig.attempt, .accepted))
        let ending = rig.ending(rig.lines(.idle))
        #expect(ending?.outcome == .agentCancelled)
        #expect(ending?.evidence.notes.contains(.hungUpAtDesk) == true)
    }

    @Test("hanging up a connected call ends it as answered or short answer, with wrap-up")
    func ended() {
        var rig = DeskRig()
        rig.ring()
        rig.lines(.connected, "2125550100")
        rig.lines(.connected, "2125550100", after: .seconds(12))
        rig.command(.hangUp)
        #expect(rig.lines(.connected, "2125550100").contains(.endCall(station: rig.station, rig.attempt, line: 1)))
        rig.send(.cancelAnswered(station: rig.station, rig.attempt, .accepted))
        #expect(rig.ending(rig.lines(.idle))?.outcome == .answered)
        #expect(rig.heart.stationStatus.first?.state == .wrapUp)
    }

    @Test("a cancel that comes too late, since the far end answered, is followed by an endcall")
    func race() {
        var rig = DeskRig()
        rig.ring()
        rig.command(.hangUp)
        rig.lines(.calling, "2125550100")
        rig.send(.cancelAnswered(station: rig.station, rig.attempt, .refused("body:false")))
        #expect(!rig.lines(.connected, "2125550100").contains(.endCall(station: rig.station, rig.attempt, line: 1)))
        let later = rig.lines(.connected, "2125550100", after: .seconds(2))
        #expect(later.contains(.endCall(station: rig.station, rig.attempt, line: 1)))
        #expect(rig.ending(rig.lines(.idle))?.outcome == .shortAnswer)
    }

    @Test(
        "a GXP phone with another call is not told to hang up: it could end that one",
        arguments: [LinePhase.ringing, .connected])
    func another(phase: LinePhase) {
        var rig = DeskRig()
        rig.ring()
        rig.command(.hangUp)
        let effects = rig.lines(.calling, "2125550100", second: phase)
        #expect(!effects.contains(.cancel(station: rig.station, rig.attempt, line: 1)))
        #expect(rig.lines(.calling, "2125550100").contains(.cancel(station: rig.station, rig.attempt, line: 1)))
    }

    @Test("without a call there is nothing to hang up, hold, resume or press digits in")
    func nothing() {
        var rig = DeskRig()
        rig.lines(.idle)
        for command in [LineCommand.hangUp, .hold, .resume, .keys("1"), .press(.mute), .press(.transfer)] {
            let effects = rig.command(command)
            #expect(effects.refuses && !effects.commands, "\(command)")
        }
    }

    @Test("hold, resume and digits go to our call alone, each where the call is in the state for it")
    func ours() {
        var rig = DeskRig()
        rig.ring()
        #expect(rig.command(.hold).refuses)
        rig.lines(.connected, "2125550100")
        #expect(rig.command(.hold).contains(.lineCommand(station: rig.station, 2, .hold, line: 1)))
        #expect(rig.command(.resume).refuses)
        #expect(rig.command(.keys("12*#")).commands)
        #expect(rig.command(.keys("1x")).refuses)
        #expect(rig.command(.keys("")).refuses)
        #expect(rig.command(.keys(String(repeating: "1", count: 33))).refuses)
        rig.lines(.onHold, "2125550100")
        #expect(rig.heart.stationStatus.first?.state == .held)
        #expect(rig.command(.hold).refuses)
        #expect(rig.command(.resume).commands)
    }

    @Test("with a call of somebody else connected nothing is pressed, unless the agent began a transfer")
    func foreign() {
        var rig = DeskRig()
        rig.ring()
        rig.lines(.connected, "2125550100", second: .connected)
        #expect(rig.command(.keys("1")).refuses)
        rig.lines(.connected, "2125550100")
        #expect(rig.command(.press(.transfer)).commands)
        rig.lines(.onHold, "2125550100", second: .connected)
        #expect(rig.command(.keys("1")).commands)
    }

    @Test("an agent's own call, accepted or dialled by hand, is ended where it is the only one on the phone")
    func own() {
        var rig = DeskRig()
        rig.lines(.idle, second: .ringing)
        #expect(rig.command(.end(line: 2)).refuses, "it only rings")
        rig.lines(.idle, second: .connected)
        #expect(rig.command(.end(line: 1)).refuses)
        #expect(rig.command(.end(line: 2)).contains(.lineCommand(station: rig.station, 3, .end(line: 2), line: 2)))
        rig.lines(.connected, "4155550142", second: .connected)
        #expect(rig.command(.end(line: 2)).refuses, "the phone would choose")
    }

    @Test("what is ours is never ended as the agent's own")
    func notOwn() {
        var rig = DeskRig()
        rig.ring()
        rig.lines(.connected, "2125550100", second: .connected)
        #expect(rig.command(.end(line: 1)).refuses)
        #expect(rig.command(.end(line: 2)).refuses)
    }

    @Test("a call that rings is accepted or turned away on a look that shows it, and the dialer does not dial over it")
    func incoming() {
        var rig = DeskRig()
        #expect(!rig.lines(.idle, second: .ringing).places)
        #expect(rig.heart.stationStatus.first?.incoming?.number == "4155550199")
        #expect(rig.command(.accept(line: 1)).refuses)
        #expect(
            rig.command(.accept(line: 2)).contains(.lineCommand(station: rig.station, 2, .accept(line: 2), line: 2)))
        rig.lines(.ringing, second: .ringing)
        #expect(rig.command(.reject(line: 1)).refuses)
        rig.lines(.idle, second: .idle)
        #expect(rig.command(.reject(line: 2)).refuses)
    }

    @Test("a command waits for a fresh look, and is refused when none comes within 3 s")
    func stale() {
        var rig = DeskRig()
        rig.ring()
        rig.lines(.connected, "2125550100")
        rig.now = rig.now + .seconds(1)
        let waiting = rig.command(.hold)
        #expect(!waiting.commands && !waiting.refuses)
        #expect(rig.lines(.connected, "2125550100").commands)
        rig.now = rig.now + .seconds(1)
        rig.command(.hold)
        #expect(rig.send(.tick, after: .seconds(3)).refuses)
    }

    @Test("a function is offered only where the phone's family has it")
    func families() {
        #expect(
            LineCommand.press(.transfer).isAvailable(on: .gxp) && !LineCommand.press(.transfer).isAvailable(on: .dp))
        #expect(!LineCommand.press(.doNotDisturbOn).isAvailable(on: .gxp))
        var rig = DeskRig(family: .dp)
        rig.lines(.idle)
        #expect(rig.command(.press(.volumeUp)).refuses)
        #expect(rig.command(.press(.doNotDisturbOn)).commands)
    }

    @Test("a phone that says that something changed is looked at at once, and after a poll under way once more")
    func looks() {
        var rig = DeskRig()
        rig.lines(.idle)
        rig.send(.nothingToCall(station: rig.station, campaign: rig.campaign, until: nil))
        let first = rig.send(.lookNow(station: rig.station))
        #expect(first.contains { if case .poll = $0 { true } else { false } })
        #expect(!rig.send(.lookNow(station: rig.station)).contains { if case .poll = $0 { true } else { false } })
        #expect(rig.lines(.idle).contains { if case .poll = $0 { true } else { false } })
    }
}
