import Campaigns
import Foundation
import Yams

/// Reads one rule of a pack's file; every mistake is reported at its line.
struct PackRuleReader {
    let mapping: YAMLMapping
    let document: YAMLDocument
    /// The pack's own day, for a rule that names none.
    let dated: CivilDate?

    private static let day: Duration = .seconds(86_400)
    /// The longest text of a rule, in characters.
    private static let longestText = 500

    /// The rule; nil where too little can be read of it.
    ///
    /// - Parameter placeProblem: why a rule could never hold in a place; nil where it can.
    func read(placeProblem: (String) -> String?) -> RulePack.Rule? {
        let places = (mapping.sequence("places") ?? []).compactMap { $0.scalar?.string }
        if places.isEmpty { mapping.report("a rule needs the key “places”: a list such as [US, US-FL]", at: "places") }
        for problem in places.compactMap(placeProblem) { mapping.report(problem, at: "places") }
        let source = mapping.required("source") ?? ""
        let hasOwnDate = mapping.node("date") != nil
        let date = hasOwnDate ? self.date("date") : dated
        var rule = RulePack.Rule(
            places: places, source: source,
            sureness: mapping.choice("sure", as: RulePack.Sureness.self) ?? .medium,
            date: date ?? CivilDate(daysSince1970: 0))
        readDates(&rule)
        readDemands(&rule, source: source)
        readConditions(&rule)
        rule.section = text("section")
        rule.quote = text("quote")
        rule.link = text("link")
        if let link = rule.link,
            URL(string: link)?.host == nil || !(link.hasPrefix("http://") || link.hasPrefix("https://"))
        {
            mapping.report("“link” must be a web address such as https://www.ecfr.gov/, not “\(link)”", at: "link")
        }
        checkContent(rule, hasOwnDate: hasOwnDate)
        mapping.finish()
        return date == nil ? nil : rule
    }

    private func readDates(_ rule: inout RulePack.Rule) {
        rule.from = date("from")
        rule.until = date("until")
        if let from = rule.from, let until = rule.until, until < from {
            mapping.report("“until” (\(until.text)) must not be before “from” (\(from.text))", at: "until")
            rule.until = nil
        }
    }

    /// What the rule asks.
    private func readDemands(_ rule: inout RulePack.Rule, source: String) {
        rule.isNothingStricter = mapping.bool("nothing_stricter") ?? false
        rule.isClosed = mapping.bool("closed") ?? false
        rule.windows = mapping.mapping("hours").map { WindowKeys.read($0) }
        rule.holidays = HolidayCalendar(HolidayKeys.read(mapping.sequence("holidays") ?? [], document))
        let limits = CapKeys.read(mapping.sequence("caps") ?? [], document, source: source)
        rule.caps = limits.caps
        rule.silences = limits.silences
        rule.requiresConsent = word("consent", "required")
        rule.consentAge = days("consent_age", mapping)
        rule.closesInEmergency = word("emergency", "closed")
        rule.registry = text("registry")
        rule.registryAge = mapping.duration("registry_age", in: Self.day ... .seconds(365 * 86_400))
    }

    /// When and for whom it asks.
    private func readConditions(_ rule: inout RulePack.Rule) {
        rule.isAboutAutomation = mapping.bool("automated") ?? false
        if mapping.bool("automated") == false {
            mapping.report(
                "“automated” of a rule can only be true: the rule is about automated selection or dialing",
                at: "automated")
        }
        let purposes = CampaignFile.names("purpose", mapping) ?? []
        for problem in purposes.compactMap(CallPurpose.problem) { mapping.report(problem, at: "purpose") }
        rule.purposes = Set(purposes.compactMap(CallPurpose.init(rawValue:)))
        rule.lines = Set(words("numbers", as: LineKind.self))
        rule.exemptions = Set(words("unless", as: RulePack.Exemption.self))
        if rule.requiresConsent, rule.exemptions.contains(.consent) {
            mapping.report(
                "“consent: required” asks for what “unless: consent” exempts; write one of them", at: "unless")
        }
        if !rule.purposes.isEmpty, !rule.isAbout(purposes: rule.purposes, automated: true) {
            mapping.report(
                "“unless” exempts every purpose that “purpose” names: the rule would never hold", at: "unless")
        }
        if rule.consentAge != nil, !rule.requiresConsent, !rule.exemptions.contains(.consent) {
            mapping.report(
                "“consent_age” says nothing without “consent: required” or “unless: [consent]”", at: "consent_age")
        }
        readRelationship(&rule)
    }

