import CampaignStore
import Campaigns
import Dialer
import PhoneNumbers
import Testing

@Suite("Stations that come, change and go") struct StationChangesTests {
    private func setup(_ name: String, account: Int = 0, exchanges: Int = 0) -> StationSetup {
        var setup = StationSetup(
            name: name, device: name, handset: nil, family: .gxp, dialWith: .sendKey, account: account, trunk: nil,
            dial: DialPlanOverride(), words: WordMap())
        setup.exchanges = exchanges
        return setup
    }

    @Test("a station that is added is polled at once and dials; one that is taken away is seen no more")
    func comesAndGoes() {
        var rig = DeskRig()
        rig.lines(.idle)
        rig.send(.nothingToCall(station: rig.station, campaign: rig.campaign, until: nil))
        let added = rig.send(.stations([setup("desk-1"), setup("desk-2")]))
        #expect(added.contains(.poll(station: "desk-2", .idle)))
        let idle = [ObservedLine(line: 1, word: "idle", phase: .idle, remoteNumber: "")]
        #expect(
            rig.send(.lines(station: "desk-2", idle)).contains(.placeCall(station: "desk-2", campaign: rig.campaign)))

        // The first one was asked again as well, since the floor changed.
        rig.send(.nothingToCall(station: rig.station, campaign: rig.campaign, until: nil))
        rig.send(.nothingToCall(station: "desk-2", campaign: rig.campaign, until: nil))
        rig.send(.stations([setup("desk-2")]))
        #expect(rig.heart.stationStatus.map(\.name) == ["desk-2"])
        #expect(rig.heart.deviceHealth.keys.sorted() == ["desk-2"])
        #expect(rig.lines(.idle).isEmpty)
    }

    @Test("a station in a call keeps its setup until wrap-up is over, and gets no further call before it goes")
    func engaged() {
        var rig = DeskRig()
        rig.ring()
        #expect(rig.heart.isEngaged(rig.station))
        rig.send(.leaving(station: rig.station))
        rig.send(.stations([]))
        #expect(rig.heart.stationStatus.map(\.state) == [.dialing])
        rig.lines(.connected, "2125550100")
        let ended = rig.lines(.idle, after: .seconds(12))
        #expect(rig.ending(ended)?.outcome == .answered)
        #expect(rig.heart.stationStatus.map(\.state) == [.wrapUp])
        #expect(rig.heart.isEngaged(rig.station))
        rig.send(.tick, after: .seconds(3))
        #expect(!rig.lines(.idle).places)
        #expect(rig.heart.stationStatus.map(\.detail) == ["its setup changes"])
        #expect(!rig.heart.isEngaged(rig.station))
        rig.send(.stations([]))
        #expect(rig.heart.stationStatus.isEmpty)
    }

    @Test("a change that is taken back lets the station dial again")
    func takenBack() {
        var rig = DeskRig()
        rig.lines(.idle)
        rig.send(.nothingToCall(station: rig.station, campaign: rig.campaign, until: nil))
        rig.send(.leaving(station: rig.station))
        rig.send(.storeChanged)
        #expect(!rig.lines(.idle).places)
        let back = rig.send(.stations([setup("desk-1")])) + rig.lines(.idle)
        #expect(back.places)
    }

    @Test("what the former phone showed does not let the new one dial, but a pause and an absent agent stay")
    func exchanged() {
        var rig = DeskRig()
        rig.send(.pause(station: rig.station, reason: "lunch"))
        rig.lines(.idle)
        rig.send(.stations([setup("desk-1", exchanges: 1)]))
        #expect(rig.heart.stationStatus.map(\.state) == [.unknown])
        #expect(rig.heart.stationStatus.first?.pausedReason == "lunch")
        rig.send(.pause(station: rig.station, reason: nil))
        #expect(rig.heart.stationStatus.map(\.state) == [.unknown])
        #expect(rig.lines(.idle).places)
    }

    @Test(
        "a contact that is only shown is put back, a waiting command of the desk is answered, a call by hand is closed")
    func farewell() {
        var rig = DeskRig()
        rig.lines(.ringing, "4155550199")
        rig.send(.tick, after: .seconds(1))
        rig.command(.accept(line: 1))
        let effects = rig.send(.stations([setup("desk-1", account: 2)]))
        #expect(effects.contains(.observedCallEnded(station: rig.station, line: 1)))
        #expect(effects.refuses)
    }
}
