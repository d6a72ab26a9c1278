import CampaignStore
import Campaigns
import Dialer
import Testing

@Suite("What the desk hears of its station") struct DeskStatusTests {
    @Test("who rings beside our call, and who is on the line beside it, is told apart from our call")
    func beside() throws {
        var rig = DeskRig()
        rig.ring()
        rig.lines(.connected, "2125550100")
        var status = try #require(rig.heart.stationStatus.first)
        #expect(status.incoming == nil && status.otherCall == nil)
        rig.lines(.connected, "2125550100", second: .ringing)
        status = try #require(rig.heart.stationStatus.first)
        #expect(status.incoming == .init(line: 2, number: "4155550199") && status.otherCall == nil)
        rig.lines(.onHold, "2125550100", second: .connected)
        status = try #require(rig.heart.stationStatus.first)
        #expect(status.incoming == nil && status.otherCall == .init(line: 2, number: "4155550199"))
        #expect(status.attempt == rig.attempt)
    }

    @Test("what was said during the call is told until the call is over")
    func said() throws {
        var rig = DeskRig()
        rig.ring()
        rig.lines(.connected, "2125550100")
        let sale = Disposition(code: "SALE", label: "Sale", dispositionClass: .success)
        rig.send(.disposed(station: rig.station, rig.attempt, sale, callback: nil))
        #expect(rig.heart.stationStatus.first?.saidCode == "SALE")
        rig.lines(.idle)
        #expect(rig.heart.stationStatus.first?.saidCode == nil)
    }
}
