import CampaignStore
import Campaigns
import Pacing

/// One campaign of the dispatcher: its pacing and when the store is worth asking.
struct CampaignDesk: Sendable {
    var setup: CampaignSetup
    var pacing: Pacing
    /// The store has nothing before this; `.distantFuture` stands for "until something changes".
    var askAgainAt: Instant?
    /// The store said that it has nothing now.
    var isDry = false
    /// Nothing will be due, ever, unless something changes.
    var isDryForGood = false
    /// Starts of the last 60 s, ascending.
    var recentStarts: [Instant] = []
    /// What holds the campaign back, for the live display.
    var heldBy: Reason?

    init(_ setup: CampaignSetup) {
        self.setup = setup
        pacing = Pacing(setup.pacing)
    }

    /// Forgets that there was nothing to call.
    mutating func wake() {
        askAgainAt = nil
        isDry = false
        isDryForGood = false
    }

    /// Whether the store is worth asking now.
    func isWorthAsking(at now: Instant) -> Bool {
        if isDryForGood { return false }
        return askAgainAt.map { now >= $0 } ?? true
    }

    mutating func noteStart(at now: Instant) {
        recentStarts.append(now)
        recentStarts.removeAll { $0 <= now - .seconds(60) }
    }
}
