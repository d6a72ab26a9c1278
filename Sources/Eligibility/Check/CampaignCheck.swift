import CallingRules
import Campaigns
import RetryPolicy

/// Finds what cannot work in a campaign, before it is dialled.
public struct CampaignCheck: Sendable {
    let rules: EligibilityRules
    let now: Instant
    /// Where its contacts are, with how many; a sample of its region where none are loaded yet.
    let areas: [(area: Area, contacts: Int)]
    let isSample: Bool
    private let withoutConsent: Int?
    /// Names of states and provinces by their codes, as people know them.
    let names: [String: String]

    /// A check at an instant.
    ///
    /// - Parameters:
    ///   - areas: where the campaign's contacts are; empty before an import.
    ///   - sampleZones: the zones of the campaign's region, looked at before an import.
    ///   - names: of states and provinces by their codes; codes where one is missing.
    ///   - withoutConsent: how many contacts lack a consent that is asked for; nil where none were counted.
    public init(
        _ rules: EligibilityRules, areas: [(area: Area, contacts: Int)], sampleZones: [String],
        withoutConsent: Int? = nil, names: [String: String] = [:], at now: Instant
    ) {
        self.names = names
        self.rules = rules
        self.withoutConsent = withoutConsent
        self.now = now
        isSample = areas.isEmpty
        let region = rules.campaign.region
        self.areas =
            isSample
            ? sampleZones.map { (Area(zones: [$0], region: region, jurisdiction: region), 0) } : areas
    }

    /// What the file leaves unsaid or takes on itself about the law, a sentence a finding: also a part of ``findings``.
    public var fileFindings: [String] { withoutRules + registries }

    /// One sentence a finding, in the order of the file.
    public var findings: [String] {
        withoutRules + hours + closures + ahead + zone + packs + registries + limits + retries + consent
    }

    private static let nowhere = Area(zones: [], region: nil, jurisdiction: nil)

    private var margin: Duration { rules.campaign.dial.ringTimeout }

    private var hours: [String] {
        let settings = rules.campaign.callingRules
        var found: [String] = []
        if rules.book.isNone, let problem = rules.book.holding(in: Self.nowhere).problem {
            return [problem.text]
        }
        if rules.book.isNone, settings.windows == nil {
            found.append("no rule pack and no windows: numbers of this campaign are called at any hour")
        }
        if settings.windows?.spans.isEmpty == true {
            found.append("the windows are closed all week: nothing will ever be called")
            return found
        }
        let closed = areas.filter { rules.hours(of: $0.area).nextOpening(from: now, margin: margin) == nil }
        if isSample {
            if !closed.isEmpty, closed.count == areas.count {
                found.append(
                    "the windows and the pack's hours never overlap in \(rules.campaign.region): nothing will be called"
                )
            }
            return found
        }
        for (area, contacts) in closed {
            let problem = rules.hours(of: area).problem?.text ?? "its windows are never open together"
            found.append("\(Counted.text(contacts, "contact")) in \(Self.name(area)) can never be called: \(problem)")
        }
        return found
    }

    private var zone: [String] {
        guard case .fixed(let zone) = rules.campaign.callingRules.timeZone else { return [] }
        var found = ["the windows are read on the clock of \(zone), not on the contact's own"]
        if !isSample, !areas.contains(where: { $0.area.zones.contains(zone) }) {
            found.append("no contact is in the zone \(zone) on whose clock the windows are read")
        }
        return found
    }

    private var packs: [String] {
        rules.book.packs.compactMap { pack in
            guard let age = pack.age(at: now) else { return nil }
            let limit = rules.campaign.callingRules.packAge
            if age > limit.stop {
                return "the rule pack \(pack.name) of \(pack.version) is too old: no number under it will be called"
            }
            guard age > limit.warn else { return nil }
            return
                "the rule pack \(pack.name) of \(pack.version) is \(DurationText.spoken(age)) old: look for a newer one"
        }
    }

