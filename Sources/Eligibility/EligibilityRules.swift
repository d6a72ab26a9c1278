import CallingRules
import Campaigns

/// A campaign's rules, ready to be asked: settings, pack and clocks together.
public struct EligibilityRules: Sendable {
    public let campaign: Campaign
    public let pack: RulePack
    private let clocks: ZoneClocks

    /// Rules of a campaign under a pack.
    public init(campaign: Campaign, pack: RulePack, clocks: ZoneClocks = ZoneClocks()) {
        self.campaign = campaign
        self.pack = pack
        self.clocks = clocks
    }

    /// The calling hours of an area.
    public func hours(of area: Area) -> CallingHours {
        CallingHours(area: area, rules: campaign.callingRules, pack: pack, clocks: clocks)
    }

    /// The clock that a contact of the area is taken to live by, for parts of the day and records; nil if none is known.
    public func clock(of area: Area) -> ZoneClock? {
        area.zones.lazy.compactMap { clocks.clock($0) }.first
    }
}
