import CampaignStore
import Campaigns
import Dialer
import PhoneNumbers

/// A call that its agent can say something of.
struct SayableCall: Codable, Sendable, Hashable {
    /// Something that can be said.
    struct Choice: Codable, Sendable, Hashable {
        var code: String
        var label: String
        /// The class of the disposition, such as `callback_agent`.
        var kind: String
        /// The key that says it: 1 to 9, and x for the first that is a wish not to be called; nil where none is left.
        var key: String?
        /// Whether a time can be agreed with it.
        var isCallback: Bool
    }

    var attemptId: Int64
    var campaign: String
    var number: String?
    var name: String?
    var at: String
    var outcome: String?
    /// The code of what was said; nil where nothing was.
    var saidCode: String?
    var saidLabel: String?
    var note: String?
    var choices: [Choice]

    init(_ row: AttemptRow, campaign: Campaign, name: String?, saidCode: String?) {
        attemptId = row.attempt
        self.campaign = campaign.name
        number = row.number?.e164
        self.name = name
        at = row.intendedAt.iso8601
        outcome = row.outcome.map { $0.replacing("_", with: " ") }
        let said = saidCode ?? row.disposition
        self.saidCode = said
        saidLabel = said.map { code in
            campaign.dispositions.first { $0.code == code }?.label
                ?? (code == Disposition.noneGiven.code ? Disposition.noneGiven.label : code)
        }
        note = row.note
        choices = Self.choices(campaign.dispositions)
    }

    private static func choices(_ dispositions: [Disposition]) -> [Choice] {
        var digits = (1...9).map(String.init).makeIterator()
        var wish: String? = "x"
        return dispositions.map { disposition in
            let isWish = disposition.dispositionClass == .doNotCall && wish != nil
            let key = isWish ? wish : digits.next()
            if isWish { wish = nil }
            return Choice(
                code: disposition.code, label: disposition.label, kind: disposition.dispositionClass.rawValue, key: key,
                isCallback: disposition.isCallback)
        }
    }
}

extension Disposition {
    /// Whether a time can be agreed with it.
    var isCallback: Bool { [.callbackAgent, .callbackAny].contains(dispositionClass) }
}
