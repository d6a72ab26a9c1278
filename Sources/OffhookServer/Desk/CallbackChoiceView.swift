import CampaignStore

/// One of the instants that a callback's time can mean.
struct CallbackChoiceView: Codable, Sendable, Hashable {
    /// To be given as the callback's time instead: `2026-12-01T15:30-05:00`.
    var at: String
    /// IANA names of the zones whose clocks show it then.
    var timeZones: [String]

    /// The views of some choices; nil where there is nothing to choose.
    static func all(_ choices: [CallbackChoice]) -> [CallbackChoiceView]? {
        choices.isEmpty ? nil : choices.map { CallbackChoiceView(at: $0.local, timeZones: $0.zones) }
    }
}
