import CallingRules
import Campaigns
import PhoneNumbers
import Reports

/// A rule pack in a list.
struct PackSummary: Codable, Sendable {
    var name: String
    var version: String
    var regions: [String]
    var rules: Int
    /// Days since its version; missing for `none`.
    var ageDays: Int?
    /// From this age it warns or denies: `good`, `getting_old`, `too_old`.
    var state: String
    /// Whether the company wrote it.
    var isOwn: Bool

    init(_ pack: RulePack, shipped: [String: RulePack], at now: Instant) {
        let limits = PackAge()
        let age = pack.age(at: now)
        name = pack.name
        version = pack.version
        regions = pack.regions.sorted()
        rules = pack.rules.count
        ageDays = age.map { Int($0.inSeconds / 86_400) }
        state = age.map { $0 > limits.stop ? "too_old" : $0 > limits.warn ? "getting_old" : "good" } ?? "good"
        isOwn = shipped[pack.name] == nil
    }
}

/// All rule packs.
struct PackList: Codable, Sendable {
    var items: [PackSummary]
}

/// A rule pack with its rules.
struct PackView: Codable, Sendable {
    var pack: PackSummary
    var rules: [RuleView]
}

/// A rule with where it comes from.
struct RuleView: Codable, Sendable {
    var pack: String
    var places: [String]
    /// All that it asks, in words.
    var sentence: String
    /// The purposes it is limited to, joined by commas; missing for all.
    var purpose: String?
    /// The first and the last day on which it holds; missing where it has no such end.
    var from: String?
    var until: String?
    /// The paragraph of the law, where it can be read, and a quotation of what was read there; each missing where nobody wrote it.
    var section: String?
    var link: String?
    var quote: String?
    var source: String
    var sureness: String
    /// The day on which it was last compared with its source.
    var date: String

    init(pack: String, _ rule: RulePack.Rule) {
        self.pack = pack
        places = rule.places
        sentence = RuleTable.sentence(rule)
        let purposes = rule.purposes.sorted().map(\.rawValue)
        purpose = purposes.isEmpty ? nil : purposes.joined(separator: ", ")
        from = rule.from?.text
        until = rule.until?.text
        section = rule.section
        link = rule.link
        quote = rule.quote
        source = rule.source
        sureness = rule.sureness.rawValue
        date = rule.date.text
    }
}

/// The rules of a number.
struct NumberRulesView: Codable, Sendable {
    var number: String
    var jurisdiction: String?
    var zones: [String]
    var packs: [String]
    var rules: [RuleView]
    /// Why no rule can be named.
    var problem: String?
    var at: String
    /// Whether hours and holidays allow a call at that time.
    var isAllowed: Bool
    /// When they do next; missing where they do now, or no date opens it.
    var opensAt: String?
    var reasons: [String]

    init(_ found: NumberRules, at now: Instant) {
        number = found.number.e164
        jurisdiction = found.place.jurisdiction
        zones = found.place.zones
        packs = found.packs
        rules = found.rules.map { RuleView(pack: $0.pack, $0.rule) }
        problem = found.problem
        at = now.iso8601
        isAllowed = found.hours.isAllowed
        switch found.hours {
        case .allowed: reasons = []
        case .denied(let until, let denials):
            opensAt = until?.iso8601
            reasons = denials.map(\.text)
        }
    }
}
