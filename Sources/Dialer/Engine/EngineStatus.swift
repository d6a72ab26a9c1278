import CampaignStore
import Campaigns

/// What a running engine looks like at one moment.
public struct EngineStatus: Sendable {
    /// The time on the engine's clock.
    public var now: Instant
    public var startedAt: Instant
    public var stations: [StationStatus]
    /// How well each phone answers, by its name; instants in it are of the engine's steady clock.
    public var devices: [String: DeviceHealth]
    /// Outcomes of this run so far.
    public var outcomes: [Outcome: Int]
    /// Calls started in the last 60 s of the engine's clock.
    public var callsLastMinute: Int
    public var contacts: ContactCounts
    /// Contacts that were finished when the run began, for the expected end.
    public var finishedAtStart: Int
    /// When work is next due, where nothing is due now.
    public var nextDue: Instant?
    /// What holds campaigns back by pacing.
    public var held: [HeldCampaign]
    public var isStopping: Bool
    /// Why no call is placed although some could be: what is wrong with the database, and what to do; nil while all is well.
    public var trouble: String?
    /// All that keeps calls from being placed now; empty where nothing does.
    public var holds: [DialingHold] = []
    /// The campaigns that are dialed, by name.
    public var startedCampaigns: [String] = []
    /// How long ago each phone answered last, in real time; a phone that never did is not in it.
    public var answerAges: [String: Duration] = [:]
    /// That polls and calls are late, and what to do; nil while they are in time.
    public var late: String?

    /// When the contacts that wait for no later call will be called if it goes on at the pace so far; nil where there is no pace
    /// yet, and where nothing is due now: no pace tells when work that is due later will end.
    public var expectedEnd: Instant? {
        let finished = contacts.total - contacts.remaining - finishedAtStart
        let left = contacts.remaining - contacts.waiting
        guard finished > 0, left > 0, nextDue.map({ $0 <= now }) ?? true else { return nil }
        let elapsed = now.since(startedAt).inSeconds
        return now + .seconds(elapsed / Double(finished) * Double(left))
    }
}

/// A campaign that pacing holds back, and why.
public struct HeldCampaign: Sendable, Hashable {
    public var campaign: String
    public var reason: Reason
}

/// Why and how a run ended.
public struct RunSummary: Sendable {
    /// Why a run ended.
    public enum End: String, Sendable, Hashable {
        /// Nothing was due.
        case idle
        /// No contact can be dialled again.
        case done
        /// A person stopped it.
        case stopped
        /// No phone can dial.
        case noStation = "no_station"
    }

    public var end: End
    public var status: EngineStatus
    /// Attempts of earlier runs that were found open and reconciled.
    public var reconciled: Int
}