    private func readRelationship(_ rule: inout RulePack.Rule) {
        let isExempted = rule.exemptions.contains(.relationship)
        guard let periods = mapping.mapping("relationship") else {
            if isExempted {
                mapping.report(
                    "“unless: relationship” needs the law's periods: relationship: { purchase: 548d, inquiry: 90d }",
                    at: "unless")
            }
            return
        }
        rule.relationship = RulePack.RelationshipPeriods(
            purchase: days("purchase", periods), inquiry: days("inquiry", periods))
        periods.finish()
        if !isExempted {
            mapping.report("“relationship” says nothing without “unless: [relationship]”", at: "relationship")
        } else if rule.relationship == RulePack.RelationshipPeriods() {
            mapping.report("“relationship” needs “purchase”, “inquiry” or both, such as 548d", at: "relationship")
        }
    }

    /// A rule that asks for nothing would make its places look as if somebody had looked.
    private func checkContent(_ rule: RulePack.Rule, hasOwnDate: Bool) {
        let asks =
            rule.isClosed || rule.windows != nil || !rule.holidays.isEmpty || !rule.caps.isEmpty
            || !rule.silences.isEmpty || rule.requiresConsent || rule.closesInEmergency || rule.registry != nil
            || rule.registryAge != nil
        // Keys with a mistake were meant to ask for something.
        let named = [
            "closed", "hours", "holidays", "caps", "consent", "emergency", "registry", "registry_age",
        ].contains { mapping.node($0) != nil }
        if rule.isNothingStricter {
            if asks || !rule.exemptions.isEmpty || rule.isAboutAutomation || !rule.lines.isEmpty {
                mapping.report(
                    "“nothing_stricter” stands with places, purposes, dates and source alone; take it out, or the rule's other keys",
                    at: "nothing_stricter")
            }
            if !hasOwnDate {
                mapping.report(
                    "“nothing_stricter” needs the day on which somebody looked: date: 2026-12-01", at: "date")
            }
        } else if !named {
            mapping.report(
                "the rule asks for nothing; write its hours, caps or consent, or nothing_stricter: true where the place asks "
                    + "for nothing beyond the wider rule", at: "places")
        }
        if rule.isClosed, rule.windows != nil || !rule.holidays.isEmpty {
            mapping.report(
                "a rule that is “closed” has no hours or holidays; write them as a rule of their own", at: "closed")
        }
    }

    // MARK: Values

    private func date(_ key: String) -> CivilDate? {
        guard let text = mapping.string(key) else { return nil }
        if let date = CivilDate(text) { return date }
        mapping.report("“\(key)” must be a day such as 2026-11-01, not “\(text)”", at: key)
        return nil
    }

    private func word(_ key: String, _ only: String) -> Bool {
        guard let text = mapping.string(key) else { return false }
        if text != only { mapping.report("“\(key)” of a rule can only be \(only), not “\(text)”", at: key) }
        return text == only
    }

    private func text(_ key: String) -> String? {
        guard let text = mapping.string(key) else { return nil }
        guard !text.isEmpty, text.count <= Self.longestText, !text.contains("\n") else {
            mapping.report("“\(key)” must be a text on one line, of at most \(Self.longestText) characters", at: key)
            return nil
        }
        return text
    }

    private func words<Word: RawRepresentable & CaseIterable>(_ key: String, as type: Word.Type) -> [Word]
    where Word.RawValue == String {
        let known = Word.allCases.map(\.rawValue)
        return (CampaignFile.names(key, mapping) ?? []).compactMap { text in
            if let word = Word(rawValue: text) { return word }
            mapping.report(
                "“\(key)” must be one of \(known.joined(separator: ", ")), not “\(text)”"
                    + NearestName.hint(text, among: known),
                at: key)
            return nil
        }
    }

    /// A duration in whole days.
    private func days(_ key: String, _ mapping: YAMLMapping) -> Int64? {
        guard let length = mapping.duration(key, in: Self.day ... .seconds(36_525 * 86_400)) else { return nil }
        let seconds = length.components.seconds
        if seconds % 86_400 != 0 || length.components.attoseconds != 0 {
            mapping.report("“\(key)” must be whole days, such as 548d", at: key)
        }
        return seconds / 86_400
    }
}
