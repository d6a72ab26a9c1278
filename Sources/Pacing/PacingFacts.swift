import Campaigns

/// What pacing rules look at: the calls of one campaign and one station, as values.
public struct PacingFacts: Sendable, Hashable {
    /// The station that would dial.
    public struct Station: Sendable, Hashable {
        public var name: String
        /// The group of stations it belongs to.
        public var trunk: String?
        /// Calls that are open on the trunk now, of all campaigns.
        public var openOnTrunk: Int
        /// The least limit that a started campaign sets for the trunk; nil for none.
        public var trunkLimit: Int?
        /// When its last call ended, wrap-up included.
        public var lastEnd: Instant?

        /// A station from its parts; by default without a trunk and a past.
        public init(
            name: String, trunk: String? = nil, openOnTrunk: Int = 0, trunkLimit: Int? = nil, lastEnd: Instant? = nil
        ) {
            self.name = name
            self.trunk = trunk
            self.openOnTrunk = openOnTrunk
            self.trunkLimit = trunkLimit
            self.lastEnd = lastEnd
        }
    }

    public var now: Instant
    /// When calls of the campaign were started, ascending; the last hour is enough.
    public var recentStarts: [Instant]
    /// Calls of the campaign that are being placed this moment and are not among the starts yet: they count as started now.
    public var starting: Int
    /// Calls of the campaign that are open or being placed now, wrap-up not included.
    public var openCalls: Int
    /// The station that would dial; nil where the campaign is looked at as a whole.
    public var station: Station?
    /// The campaign's latest answered calls, oldest first: whether the agent was absent.
    public var agentAbsent: [Bool]
    /// The campaign's latest calls, oldest first: whether they failed at once.
    public var failedFast: [Bool]

    /// Facts from their parts.
    public init(
        now: Instant, recentStarts: [Instant], starting: Int = 0, openCalls: Int, station: Station? = nil,
        agentAbsent: [Bool] = [], failedFast: [Bool] = []
    ) {
        self.now = now
        self.recentStarts = recentStarts
        self.starting = starting
        self.openCalls = openCalls
        self.station = station
        self.agentAbsent = agentAbsent
        self.failedFast = failedFast
    }
}
