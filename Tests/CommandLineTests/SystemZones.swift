import CallingRules
import Campaigns
import CivilTime
import Eligibility

extension EligibilityRules {
    /// Rules on the clocks of the system's zone data.
    init(campaign: Campaign, book: RuleBook) {
        self.init(campaign: campaign, book: book, clocks: ZoneClocks())
    }

    /// Rules on the clocks of the system's zone data.
    init(campaign: Campaign, pack: RulePack) {
        self.init(campaign: campaign, pack: pack, clocks: ZoneClocks())
    }
}

extension ZoneClocks {
    /// The clocks of the system's zone data.
    init() { self.init(ZoneSource.system.data) }
}

extension ZoneClock {
    /// A clock of the system's zone data.
    init?(_ name: String) { self.init(name, in: ZoneSource.system.data) }
}
