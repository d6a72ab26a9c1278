import CampaignStore
import Campaigns

extension ComplianceReport {
    private struct Place: Hashable, Comparable {
        var campaign: String
        var jurisdiction: String

        static func < (left: Place, right: Place) -> Bool {
            (left.campaign, left.jurisdiction) < (right.campaign, right.jurisdiction)
        }
    }

    /// The first and the last hour by campaign and jurisdiction; areas of one jurisdiction may have several zones.
    static func hours(_ called: [HoursCalled], _ areas: [Int64: Area], _ names: CallNames) -> Table {
        var places: [Place: HoursCalled] = [:]
        for hours in called {
            let area = areas[hours.area]
            let place = Place(
                campaign: names.campaign(hours.campaign),
                jurisdiction: area?.jurisdiction ?? area?.region ?? "unknown")
            guard var known = places[place] else {
                places[place] = hours
                continue
            }
            known.earliest = [known.earliest, hours.earliest].compactMap { $0 }.min()
            known.latest = [known.latest, hours.latest].compactMap { $0 }.max()
            known.calls += hours.calls
            known.unclocked += hours.unclocked
            places[place] = known
        }
        let clock = { (hour: Int?) in Cell(hour.map { WeeklyWindows.clock($0 * 60) }) }
        return Table(
            columns: ["campaign", "jurisdiction", "earliest_hour", "latest_hour", "calls"],
            rows: places.sorted { $0.key < $1.key }.map { place, hours in
                [
                    .text(place.campaign), .text(place.jurisdiction), clock(hours.earliest), clock(hours.latest),
                    Cell(hours.calls),
                ]
            }, totals: [.text("all"), .none, .none, .none, Cell(called.reduce(0) { $0 + $1.calls })])
    }
}
