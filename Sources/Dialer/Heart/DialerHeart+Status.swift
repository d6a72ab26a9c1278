import CampaignStore
import Campaigns
import PhoneNumbers

/// A station as the live display shows it.
public struct StationStatus: Sendable, Hashable {
    /// A call that is not ours.
    public struct IncomingCall: Sendable, Hashable {
        /// The line it is on.
        public var line: Int
        /// The other end's number as the phone shows it; nil where it shows none.
        public var number: String?

        /// A call from its parts.
        public init(line: Int, number: String?) {
            self.line = line
            self.number = number
        }
    }

    public var name: String
    public var state: StationState
    /// Why, where the state alone does not say: the pause's reason, the phone's error.
    public var detail: String
    /// When its phone is asked again, where that waits.
    public var retryAt: Instant?
    /// Since when it is in its state.
    public var since: Instant?
    /// Whether an agent's page is live there, or an agent is assumed to be.
    public var isStaffed: Bool
    /// Who sits there; nil where nobody has said so.
    public var agent: String?
    /// Why a person paused it; it may be in a call all the same.
    public var pausedReason: String?
    /// The campaign of its call, or of the search for one.
    public var campaign: CampaignID?
    /// The attempt that is open or in wrap-up.
    public var attempt: AttemptID?
    /// The contact that is called, or shown in preview mode.
    public var contact: ContactID?
    public var number: PhoneNumber?
    /// When the call began to be dialled.
    public var dialledAt: Instant?
    /// When it was seen connected.
    public var connectedAt: Instant?
    /// Until when the agent may say what came of the call.
    public var wrapUpUntil: Instant?
    /// Until when the shown contact can be taken.
    public var offerUntil: Instant?
    /// A call that rings at the station and is not ours.
    public var incoming: IncomingCall?
    /// A call under way at the station that is not ours: one that was accepted, or dialled by hand.
    public var otherCall: IncomingCall?
    /// The code of what the agent said already of the call that is still open.
    public var saidCode: String?
    /// Words of its phone that a person has to explain, in order: see ``PhoneAdvice/advice(learning:station:)``.
    public var wordsToLearn: [String] = []
    /// Whether it is in a wrap-up whose disposition was said during the call: it ends as soon as the agent is ready.
    public var isDisposed = false

    /// A station of which no more is known.
    public init(name: String, state: StationState, detail: String = "", isStaffed: Bool = false) {
        self.name = name
        self.state = state
        self.detail = detail
        self.isStaffed = isStaffed
    }
}

extension DialerHeart {
    /// Every station with its state, in configured order.
    public var stationStatus: [StationStatus] { order.compactMap(status) }

    /// One station with its state; nil where there is none of that name.
    public func status(of name: String) -> StationStatus? {
        guard let station = stations[name] else { return nil }
        let state = StationLifeCycle.state(of: station.inputs)
        let detail =
            switch state {
            case .paused: station.isLeaving ? "its setup changes" : station.pausedReason ?? "no agent"
            case .unreachable, .lockedOut: station.failureText
            default: ""
            }
        let retryAt = state == .unreachable ? devices[station.setup.device]?.retryAt ?? station.nextPoll : nil
        var status = StationStatus(name: name, state: state, detail: detail, isStaffed: station.isAtDesk)
        status.retryAt = retryAt
        status.since = station.stateSince
        status.pausedReason = station.pausedReason
        status.campaign = station.campaign ?? station.offer?.reservation.campaign
        status.attempt = station.watch?.attempt ?? station.wrapUp?.attempt
        status.contact = station.offer?.reservation.contact
        status.number = station.offer?.reservation.number
        status.dialledAt = station.watch?.startedAt
        status.connectedAt = station.watch?.connectedAt
        status.wrapUpUntil = station.wrapUp?.until
        status.offerUntil = station.offer?.until
        status.incoming = other(at: station) { $0 == .ringing }
        status.otherCall = other(at: station) { ![.ringing, .idle, .failed].contains($0) }
        status.saidCode = station.watch == nil ? nil : station.said?.what.disposition.code
        status.isDisposed = station.wrapUp != nil && station.said != nil
        status.wordsToLearn = station.unknownWords.sorted()
        return status
    }

    /// The first line in a phase that holds no call of ours.
    private func other(at station: Station, in isMeant: (LinePhase) -> Bool) -> StationStatus.IncomingCall? {
        let line = station.lines.first { isMeant($0.phase) && $0.line != station.watch?.line }
        return line.map { line in
            StationStatus.IncomingCall(
                line: line.line, number: line.remoteNumber.flatMap { $0.isEmpty ? nil : $0 })
        }
    }

    /// Whether any attempt is open or wrapping up, or a contact is being looked for.
    public var hasOpenCalls: Bool {
        stations.values.contains { $0.watch != nil || $0.wrapUp != nil || $0.isAsking }
    }

    /// The stations that a run which was told to stop waits for, in configured order. A call of an earlier run whose phone does not
    /// answer is left to the next start, which asks again.
    public var stationsToWaitFor: [String] { order.filter { stations[$0].map(isWaitedFor) ?? false } }

    /// Whether a run that was told to stop has any call to wait for.
    public var hasCallsToEnd: Bool { stations.values.contains(where: isWaitedFor) }

    private func isWaitedFor(_ station: Station) -> Bool {
        station.wrapUp != nil || station.isAsking || station.watch.map { !$0.isReconcilingInVain } ?? false
    }

    /// Whether nothing is due now: no open call, and every campaign's store said that it has nothing.
    public var isIdle: Bool { !hasOpenCalls && desks.values.allSatisfy(\.isDry) }

    /// Whether no contact can ever be dialled again unless something changes.
    public var isDone: Bool { !hasOpenCalls && desks.values.allSatisfy(\.isDryForGood) }

    /// When work is next due, where nothing is due now and something will be.
    public var nextDue: Instant? {
        guard desks.values.allSatisfy(\.isDry) else { return nil }
        return desks.values.filter { $0.isDry && !$0.isDryForGood }.compactMap(\.askAgainAt).min()
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
