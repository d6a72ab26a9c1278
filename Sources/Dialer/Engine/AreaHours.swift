import CallingRules
import CampaignStore
import Campaigns
import Eligibility

/// Which areas a campaign may call now, kept until the next instant at which that can change.
struct AreaHours {
    private var areas: [(id: Int64, area: Area)] = []
    private var open: [Int64] = []
    private var validUntil: Instant?

    /// Takes the areas as they are now; the open set is worked out anew.
    mutating func replaceAreas(_ areas: [(id: Int64, area: Area)]) {
        self.areas = areas
        validUntil = nil
    }

    /// The areas that are open at an instant, for calls that ring up to the campaign's ring timeout.
    mutating func openAreas(under rules: EligibilityRules, at now: Instant) -> [Int64] {
        if let validUntil, now < validUntil { return open }
        let margin = rules.campaign.dial.ringTimeout
        open = []
        // The set is worked out anew at least every hour, whatever the edges say.
        var next = now + .seconds(3600)
        for (id, area) in areas {
            // Under a pack that is too old nobody is picked, so that nobody has to be put back one by one.
            guard rules.packTooOld(in: area, at: now) == nil else { continue }
            if let end = rules.closureEnd(of: area, at: now) {
                next = min(next, end)
                continue
            }
            let hours = rules.hours(of: area)
            if hours.verdict(at: now, margin: margin).isAllowed { open.append(id) }
            if let edge = hours.nextEdge(after: now, margin: margin) { next = min(next, edge) }
        }
        validUntil = next
        return open
    }

    /// When the first of these areas can be called, given when their earliest contacts are due; nil if none ever can.
    func nextCall(
        of due: [(area: Int64, due: Instant)], under rules: EligibilityRules, at now: Instant
    ) -> Instant? {
        let byID = Dictionary(uniqueKeysWithValues: areas.map { ($0.id, $0.area) })
        let margin = rules.campaign.dial.ringTimeout
        return due.compactMap { entry in
            byID[entry.area].flatMap { area -> Instant? in
                let due = max(now, entry.due)
                return rules.packTooOld(in: area, at: now) == nil
                    ? rules.hours(of: area).nextOpening(
                        from: rules.closureEnd(of: area, at: due) ?? due, margin: margin) : nil
            }
        }.min()
    }
}
