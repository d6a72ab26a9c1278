import CallingRules
import Campaigns
import CivilTime
import Eligibility
import Foundation
import PhoneNumbers

/// The engine under the packs in `share/rules`, asked about cases of the second writing.
final class LawEngine {
    /// What is said of a case: against the call, and of what the law wants to have done before.
    struct Answer: Equatable {
        /// The rules that deny.
        var against: Set<String>
        /// The registries that bind, and how many days old a copy may be.
        var registries: [String: Int64]
        /// Whether the law forbids the call in an emergency that is declared.
        var isClosedInEmergency: Bool
    }

    private struct Campaigning: Hashable {
        var purposes: [String]
        var isAutomated: Bool
    }

    private let book: RuleBook
    private var rules: [Campaigning: EligibilityRules] = [:]

    init(book: RuleBook) {
        self.book = book
    }

    /// The packs that come with Offhook.
    static func shipped() throws -> RuleBook {
        let share = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("share")
        let atlas = try NumberAtlas(
            directory: share.appendingPathComponent("number-data"), clocks: ZoneSource.system.data)
        return RuleBook(
            try ["us", "ca", "uk", "fr", "de", "au", "es"].map { name in
                let file = share.appendingPathComponent("rules/\(name).yaml")
                return try RulePackFile.read(
                    try String(contentsOf: file, encoding: .utf8), file: "\(name).yaml", atlas: atlas)
            })
    }

    /// What the tables of the second writing say.
    static func tables(of each: LawCase) -> Answer {
        // The engine's rule on hours also tells of places whose rules nobody knows.
        let hours: Set = ["hours", "holiday", "closed", "no_rule", "place"]
        var against = each.against.subtracting(hours).subtracting(["registries", "emergency"])
        if !each.against.isDisjoint(with: hours) { against.insert("calling_hours") }
        // People close a place whole, also for those whom its law exempts.
        if !each.emergencies.isEmpty { against.insert("emergency") }
        return Answer(
            against: against,
            registries: each.registries, isClosedInEmergency: each.against.contains("emergency"))
    }

    /// What the engine says.
    func answer(_ each: LawCase) -> Answer {
        let rules = rules(of: each)
        var facts = EligibilityFacts(
            number: Self.number(each.kind), area: each.area, contactState: .ready, campaignStarted: true,
            listPaused: false, notBefore: nil, numberDead: false, suppressions: [], openAttempt: nil,
            pastCalls: each.calls, totalAttempts: 0, fields: each.fields)
        facts.closures = each.emergencies.map {
            // Emergencies are west of Greenwich, where the day of universal time is today's or tomorrow's.
            let day = CivilDate(daysSince1970: LocalTime(milliseconds: each.instant.milliseconds).day)
            return PlaceClosure(
                place: $0, until: day, source: "a declaration", closedBy: "pat", closedAt: each.instant)
        }
        let verdict = Eligibility.evaluate(facts, under: rules, at: each.instant, margin: each.margin, claimed: false)
        let held = held(each, facts, rules)
        var registries: [String: Int64] = [:]
        for rule in held {
            guard let name = rule.registry, let age = rule.registryAge else { continue }
            registries[name] = min(registries[name] ?? .max, age.components.seconds / 86_400)
        }
        let emergencies = Set(each.emergencies)
        return Answer(
            against: Set(verdict.findings.filter { !$0.verdict.isAllowed }.map(\.rule)), registries: registries,
            isClosedInEmergency: held.contains {
                $0.closesInEmergency && !emergencies.isDisjoint(with: $0.places)
            })
    }

    /// The rules of packs that hold for a case on its day, without those from which its contact is exempt.
    private func held(_ each: LawCase, _ facts: EligibilityFacts, _ rules: EligibilityRules) -> [RulePack.Rule] {
        let area = rules.rules(of: each.area)
        let days = area.days(at: each.instant)
        let campaign = rules.campaign
        let consent = Consent(fields: each.fields, settings: campaign.consent)
        let relationship = Relationship(fields: each.fields, settings: campaign.relationship)
        let subject = CallSubject(
            line: LineKind(rawValue: each.kind),
            consentDay: consent.verdict(at: each.instant, lasts: nil, clocks: area.clocks).isAllowed
                ? consent.day : nil,
            purchase: relationship.purchase, inquiry: relationship.inquiry)
        return area.holding.entries.map(\.rule).filter {
            $0.holds(onAnyOf: days) && $0.exemption(of: subject, on: days) == nil
        }
    }

    private func rules(of each: LawCase) -> EligibilityRules {
        let key = Campaigning(purposes: each.purposes, isAutomated: each.isAutomated)
        if let known = rules[key] { return known }
        var campaign = Campaign(name: "spring", region: "US")
        campaign.callingRules.packs = book.packs.map(\.name)
        campaign.callingRules.purposes = each.purposes
        campaign.callingRules.isAutomated = each.isAutomated
        // The age of packs is another rule's matter: 2028 is asked of the packs of today.
        campaign.callingRules.packAge.stop = .seconds(3653 * 86_400)
        campaign.suppression.noneBecause = "asked of the packs themselves"
        let made = EligibilityRules(campaign: campaign, book: book)
        rules[key] = made
        return made
    }

    /// A number whose digits tell its kind; where it lies is told by the area alone.
    private static func number(_ kind: String) -> PhoneNumber {
        let text =
            switch kind {
            case "mobile": "+4915123456789"
            case "fixed": "+493023125000"
            default: "+12125550123"
            }
        guard let number = PhoneNumber(e164: text) else { preconditionFailure("\(text) must be a number") }
        return number
    }
}
