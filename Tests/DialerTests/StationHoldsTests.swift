import Campaigns
import Dialer
import Testing

@Suite("What holds a campaign's stations back is counted by the dispatcher's own rules") struct StationHoldsTests {
    private let now = Instant(milliseconds: 1_773_151_200_000)

    private func campaign(_ name: String, _ change: (inout Campaign) -> Void = { _ in }) -> Campaign {
        var campaign = Campaign(name: name, region: "US")
        change(&campaign)
        return campaign
    }

    private func reasons(
        _ campaign: Campaign, _ stations: [StationHolds.Station], started: [Campaign] = [],
        rivals: [StationHolds.Rival] = []
    ) -> [String: String] {
        let holds = StationHolds(of: campaign, stations: stations, started: [campaign] + started, at: now)
        return Dictionary(holds.reasons(rivals: rivals).map { ($0.code, $0.text) }) { $0 + "; " + $1 }
    }

    @Test("stations that are free are held by nothing")
    func free() {
        #expect(reasons(campaign("a"), [.init(name: "desk-1"), .init(name: "desk-2", trunk: "office")]).isEmpty)
    }

    @Test(
        "a full trunk is named with its calls, those of other campaigns included, and with the stations that it holds")
    func trunk() {
        let stations: [StationHolds.Station] = [
            .init(name: "desk-1", trunk: "front-office", busyFor: "b"), .init(name: "desk-2", trunk: "front-office"),
            .init(name: "desk-3", trunk: "front-office"), .init(name: "desk-4", trunk: "back-office"),
        ]
        let found = reasons(campaign("a") { $0.trunks = ["front-office": 1] }, stations)
        #expect(found["trunk"] == "2 stations held back: Trunk “front-office” is full: 1 of 1 calls.")
        #expect(found["stations_in_calls"] == "1 station of 4 in a call or wrap-up of “b”")
        // The least limit of all started campaigns holds.
        let other = campaign("b") { $0.trunks = ["front-office": 1] }
        #expect(reasons(campaign("a") { $0.trunks = ["front-office": 5] }, stations, started: [other])["trunk"] != nil)
        #expect(reasons(campaign("a") { $0.trunks = ["front-office": 2] }, stations)["trunk"] == nil)
    }

    @Test("a wrap-up keeps its station, and no place on the trunk")
    func wrapUp() {
        let found = reasons(
            campaign("a") { $0.trunks = ["office": 1] },
            [
                .init(name: "desk-1", trunk: "office", busyFor: "a", isWrappingUp: true),
                .init(name: "desk-2", trunk: "office"),
            ])
        #expect(found.keys.sorted() == ["stations_in_calls"])
    }

    @Test("stations between two calls are counted, with when the first of them is free")
    func gap() {
        let found = reasons(
            campaign("a") { $0.pacing.stationGap = .seconds(30) },
            [
                .init(name: "desk-1", lastEnd: now - .seconds(10)), .init(name: "desk-2", lastEnd: now - .seconds(5)),
                .init(name: "desk-3", lastEnd: now - .seconds(30)), .init(name: "desk-4"),
            ])
        #expect(found["station_gap"] == "2 stations resting 30 s between calls, the first until \(now + .seconds(20))")
    }

    @Test("a campaign of a higher priority that has contacts to call takes the stations that it serves too")
    func priority() {
        let stations: [StationHolds.Station] = [.init(name: "desk-1"), .init(name: "desk-2"), .init(name: "base-1/1")]
        let rival = campaign("vip") {
            $0.priority = 5
            $0.stations = ["desk-*"]
        }
        let found = reasons(campaign("a"), stations, rivals: [.init(rival, contacts: 12)])
        #expect(
            found["higher_priority"]
                == "“vip” comes first on 2 stations of 3 free ones: it has priority 5 over 0, and 12 contacts to call now"
        )
        #expect(reasons(campaign("a"), stations, rivals: [.init(rival, contacts: 0)]).isEmpty)
        #expect(reasons(campaign("a") { $0.priority = 5 }, stations, rivals: [.init(rival, contacts: 12)]).isEmpty)
        #expect(
            reasons(campaign("a") { $0.stations = ["base-*"] }, stations, rivals: [.init(rival, contacts: 12)]).isEmpty)
    }

    @Test("stations that do not serve the campaign count for the trunk only")
    func others() {
        let found = reasons(
            campaign("a") {
                $0.stations = ["desk-*"]
                $0.trunks = ["office": 1]
            },
            [
                .init(name: "base-1/1", trunk: "office", busyFor: "b"), .init(name: "desk-1", trunk: "office"),
                .init(name: "base-1/2", trunk: "office"),
            ])
        #expect(found == ["trunk": "1 station held back: Trunk “office” is full: 1 of 1 calls."])
    }
}
