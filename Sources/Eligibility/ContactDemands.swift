import CallingRules
import Campaigns
import PhoneNumbers

/// What the rules ask of one contact on the days of an instant: those of its packs that hold then and for it, and the campaign's own.
public struct ContactDemands: Sendable {
    /// A limit, and when the rule ends that sets it; nil for no end.
    public struct Limit<Value: Sendable>: Sendable {
        public var value: Value
        public var end: Instant?

        /// An answer of the limit: over at the latest when its rule is.
        func bounded(_ verdict: Verdict) -> Verdict { verdict.endingBy(end) }
    }

    public var caps: [Limit<CallCap>]
    public var silences: [Limit<Silence>]
    /// Who asks for consent: the campaign, or `pack us, US-CT: …`; nil where nobody does.
    public var consent: Limit<String>?
    /// How long a consent counts by the shortest of the rules that ask for it; nil for as long as the campaign says.
    public var consentLasts: Duration?
    /// Each rule that does not hold for the contact, and why.
    public var exempted: [String]

    /// What the rules of an area ask of a contact.
    init(of rules: AreaRules.Rules, campaign: Campaign, area: Area, subject: CallSubject, at instant: Instant) {
        let days = rules.days(at: instant)
        var exempted: [String] = []
        let entries = rules.holding.entries.filter { entry in
            guard entry.rule.holds(onAnyOf: days) else { return false }
            guard entry.rule.dependsOnContact, let why = entry.rule.exemption(of: subject, on: days) else {
                return true
            }
            exempted.append("\(entry.place(in: area)): \(why)")
            return false
        }
        self.exempted = exempted
        let own = { (value: CallCap) in Limit(value: value, end: nil) }
        caps =
            campaign.caps.map(own)
            + entries.flatMap { entry in
                entry.rule.caps.map { Limit(value: $0, end: rules.end(of: entry.rule)) }
            }
        silences =
            campaign.silences.map { Limit(value: $0, end: nil) }
            + entries.flatMap { entry in
                entry.rule.silences.map { Limit(value: $0, end: rules.end(of: entry.rule)) }
            }
        let asking = entries.filter(\.rule.requiresConsent)
        consentLasts = asking.compactMap(\.rule.consentAge).min().map { .seconds($0 * 86_400) }
        if campaign.consent.isRequired {
            consent = Limit(value: "the campaign", end: nil)
        } else if let first = asking.first {
            // Over only where the last rule that asks for it is.
            let ends = asking.map { rules.end(of: $0.rule) }
            consent = Limit(
                value: "\(first.place(in: area)): \(first.rule.source)",
                end: ends.contains { $0 == nil } ? nil : ends.compactMap { $0 }.max())
        }
    }
}

extension EligibilityRules {
    /// What rules look at in a contact beside its place and calls, at an instant.
    public func subject(fields: [[String]], number: PhoneNumber, in area: Area, at instant: Instant) -> CallSubject {
        let rules = rules(of: area)
        guard rules.dependsOnContact else { return .unknown }
        let relationship = Relationship(fields: fields, settings: campaign.relationship)
        let consent = Consent(fields: fields, settings: campaign.consent)
        let hasConsent = consent.verdict(at: instant, lasts: campaign.consent.lasts, clocks: rules.clocks).isAllowed
        return CallSubject(
            line: rules.dependsOnLine ? Self.line(of: number) : nil, consentDay: hasConsent ? consent.day : nil,
            purchase: relationship.purchase, inquiry: relationship.inquiry)
    }

    /// What the rules ask of a contact on the days of an instant.
    public func demands(on subject: CallSubject, in area: Area, at instant: Instant) -> ContactDemands {
        ContactDemands(of: rules(of: area), campaign: campaign, area: area, subject: subject, at: instant)
    }

    /// What tells a contact of an area from others there, by what rules read in its fields and number.
    public func kind(fields: [[String]], number: PhoneNumber?, in area: Area, at instant: Instant) -> String {
        let rules = rules(of: area)
        let consent = Consent(fields: fields, settings: campaign.consent)
        let ages: [Int64?] = [nil] + Set(rules.holding.entries.compactMap(\.rule.consentAge)).sorted()
        let consents = ages.map { age in
            consent.kind(
                at: instant, lasts: Self.shorter(age.map { .seconds($0 * 86_400) }, campaign.consent.lasts),
                clocks: rules.clocks)
        }.joined(separator: " ")
        guard rules.dependsOnContact else { return consents }
        let line = rules.dependsOnLine ? number.flatMap(Self.line)?.rawValue : nil
        return "\(consents) \(Relationship(fields: fields, settings: campaign.relationship).kind) \(line ?? "")"
    }

    /// Whether rules of an area may read a contact's fields or the kind of its number, on whatever day.
    public func readsContacts(in area: Area) -> Bool {
        let rules = rules(of: area)
        return campaign.consent.isRequired || rules.dependsOnContact
            || rules.holding.entries.contains { $0.rule.requiresConsent }
    }

    /// The names of the fields in which rules read.
    public var fieldsRead: [String] {
        [
            campaign.consent.field, campaign.consent.dateField, campaign.consent.proofField,
            campaign.relationship.purchaseField, campaign.relationship.inquiryField,
        ]
    }

    /// Whether rules of an area tell its numbers apart by their kind: in the United States and Canada no number tells it.
    public func readsNumbers(in area: Area) -> Bool {
        rules(of: area).dependsOnLine && !Set(area.regions).isSubset(of: ["US", "CA"])
    }

    /// When an exemption of a contact begins that it does not have yet, such as a consent that is dated to come; nil for never.
    func exemptionBegins(_ facts: EligibilityFacts, after instant: Instant) -> Instant? {
        let rules = rules(of: facts.area)
        guard rules.dependsOnContact else { return nil }
        var begins: [Instant] = []
        let consent = Consent(fields: facts.fields, settings: campaign.consent)
        let verdict = consent.verdict(at: instant, lasts: campaign.consent.lasts, clocks: rules.clocks)
        if case .denied(let until?, _) = verdict {
            begins.append(until)
        }
        let relationship = Relationship(fields: facts.fields, settings: campaign.relationship)
        for day in [relationship.purchase, relationship.inquiry].compactMap({ $0 }) {
            let start = rules.clocks.map { $0.instant(day: day, minute: 0) }.max()
            if let start, start > instant { begins.append(start) }
        }
        return begins.min()
    }

    /// The shorter of two times, of which nil is the longest.
    static func shorter(_ one: Duration?, _ other: Duration?) -> Duration? {
        guard let one, let other else { return one ?? other }
        return min(one, other)
    }

    private static func line(of number: PhoneNumber) -> LineKind? {
        NumberReader.kind(of: number).flatMap(LineKind.init)
    }
}

extension Verdict {
    /// The same answer, over by an instant at the latest; as it is where that is nil.
    func endingBy(_ end: Instant?) -> Verdict {
        guard case .denied(let until, let reasons) = self, let end else { return self }
        return .denied(until: until.map { min($0, end) } ?? end, reasons)
    }
}
