import CampaignStore
import Campaigns
import Eligibility
import PhoneNumbers
import Reports
import Supervision

/// What stands between a number and its next call, for each contact that holds it.
struct NumberWhyView: Codable, Sendable {
    var number: String
    var at: String
    var isSuppressed: Bool
    var contacts: [ExplainedContactView]
}

/// What stands between a contact and its next call.
struct ExplainedContactView: Codable, Sendable {
    var contactId: Int64
    var campaign: String
    var list: String
    var state: String
    var isAllowed: Bool
    /// The earliest possible call; missing where only a person or a file can make one possible.
    var earliestAt: String?
    /// For a time in the past: what is as of today.
    var asOfToday: [String]
    var rules: [RuleAnswer]
    var attempts: [AttemptView]
    /// All of it for people, a sentence a line.
    var sentences: [String]

    /// What one rule says.
    struct RuleAnswer: Codable, Sendable {
        var rule: String
        var isAllowed: Bool
        var until: String?
        var reasons: [String]
        var remedies: [String]
        var facts: String

        init(_ finding: Finding) {
            rule = finding.rule
            isAllowed = finding.verdict.isAllowed
            facts = finding.facts
            switch finding.verdict {
            case .allowed: (reasons, remedies) = ([], [])
            case .denied(let end, let denials):
                until = end?.iso8601
                reasons = denials.map(\.text)
                remedies = denials.compactMap { Remedy.sentence($0.code) }
            }
        }
    }

    init(_ explanation: ContactExplanation) {
        let history = explanation.history
        contactId = history.contact.value
        campaign = history.campaign
        list = history.list
        state = history.state.rawValue
        isAllowed = explanation.verdict.verdict.isAllowed
        earliestAt = explanation.earliest?.iso8601
        asOfToday = history.asOfToday
        rules = explanation.verdict.findings.map(RuleAnswer.init)
        attempts = history.attempts.map(AttemptView.init)
        sentences = explanation.sentences
    }
}

/// What holds a campaign back.
struct CampaignWhyView: Codable, Sendable {
    var campaign: String
    var at: String
    /// Contacts that may be called now.
    var dialable: Int
    var earliestAt: String?
    var causes: [Cause]
    /// All of it for people, a sentence a line.
    var sentences: [String]

    /// One thing in the way.
    struct Cause: Codable, Sendable {
        var code: String
        var text: String
        /// How many contacts it holds back; missing for what holds the campaign as a whole.
        var contacts: Int?
    }

    init(_ standstill: Standstill, at now: Instant) {
        campaign = standstill.campaign
        at = now.iso8601
        dialable = standstill.dialable
        earliestAt = standstill.earliest?.iso8601
        causes = standstill.causes.map { Cause(code: $0.code, text: $0.text, contacts: $0.contacts) }
        sentences = standstill.sentences
    }
}
