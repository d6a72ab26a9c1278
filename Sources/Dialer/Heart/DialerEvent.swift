import CampaignStore
import Campaigns

/// A campaign as the heart needs it.
public struct CampaignSetup: Sendable, Hashable {
    public var id: CampaignID
    public var name: String
    public var pacing: PacingSettings
    public var ringTimeout: Duration
    public var brakes: BrakeSettings
    /// Patterns of the stations that serve it; empty for all.
    public var stations: [String]
    public var priority: Int
    public var weight: Int
    /// Most calls at once by trunk.
    public var trunks: [String: Int]
    /// Since when it is started.
    public var startedAt: Instant
    /// What its pacing remembers of the time before.
    public var history: PacingHistory

    /// A campaign from its parts; by default one that shares all stations evenly and has no past.
    public init(
        id: CampaignID, name: String, pacing: PacingSettings, ringTimeout: Duration,
        brakes: BrakeSettings = BrakeSettings(), stations: [String] = [], priority: Int = 0, weight: Int = 1,
        trunks: [String: Int] = [:], startedAt: Instant = Instant(milliseconds: 0),
        history: PacingHistory = PacingHistory()
    ) {
        self.id = id
        self.name = name
        self.pacing = pacing
        self.ringTimeout = ringTimeout
        self.brakes = brakes
        self.stations = stations
        self.priority = priority
        self.weight = weight
        self.trunks = trunks
        self.startedAt = startedAt
        self.history = history
    }
}

/// What the heart is told, each with the time at which it happened.
public enum DialerEvent: Sendable, Hashable {
    /// The campaigns that are started now, replacing those before.
    case campaigns([CampaignSetup])
    /// The stations as they are configured from now on, in order; those that are changed or missing have no call.
    case stations([StationSetup])
    /// A station's setup changed, or it was taken away, while it has a call: it gets no further one.
    case leaving(station: String)
    /// A person paused a station, with the reason, or (nil) made it ready.
    case pause(station: String, reason: String?)
    /// The agent of a station came or went.
    case presence(station: String, present: Bool)
    /// A page of the station's agent is live, or the last one is gone.
    case desk(station: String, isLive: Bool)
    /// The agent does something with the phone from the page.
    case lineCommand(station: String, id: Int, LineCommand)
    /// The phone said that something changed on it.
    case lookNow(station: String)
    /// A person lifted a lock-out.
    case lockOutLifted(station: String)
    /// The phone of a station, left out so far, takes part now.
    case phoneJoined(station: String)
    /// An attempt from before a restart belongs to a station.
    case restarted(station: String, OpenAttempt, ringTimeout: Duration)
    /// A device answered a poll of a station, so long after the poll's turn had come.
    case answered(station: String, after: Duration)
    /// A poll was answered.
    case lines(station: String, [ObservedLine])
    /// A poll failed.
    case pollFailed(station: String, PollFailure)
    /// An intent was recorded for a station: it may dial.
    case intentRecorded(station: String, AttemptID, campaign: CampaignID, dialled: String)
    /// The number of a station's call has an extension behind it, to be pressed once the call is answered.
    case extensionBehind(station: String, AttemptID, digits: String)
    /// The keys of an extension were not sent, and nothing of them left.
    case extensionNotPressed(station: String, AttemptID)
    /// The store has nothing to call for a campaign at a station before an instant; nil: not before something changes.
    /// `elsewhere`: another station, or another agent, can call earlier; nil where that is no different.
    case nothingToCall(station: String, campaign: CampaignID, until: Instant?, elsewhere: Instant? = nil)
    /// A contact is set aside for a station and shown to its agent (preview mode).
    case contactOffered(station: String, Reservation)
    /// The agent wants the shown contact dialled.
    case offerTaken(station: String)
    /// The agent passes the shown contact over, and why.
    case offerSkipped(station: String, reason: String? = nil)
    /// The agent picked a contact to call, or typed a number.
    case manualCall(station: String, campaign: CampaignID, contact: WantedContact)
    /// What an agent asked for could not be placed while another program wrote to the database; now it can.
    case wantedAgain(station: String, WantedCall)
    /// The agent said what came of a call, during it or in wrap-up.
    case disposed(station: String, AttemptID, Disposition, callback: CallbackTime?, note: String? = nil)
    /// The agent has given the disposition of the call and wants the next one.
    case agentReady(station: String)
    /// The agent needs longer to say what came of a call.
    case moreTime(station: String, AttemptID, Duration)
    /// The dial command was answered.
    case dialAnswered(station: String, AttemptID, CommandResult)
    /// The dial command was not sent in time.
    case dialNotSent(station: String, AttemptID, String)
    /// A cancel or endcall was answered.
    case cancelAnswered(station: String, AttemptID, CommandResult)
    /// Contacts, lists or suppressions changed: ask the store again.
    case storeChanged
    /// Place no further call; follow the running ones to their end.
    case stop
    /// Time passed.
    case tick
}

