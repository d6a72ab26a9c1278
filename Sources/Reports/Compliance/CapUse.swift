import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import PhoneNumbers

/// How much of its caps a number has used up, counted as a call to it would count them.
struct CapUse {
    /// Most numbers of a campaign that are shown.
    static let mostShown = 50
    /// Most numbers of a campaign that are looked at: some that were called less stand under a stricter cap.
    static let mostCandidates = 100

    var called: MuchCalledNumber
    /// The cap of which most is used; nil where none holds.
    var cap: CallCap?
    /// Calls that count for it now.
    var counted = 0

    var share: Double? { cap.map { Double(counted) / Double($0.limit) } }
    /// Whether more was called than the cap allows.
    var isOver: Bool { cap.map { counted > $0.limit } ?? false }

    /// What holds where a number is.
    private struct Limits {
        var caps: [CallCap] = []
        var clocks: [ZoneClock] = []

        /// - Parameter rules: of the campaign; nil where they are not known.
        init(in area: Area, under rules: EligibilityRules?, at now: Instant) {
            guard let rules else { return }
            caps = rules.demands(on: .unknown, in: area, at: now).caps.map(\.value)
            clocks = rules.rules(of: area).clocks
        }
    }

    /// - Parameter rules: of the campaign; nil where they are not known.
    init(_ called: MuchCalledNumber, under rules: EligibilityRules?, at now: Instant) {
        self.init(called, under: Limits(in: Self.area(of: called), under: rules, at: now), at: now)
    }

    private static func area(of called: MuchCalledNumber) -> Area {
        called.area ?? Area(zones: [], region: nil, jurisdiction: nil)
    }

    private init(_ called: MuchCalledNumber, under limits: Limits, at now: Instant) {
        self.called = called
        let clocks = limits.clocks
        for cap in limits.caps {
            let counted = cap.counted(at: now, calls: called.pastCalls, clocks: clocks).count
            let isTighter = share.map { Double(counted) / Double(cap.limit) > $0 } ?? true
            // Of equal use the one that fewer calls are left under.
            let isNarrower = share == Double(counted) / Double(cap.limit) && cap.limit < (self.cap?.limit ?? 0)
            if isTighter || isNarrower { (self.cap, self.counted) = (cap, counted) }
        }
    }

    /// The numbers of each campaign that are nearest to a cap, campaign by campaign.
    static func nearest(
        _ muchCalled: [MuchCalled], under rules: [CampaignID: EligibilityRules], at now: Instant
    ) -> [CapUse] {
        muchCalled.flatMap { found in
            // Hundreds of numbers are in a few areas.
            var known: [Area: Limits] = [:]
            let uses = found.numbers.map { called -> CapUse in
                let area = area(of: called)
                let limits = known[area] ?? Limits(in: area, under: rules[found.campaign], at: now)
                known[area] = limits
                return CapUse(called, under: limits, at: now)
            }
            return uses.sorted(by: isNearer).prefix(mostShown)
        }
    }

    private static func isNearer(_ left: CapUse, _ right: CapUse) -> Bool {
        let (first, second) = (left.share ?? -1, right.share ?? -1)
        if first != second { return first > second }
        return (right.called.lastDay, right.called.lastWeek, left.called.number.digits)
            < (left.called.lastDay, left.called.lastWeek, right.called.number.digits)
    }

    static func table(_ uses: [CapUse], _ names: CallNames) -> Table {
        Table(
            columns: [
                "campaign", "number", "calls_24h", "calls_7d", "cap", "counted", "most", "used_share", "cap_source",
            ],
            rows: uses.map { use in
                [
                    .text(names.campaign(use.called.campaign.value)), .text(use.called.number.e164),
                    Cell(use.called.lastDay), Cell(use.called.lastWeek), Cell(use.cap?.sentence),
                    use.cap == nil ? .none : Cell(use.counted), use.cap.map { Cell($0.limit) } ?? .none,
                    use.share.map(Cell.share) ?? .none, Cell(use.cap?.source),
                ]
            })
    }
}
