import CallingRules
import CampaignStore
import Campaigns
import Dialer
import Foundation
import PhoneNumbers

/// An agent's day so far.
struct DaySheet: Codable, Sendable, Hashable {
    /// How often something came of a call.
    struct Result: Codable, Sendable, Hashable {
        var label: String
        var calls: Int
    }

    /// A callback that was agreed with this agent.
    struct Callback: Codable, Sendable, Hashable {
        var contactId: Int64
        var campaign: String
        var name: String?
        var number: String?
        var dueAt: String
        var isDue: Bool
    }

    var from: String
    var calls: Int
    var answered: Int
    var talkSeconds: Int64
    var results: [Result]
    var callbacks: [Callback]
    /// Whether the agent sits at a station, so that callbacks can be called.
    var isSeated: Bool

    /// Most callbacks that are shown.
    static let mostCallbacks = 50

    /// The day of a user, on the viewer's clock.
    init(
        of user: User, _ time: ViewerTime, _ shelf: CampaignShelf, _ parts: ServerParts, _ isSeated: Bool
    ) throws {
        let now = parts.now()
        let start = time.startOfDay(now)
        let day = try parts.store.day(of: user.name, from: start, to: now + .seconds(1))
        let campaigns = Dictionary(
            try shelf.all(parts).map { ($0.stored.id, $0.stored.campaign) }, uniquingKeysWith: { first, _ in first })
        from = start.iso8601
        calls = day.calls
        answered = day.answered
        talkSeconds = day.talkMilliseconds / 1000
        var counts: [Result] = []
        for result in day.results {
            let label =
                result.isDisposition
                ? Self.label(result.code, campaigns[result.campaign]) : result.code.replacing("_", with: " ")
            if let index = counts.firstIndex(where: { $0.label == label }) {
                counts[index].calls += result.calls
            } else {
                counts.append(Result(label: label, calls: result.calls))
            }
        }
        results = counts.sorted { ($1.calls, $0.label) < ($0.calls, $1.label) }
        callbacks = try parts.store.callbacks(for: user.name, limit: Self.mostCallbacks)
            .filter { user.maySee($0.card.campaign) }
            .map { agreed in
                Callback(
                    contactId: agreed.card.contact.value, campaign: campaigns[agreed.card.campaign]?.name ?? "",
                    name: agreed.card.name, number: agreed.card.number?.e164, dueAt: agreed.dueAt.iso8601,
                    isDue: agreed.dueAt <= now)
            }
        self.isSeated = isSeated
    }

    private static func label(_ code: String, _ campaign: Campaign?) -> String {
        if code == Disposition.noneGiven.code { return Disposition.noneGiven.label }
        return campaign?.dispositions.first { $0.code == code }?.label ?? code
    }
}
