import CampaignStore
import Campaigns
import Dialer

/// What agents do at the stations of a rehearsal where a campaign waits for them: dial the shown contact, and give a disposition where
/// the wrap-up lasts until one was given.
struct RehearsalAgents: Sendable {
    /// How long an agent takes for a disposition, in rehearsed time.
    static let thinking: Duration = .seconds(20)
    /// Real time between two looks at the stations.
    private static let look: Duration = .milliseconds(50)

    let engine: DialerEngine
    let campaign: Campaign
    let clock: DialerClock

    /// Whether the campaign waits for its agents at all.
    static func areNeeded(by campaign: Campaign) -> Bool {
        campaign.pacing.mode == .preview || campaign.pacing.wrapUpUntilDisposed
    }

    /// Works until the task is canceled.
    func work() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.look)
            for station in await engine.stationStatus() {
                // One that was refused is seen again at the next look.
                if let request = request(at: station, now: clock.wallTime()) {
                    _ = try? await engine.ask(request, at: station.name)
                }
            }
        }
    }

    /// What the agent of a station asks for now; nil for nothing.
    func request(at station: StationStatus, now: Instant) -> AgentRequest? {
        if station.offerUntil != nil { return .take }
        guard campaign.pacing.wrapUpUntilDisposed, let attempt = station.attempt, let until = station.wrapUpUntil,
            !station.isDisposed, now >= until - campaign.pacing.longestWrapUp + Self.thinking,
            !campaign.dispositions.isEmpty
        else { return nil }
        let disposition = campaign.dispositions[Int(attempt.value % Int64(campaign.dispositions.count))]
        return .say(attempt: attempt.value, code: disposition.code, callback: nil, note: nil)
    }
}
