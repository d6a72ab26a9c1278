import CampaignStore
import Campaigns
import Dialer
import Testing

@Suite("Agents behind live pages") struct PresenceTests {
    @Test("without a page no call is placed; with one it is; 15 s after the last is gone there is none any more")
    func present() {
        var rig = DeskRig()
        rig.send(.presence(station: rig.station, present: false))
        #expect(!rig.lines(.idle).places)
        #expect(rig.heart.stationStatus.first?.state == .paused)
        let back = rig.send(.desk(station: rig.station, isLive: true)) + rig.lines(.idle)
        #expect(back.places)
        rig.send(.nothingToCall(station: rig.station, campaign: rig.campaign, until: rig.now))

        rig.send(.desk(station: rig.station, isLive: false))
        rig.send(.nothingToCall(station: rig.station, campaign: rig.campaign, until: rig.now))
        rig.now = rig.now + .milliseconds(14_000)
        let inTime = rig.send(.storeChanged) + rig.lines(.idle)
        #expect(inTime.places)
        rig.send(.nothingToCall(station: rig.station, campaign: rig.campaign, until: rig.now))
        let late = rig.send(.tick, after: .seconds(1)) + rig.send(.storeChanged) + rig.lines(.idle)
        #expect(!late.places)
        #expect(rig.heart.stationStatus.first?.state == .paused)
    }

    @Test("an agent who leaves is gone at once: no call is placed within the time that a page has to load again")
    func leaves() {
        var rig = DeskRig()
        let seated = rig.send(.desk(station: rig.station, isLive: true)) + rig.lines(.idle)
        #expect(seated.places)
        rig.send(.nothingToCall(station: rig.station, campaign: rig.campaign, until: rig.now))
        let left = rig.send(.presence(station: rig.station, present: false))
        // The page's own end comes after it, and changes nothing.
        let after = left + rig.send(.desk(station: rig.station, isLive: false), after: .seconds(1)) + rig.lines(.idle)
        #expect(!after.places)
        #expect(rig.heart.stationStatus.first?.state == .paused)
        let back = rig.send(.desk(station: rig.station, isLive: true), after: .seconds(1)) + rig.lines(.idle)
        #expect(back.places)
    }

    @Test("a page that comes back in time changes nothing, and the heart wakes by itself when the time is over")
    func back() {
        var rig = DeskRig()
        rig.lines(.idle)
        rig.send(.nothingToCall(station: rig.station, campaign: rig.campaign, until: nil))
        rig.send(.desk(station: rig.station, isLive: false))
        let gone = rig.now
        #expect(rig.heart.stationStatus.first?.isStaffed == false)
        let due = rig.heart.nextDeadline(after: rig.now)
        #expect(due.map { $0 <= gone + .seconds(15) } == true)
        rig.send(.desk(station: rig.station, isLive: true), after: .seconds(10))
        rig.send(.tick, after: .seconds(20))
        #expect(rig.heart.stationStatus.first?.isStaffed == true)
        rig.send(.desk(station: rig.station, isLive: false))
        let last = rig.now
        while let next = rig.heart.nextDeadline(after: rig.now), next < last + .seconds(16) {
            rig.now = max(next, rig.now + .milliseconds(1))
            _ = rig.heart.handle(.tick, at: rig.now)
            rig.lines(.idle, after: .milliseconds(1))
        }
        #expect(rig.heart.stationStatus.first?.state == .paused)
    }

    @Test(
        "an answer that meets no live page is flagged, though the page was gone for a second only",
        arguments: [true, false])
    func absent(isLive: Bool) {
        var rig = DeskRig()
        rig.ring()
        rig.send(.desk(station: rig.station, isLive: false))
        if isLive { rig.send(.desk(station: rig.station, isLive: true)) }
        let effects = rig.lines(.connected, "2125550100", after: .seconds(1))
        #expect(effects.contains(.noteConnected(rig.attempt, line: 1)))
        #expect(effects.contains(.noteAgentAbsent(rig.attempt)) == !isLive)
    }

    @Test("a running call goes on when the page is gone")
    func running() {
        var rig = DeskRig()
        rig.ring()
        rig.lines(.connected, "2125550100")
        rig.send(.desk(station: rig.station, isLive: false))
        rig.lines(.connected, "2125550100", after: .seconds(20))
        #expect(rig.heart.stationStatus.first?.state == .inCall)
    }
}
