import Campaigns
import PhoneNumbers

/// Reads what a phone shows of a call that we did not place.
public struct ObservedNumber: Sendable {
    private let plans: [DialPlan]
    private let method: DialMethod

    /// A reader for a station.
    ///
    /// - Parameter campaigns: of the running campaigns, what they set of the dial plan and their region: where the phones'
    ///   file names no prefix or no region, theirs is the site's.
    public init(station: StationSetup, campaigns: [(plan: DialPlanOverride, region: String)]) {
        method = station.dialWith
        let region = campaigns.first?.region ?? "US"
        plans =
            [station.dial.plan(defaultRegion: region)]
            + campaigns.map { $0.plan.over(station.dial).plan(defaultRegion: $0.region) }
    }

    /// The number; nil where it is none, such as a colleague's extension.
    ///
    /// - Parameter incoming: nobody at the site dialled it, so there is no dial plan to undo.
    public func read(_ shown: String, incoming: Bool) -> PhoneNumber? {
        let text = Self.user(of: shown)
        if incoming {
            return plans.first.flatMap { try? NumberReader().read(text, region: $0.region).get().number }
        }
        return plans.lazy.compactMap { $0.number(dialled: text, method: method) }.first
    }

    /// What stands before the host of a SIP address; the text itself where it is none.
    private static func user(of shown: String) -> String {
        let text = shown.prefix { $0 != "@" }
        for scheme in ["sip:", "sips:", "tel:"] where text.lowercased().hasPrefix(scheme) {
            return String(text.dropFirst(scheme.count))
        }
        return String(text)
    }
}
