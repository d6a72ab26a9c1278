/// The reports that there are; the raw value is their name on the command line, in addresses and files.
public enum ReportName: String, Sendable, CaseIterable, Hashable {
    /// How calls ended, by campaign, list, day, hour, weekday, station or agent.
    case outcomes
    /// What agents said, by agent.
    case dispositions
    /// When people answer: contact rate by hour and weekday of the contact.
    case hours
    /// How far a list is worked through, per pass.
    case penetration
    /// What is left to call: now, later today, another day, blocked, and why.
    case inventory
    /// What agents' time went to.
    case agents
    /// Times that were agreed: due, kept, missed.
    case callbacks
    /// Calls by rule pack, the nearest to a limit, do-not-call entries and how soon wishes took effect.
    case compliance
    /// How well phones did what they were told.
    case phones
    /// Where what the program saw and what the agent said cannot both be true.
    case conflicts
    /// Every call with its details.
    case attempts
    /// Who changed what.
    case audit
    /// A campaign on one page, for its end.
    case closing
}

/// By what outcomes are told apart.
public enum ReportGrouping: String, Sendable, CaseIterable, Hashable {
    case campaign, list, day
    /// The hour of the contact's day.
    case hour
    /// The day of the contact's week.
    case weekday
    case station, agent
}
