import CampaignStore
import Campaigns
import Supervision

/// How far campaigns are and why they stand still, kept for a while: both cost a look at all of a campaign's contacts.
public actor CampaignStanding {
    /// An answer, and how long it holds.
    private struct Kept<Value: Sendable>: Sendable {
        let value: Value
        let until: ContinuousClock.Instant
    }

    /// The least time that an answer is kept.
    static let least: Duration = .seconds(2)
    /// An answer is kept for so many times what it cost.
    static let costs = 20.0

    private let store: CampaignStore
    private let share: ShareData
    private let work: LongWork
    private let now: @Sendable () -> Instant
    private var progress: [CampaignID: Kept<CampaignProgressView>] = [:]
    private var standstills: [CampaignID: Kept<StandstillView>] = [:]

    init(store: CampaignStore, share: ShareData, work: LongWork, now: @escaping @Sendable () -> Instant) {
        self.store = store
        self.share = share
        self.work = work
        self.now = now
    }

    /// How far a campaign is.
    func progress(of campaign: CampaignID) async throws -> CampaignProgressView {
        if let kept = progress[campaign], kept.until > .now { return kept.value }
        let (store, now) = (store, now)
        let kept = try await measured {
            let counts = try store.contactCounts(campaigns: [campaign])
            let outcomes = try store.callTallies(by: [], in: .always(campaigns: [campaign])).first?.tally.calls
            return CampaignProgressView(
                campaignId: campaign.value, total: counts.total, remaining: counts.remaining, parked: counts.parked,
                contacts: Dictionary(uniqueKeysWithValues: counts.byState.map { ($0.key.rawValue, $0.value) }),
                outcomes: Dictionary(uniqueKeysWithValues: (outcomes ?? [:]).map { ($0.key.rawValue, $0.value) }),
                at: now().iso8601)
        }
        progress[campaign] = kept
        return kept.value
    }

    /// Why a campaign stands still.
    func standstill(of stored: StoredCampaign) async throws -> StandstillView {
        if let kept = standstills[stored.id], kept.until > .now { return kept.value }
        let (store, share, now) = (store, share, now)
        let kept = try await measured {
            let at = now()
            return StandstillView(
                try Standstill(of: stored, in: store, share, judgedAt: at, at: at), of: stored.id, at: at)
        }
        standstills[stored.id] = kept
        return kept.value
    }

    /// Somebody changed a campaign: what is kept of it holds no longer.
    func forget(_ campaign: CampaignID) {
        progress[campaign] = nil
        standstills[campaign] = nil
    }

    private func measured<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Kept<Value> {
        try await self.work.run {
            let start = ContinuousClock.now
            let value = try work()
            let end = ContinuousClock.now
            return Kept(value: value, until: end + max(Self.least, (end - start) * Self.costs))
        }
    }
}