extension DialerEvent {
    /// The station that it is about; nil for all.
    var station: String? {
        switch self {
        case .pause(let name, _), .presence(let name, _), .lockOutLifted(let name), .restarted(let name, _, _),
            .answered(let name, _), .lines(let name, _), .pollFailed(let name, _), .intentRecorded(let name, _, _, _),
            .nothingToCall(let name, _, _, _), .contactOffered(let name, _), .offerTaken(let name),
            .offerSkipped(let name, _), .manualCall(let name, _, _), .wantedAgain(let name, _),
            .disposed(let name, _, _, _, _),
            .agentReady(let name), .moreTime(let name, _, _), .dialAnswered(let name, _, _),
            .dialNotSent(let name, _, _),
            .cancelAnswered(let name, _, _), .extensionBehind(let name, _, _), .extensionNotPressed(let name, _),
            .phoneJoined(let name), .desk(let name, _), .lineCommand(let name, _, _), .lookNow(let name),
            .leaving(let name):
            name
        case .campaigns, .stations, .storeChanged, .stop, .tick: nil
        }
    }
}

/// How urgent a poll is.
public enum PollRank: Int, Sendable, Hashable, Comparable {
    /// A line with a call of ours, or a station that is about to dial.
    case call
    /// An idle line.
    case idle

    /// More urgent ranks are less.
    public static func < (left: PollRank, right: PollRank) -> Bool { left.rawValue < right.rawValue }
}

/// What the heart wants done.
public enum DialerEffect: Sendable, Hashable {
    /// Ask the phone for the station's lines.
    case poll(station: String, PollRank)
    /// Reserve the campaign's next contact for the station and record the intent.
    case placeCall(station: String, campaign: CampaignID)
    /// Reserve the campaign's next contact for the station and show it to its agent.
    case offerContact(station: String, campaign: CampaignID)
    /// Record the intent to dial a contact that was shown and taken.
    case placeOffered(station: String, Reservation)
    /// A contact is shown to the station's agent until an instant.
    case offerShown(station: String, ContactID, until: Instant)
    /// Put a shown contact back.
    case withdrawOffer(station: String, Reservation, notBefore: Instant, Reason)
    /// Reserve the contact that an agent picked, or whose number they typed, and record the intent.
    case placeManual(station: String, campaign: CampaignID, contact: WantedContact)
    /// A call that an agent asked for cannot be placed now.
    case manualRefused(station: String, Reason)
    /// Give the phone a command of its agent, for this line, or (nil) for the phone as a whole. Hanging up is done by
    /// `cancel` and `endCall`, on polls that show the call; this tells only that it was taken up.
    case lineCommand(station: String, Int, LineCommand, line: Int?)
    /// A command of the agent cannot be carried out.
    case lineCommandRefused(station: String, Int, Reason)
    /// The call was answered while the agent's page was gone.
    case noteAgentAbsent(AttemptID)
    /// Pause the campaign and say why.
    case pauseCampaign(CampaignID, Reason)
    /// Give the phone the dial command of a recorded intent, within 2 s.
    case dial(station: String, AttemptID, dialled: String)
    /// Press the extension's keys in the call that a look has just shown connected, unless their turn comes after an instant.
    case pressExtension(station: String, AttemptID, digits: String, before: Instant)
    /// An extension was not pressed: no look showed its call connected, and alone on the phone, while the keys were of use.
    case extensionMissed(station: String, AttemptID)
    case cancel(station: String, AttemptID, line: Int)
    case endCall(station: String, AttemptID, line: Int)
    case noteCommanded(AttemptID)
    case noteSeen(AttemptID, line: Int)
    case noteConnected(AttemptID, line: Int)
    case beginWrapUp(AttemptID, CallEnding, until: Instant)
    /// Settle the attempt; with an ending unless wrap-up stored it. `asked`: an agent could have said what came of it.
    case settle(AttemptID, CallEnding?, asked: Bool)
    /// Store what the agent said of a call that is not over yet.
    case keepSaid(AttemptID, SaidDisposition)
    /// The station gets no further call until its agent is ready again.
    case pauseStation(station: String, reason: String)
    /// Settle the attempt with what the agent said.
    case settleDisposed(AttemptID, CallEnding?, Disposition, callback: CallbackTime?, note: String? = nil)
    /// The wrap-up of an attempt lasts until then.
    case wrapUpExtended(AttemptID, until: Instant)
    case stationChanged(station: String, from: StationState, to: StationState)
    case lockOut(station: String, String)
    /// A call that we did not place began on a line.
    case observedCall(station: String, line: Int, incoming: Bool, remoteNumber: String?)
    /// The phone shows the number of such a call, or another one than before.
    case observedCallNumber(station: String, line: Int, remoteNumber: String)
    /// It was seen connected.
    case observedCallConnected(station: String, line: Int)
    /// It ended.
    case observedCallEnded(station: String, line: Int)
    /// A word that a person has to explain was seen for the first time: it is not in the phone's word map, or says of a call that
    /// may be ours that it comes in.
    case unknownWord(station: String, String)
}
