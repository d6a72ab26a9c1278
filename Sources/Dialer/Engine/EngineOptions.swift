import CallingRules
import Campaigns
import CivilTime
import Foundation
import SystemResources

/// What an engine is asked to do.
public struct EngineOptions: Sendable {
    /// When the engine stops by itself.
    public enum End: Sendable, Hashable {
        /// Never; it waits for work.
        case never
        /// When nothing is due now.
        case idle
        /// When no contact can ever be dialled again.
        case done
    }

    /// What tells that an agent is at a station.
    public enum Presence: Sendable, Hashable {
        /// Agents are assumed to be at the stations that the options name.
        case assumed
        /// A live page of the desk; stations that the options name dial without one.
        case desk
    }

    /// The campaigns to dial, by name; empty for all that are started.
    public var campaigns: [String]
    /// Patterns of the stations that are staffed, `desk-*`; empty for all, or for none where desks tell.
    public var stations: [String]
    public var end: End
    public var presence: Presence
    /// Rule packs by name.
    public var packs: [String: RulePack]
    /// Where local times come from.
    public var zones: ZoneSource
    /// Reads them anew, where they can change while the engine runs; nil where ``packs`` are all.
    public var readPacks: (@Sendable () throws -> [String: RulePack])?
    /// Where env passcodes are looked up.
    public var environment: [String: String]
    /// Whether a rule pack that nobody looked at for too long closes what it is for, by the engine's clock. Off for clocks that are
    /// not the time of day: a rehearsal of next year is no sign that a pack is old.
    public var judgesPackAge: Bool
    /// Tells what this computer is short of, where so many descriptors have to be free; nil where nothing is.
    public var shortage: @Sendable (Int) -> ResourceShortage? = { ResourceShortage.now(descriptors: $0) }
    /// Told of every step as it is passed, for the crash harness; nil otherwise.
    public var onStep: (@Sendable (EngineStep) -> Void)?
    /// The addresses of the only phones that may be spoken to, whatever the database names; nil for all. A rehearsal speaks to its virtual
    /// phones alone.
    public var onlyPhones: Set<String>?
    /// Told of each poll as it begins, on the phone's thread; nil otherwise. It must return quickly.
    public var onPoll: (@Sendable (PollTiming) -> Void)?
    /// Told at once of what changed, so that pages need not ask; nil otherwise. It must return quickly.
    public var onChange: (@Sendable (EngineChange) -> Void)?

    /// Options from their parts.
    public init(
        campaigns: [String] = [], stations: [String] = [], end: End = .never, presence: Presence = .assumed,
        packs: [String: RulePack], zones: ZoneSource = .system, judgesPackAge: Bool = false,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        onStep: (@Sendable (EngineStep) -> Void)? = nil, onChange: (@Sendable (EngineChange) -> Void)? = nil
    ) {
        self.campaigns = campaigns
        self.stations = stations
        self.end = end
        self.presence = presence
        self.packs = packs
        self.zones = zones
        self.judgesPackAge = judgesPackAge
        self.environment = environment
        self.onStep = onStep
        self.onChange = onChange
    }

    /// The clocks of all zones.
    var clocks: ZoneClocks { ZoneClocks(zones.data) }

    /// Whether a station is staffed by these options, whatever desks tell.
    public func isStaffed(_ station: String) -> Bool {
        if stations.isEmpty { return presence == .assumed }
        return stations.contains { Glob.matches(station, $0) }
    }

    /// The rule packs as they are now.
    ///
    /// - Throws: what ``readPacks`` throws.
    func packsNow() throws -> [String: RulePack] { try readPacks?() ?? packs }
}
