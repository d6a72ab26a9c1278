import CampaignStore
import Campaigns

/// A station as the live display shows it.
public struct StationStatus: Sendable, Hashable {
    public var name: String
    public var state: StationState
    /// Why, where the state alone does not say: the pause's reason, the phone's error.
    public var detail: String
    /// When its phone is asked again, where that waits.
    public var retryAt: Instant?
}

extension DialerHeart {
    /// Every station with its state, in configured order.
    public var stationStatus: [StationStatus] {
        order.compactMap { name in
            stations[name].map { station in
                let state = StationLifeCycle.state(of: station.inputs)
                let detail =
                    switch state {
                    case .paused: station.pausedReason ?? "no agent"
                    case .unreachable, .lockedOut: station.failureText
                    default: ""
                    }
                let retryAt = state == .unreachable ? devices[station.setup.device]?.retryAt ?? station.nextPoll : nil
                return StationStatus(name: name, state: state, detail: detail, retryAt: retryAt)
            }
        }
    }

    /// Whether any attempt is open or wrapping up, or a contact is being looked for.
    public var hasOpenCalls: Bool {
        stations.values.contains { $0.watch != nil || $0.wrapUp != nil || $0.isAsking }
    }

    /// Whether nothing is due now: no open call, and every campaign's store said that it has nothing.
    public var isIdle: Bool { !hasOpenCalls && desks.values.allSatisfy(\.isDry) }

    /// Whether no contact can ever be dialled again unless something changes.
    public var isDone: Bool { !hasOpenCalls && desks.values.allSatisfy(\.isDryForGood) }

    /// When work is next due, where nothing is due now and something will be.
    public var nextDue: Instant? {
        desks.values.filter { $0.isDry && !$0.isDryForGood }.compactMap(\.askAgainAt).min()
    }

    /// What holds each campaign back now, by pacing.
    public var held: [(campaign: String, reason: Reason)] {
        campaignOrder.compactMap { id in desks[id].flatMap { desk in desk.heldBy.map { (desk.setup.name, $0) } } }
    }

    /// Whether no station can dial without a person or a phone changing: all are unreachable, locked out, paused or unregistered.
    public var noStationCanDial: Bool {
        stationStatus.allSatisfy { [.unreachable, .lockedOut, .paused, .unregistered, .dnd].contains($0.state) }
    }
}
