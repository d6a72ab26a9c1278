import CampaignStore
import Campaigns
import Dialer

/// The stations and trunks that a campaign names, held against the phones that are known.
struct ServingStations {
    private let patterns: [String]
    private let trunks: [String]

    init(of campaign: Campaign) {
        patterns = campaign.stations
        trunks = campaign.trunks.keys.sorted()
    }

    /// A sentence for each name that fits nothing; none before there are phones.
    func missing(among devices: [StoredDevice]) -> [String] {
        guard !devices.isEmpty else { return [] }
        let stations = devices.flatMap { $0.stations.map(\.name) }
        let known = Set(devices.compactMap(\.trunk)).sorted()
        return patterns.filter { pattern in !stations.contains { Glob.matches($0, pattern) } }
            .map {
                "“stations” names \($0), which fits none of the \(stations.count) stations\(NearestName.hint($0, among: stations))"
            }
            + trunks.filter { !known.contains($0) }.map {
                "“trunks” names \($0), and no phone has that trunk\(NearestName.hint($0, among: known))"
            }
    }
}
