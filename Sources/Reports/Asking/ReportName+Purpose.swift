extension ReportName {
    /// What it tells, for lists of reports.
    public var purpose: String {
        switch self {
        case .outcomes: "how calls ended, by campaign, list, day, hour, weekday, station or agent"
        case .dispositions: "what agents said of their calls, and how each of them does"
        case .hours: "when people answer, by hour and weekday of their own clock"
        case .penetration: "how far lists are worked through, pass by pass, and what is left"
        case .inventory: "who may be called now, later today, another day, and who is blocked and why"
        case .agents: "what agents' time went to"
        case .callbacks: "times that were agreed: due, kept, missed"
        case .compliance: "calls by rule pack, the nearest to a limit, do-not-call wishes"
        case .phones: "how well phones did what they were told"
        case .conflicts: "where what the program saw and what the agent said cannot both be true"
        case .attempts: "every call with its times, outcome and evidence"
        case .audit: "who changed what"
        case .closing: "a campaign on one page, for its end"
        }
    }
}