    /// Retries whose other part of the day or other weekday the open hours never reach.
    private var retries: [String] {
        let retry = rules.campaign.retry
        let all =
            RetrySettings.settableOutcomes.compactMap { outcome in
                retry.outcomes[outcome].map {
                    (name: outcome.rawValue, outcome: outcome, class: nil as DispositionClass?, rule: $0)
                }
            }
            + RetrySettings.settableClasses.compactMap { name in
                retry.classes[name].map {
                    (name: "dispositions.\(name.rawValue)", outcome: .answered, class: name, rule: $0)
                }
            }
        // Areas that never open have a finding of their own.
        let open = areas.filter { rules.hours(of: $0.area).nextOpening(from: now, margin: margin) != nil }
        guard !open.isEmpty else { return [] }
        return all.compactMap { entry in
            guard entry.rule.attempts > 1, entry.rule.otherDayPart || entry.rule.otherWeekday else { return nil }
            let reached = open.contains { reaches(entry.rule, entry.outcome, entry.class, in: $0.area) }
            guard !reached else { return nil }
            let what = entry.rule.otherDayPart ? "another part of the day" : "another weekday"
            return
                "retry.\(entry.name) waits for \(what), which the open hours never reach: its retries fall into the same one again"
        }
    }

    /// Whether a retry can be dialled as the rule means it: tried from every open half-hour of two weeks.
    private func reaches(
        _ rule: RetryRule, _ outcome: Outcome, _ said: DispositionClass?, in area: Area
    ) -> Bool {
        let hours = rules.hours(of: area)
        guard let zone = rules.clock(of: area) else { return true }
        let clock = LocalClock { zone.utcOffset(at: $0) }
        var settings = rules.campaign.retry
        settings.totalAttempts = 100
        let policy = RetryPolicy(settings)
        var dialled = hours.nextOpening(from: now, margin: margin)
        var looked = false
        while let at = dialled, at < now + .seconds(14 * 86_400) {
            looked = true
            let facts = RetryFacts(
                endedAt: at, dialledAt: at, outcome: outcome, disposition: said, sameEnding: 1, totalAttempts: 1,
                undialledInDay: 0, hasOtherNumber: false)
            if case .retry(let notBefore, _) = policy.decide(
                facts, clock: clock, opening: { hours.nextOpening(from: $0, margin: margin) }),
                let next = hours.nextOpening(from: notBefore, margin: margin),
                !rule.otherDayPart || clock.part(of: next) != clock.part(of: at),
                !rule.otherWeekday || clock.weekday(of: next) != clock.weekday(of: at)
            {
                return true
            }
            dialled = hours.nextOpening(from: at + .seconds(1800), margin: margin)
        }
        return !looked
    }

    /// Everybody who asks for consent, so that nobody reads one law and forgets the other.
    private var consent: [String] {
        let askers = consentAskers
        guard !askers.isEmpty else { return [] }
        let settings = rules.campaign.consent
        let lacking = withoutConsent.map { count in
            switch count {
            case 0: ""
            case 1: "; 1 contact lacks it and will not be called"
            default: "; \(count) contacts lack it and will not be called"
            }
        }
        return [
            "consent is required by \(askers.joined(separator: " and by ")): contacts need the fields \(settings.field), "
                + "\(settings.dateField) and \(settings.proofField)\(lacking ?? "")"
        ]
    }

    private var consentAskers: [String] {
        let campaign = rules.campaign
        var askers = campaign.consent.isRequired ? ["the campaign"] : []
        // Before an import any pack of the campaign may come to ask, for a whole country; which states it will be nobody knows yet.
        let places =
            isSample
            ? rules.book.packs.flatMap { $0.regions.sorted() }.map { Area(zones: [], region: $0, jurisdiction: $0) }
            : areas.map(\.area)
        for area in places {
            let here = rules.rules(of: area)
            let days = here.days(at: now)
            for entry in here.holding.entries
            where (!isSample || entry.rule.places.contains { !$0.contains("-") }) && entry.rule.requiresConsent
                && entry.rule.holds(onAnyOf: days)
            {
                let asker = "\(entry.place(in: area)) (\(entry.rule.source))"
                if !askers.contains(asker) { askers.append(asker) }
            }
        }
        return askers
    }

    private static func name(_ area: Area) -> String {
        let place = area.jurisdiction ?? area.region ?? "an unknown place"
        let zones = area.zones.count > 3 ? "\(area.zones.count) zones" : area.zones.joined(separator: ", ")
        return area.zones.isEmpty ? place : "\(place) (\(zones))"
    }
}
