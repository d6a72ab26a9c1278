import CampaignStore
import Campaigns
import Pacing

/// One campaign of the dispatcher: its pacing and when the store is worth asking.
struct CampaignDesk: Sendable {
    /// How many calls the brakes look back at most.
    static let remembered = 10_000

    var setup: CampaignSetup
    let pacing: Pacing
    /// For calls that an agent asks for.
    let pacingByHand: Pacing
    /// The store has nothing before this; nil: ask at once.
    var askAgainAt: Instant?
    /// The store said that it has nothing now.
    var isDry = false
    /// Nothing will be due, ever, unless something changes.
    var isDryForGood = false
    /// Starts, answered calls without an agent, and calls that failed at once.
    var history: PacingHistory
    /// What it was served so far, in inverse weights.
    var pass = 0.0
    /// It paused itself; it places no call until it is started anew.
    var isBraked = false
    /// What holds the campaign back, for the live display.
    var heldBy: Reason?

    init(_ setup: CampaignSetup) {
        self.setup = setup
        pacing = Pacing(setup.pacing, brakes: setup.brakes)
        pacingByHand = Pacing(setup.pacing, brakes: setup.brakes, byHand: true)
        history = setup.history
    }

    /// Goes on from a desk of the same campaign before its settings were read anew.
    mutating func take(over former: CampaignDesk) {
        pass = former.pass
        // Limits a minute and an hour hold over a new start.
        history.starts = former.history.starts
        guard former.setup.startedAt == setup.startedAt else { return }
        history = former.history
        isBraked = former.isBraked
    }

    /// Forgets that there was nothing to call.
    mutating func wake() {
        askAgainAt = nil
        isDry = false
        isDryForGood = false
    }

    /// Whether the store is worth asking now.
    func isWorthAsking(at now: Instant) -> Bool {
        if isDryForGood || isBraked { return false }
        return askAgainAt.map { now >= $0 } ?? true
    }

    /// Whether its calls may be placed on a station.
    func serves(_ station: String) -> Bool {
        setup.stations.isEmpty || setup.stations.contains { Glob.matches(station, $0) }
    }

    mutating func noteStart(at now: Instant) {
        history.starts.append(now)
        history.starts.removeAll { $0 <= now - .seconds(3600) }
        pass = FairShare.served(pass, weight: setup.weight)
    }

    /// Takes in how a call ended; what dialled nothing tells neither of the trunk nor of agents.
    mutating func noteEnd(_ outcome: Outcome, agentAbsent: Bool) {
        guard outcome.countsForCaps else { return }
        history.failedFast = (history.failedFast + [outcome == .failedFast]).suffix(Self.remembered)
        if outcome.isConversation {
            history.agentAbsent = (history.agentAbsent + [agentAbsent]).suffix(Self.remembered)
        }
    }
}
