import CampaignStore
import Reports

/// What can be asked beside a report's name; the raw value is the parameter in addresses.
enum ReportFilter: String, Sendable, CaseIterable {
    case since, until, campaign, list, agent, station, by, place, compare
}

/// A report as pages and the interface offer it.
struct ReportEntry: Sendable {
    /// Under which heading it stands.
    enum Area: String, Sendable, CaseIterable {
        case calls = "Calls"
        case people = "People"
        case lists = "Lists"
        case rules = "Rules"
        case phones = "Phones"
    }

    let name: ReportName
    let title: String
    /// The question that it answers.
    let question: String
    let area: Area
    /// What goes with it; a zone goes with all.
    let filters: Set<ReportFilter>
    /// The stretch of time where nobody says one.
    var usualPeriod = "7d"
    /// The least role that may see it.
    var role = UserRole.manager
    /// What a token needs.
    var scope = TokenScope.reportsRead

    private static let period: Set<ReportFilter> = [.since, .until]
    private static let calls: Set<ReportFilter> = period.union([.campaign, .list, .agent, .station])

    /// All that have a page of their own or of a campaign, in the order of their areas.
    static let all: [ReportEntry] = [
        ReportEntry(
            name: .outcomes, title: "Outcomes", question: "How did calls end, and where do they end better?",
            area: .calls,
            filters: calls.union([.by, .compare])),
        ReportEntry(
            name: .hours, title: "Best hours", question: "When do people answer, on their own clock?", area: .calls,
            filters: calls.union([.place, .compare]), usualPeriod: "28d"),
        ReportEntry(
            name: .attempts, title: "Call detail", question: "What happened in each single call?", area: .calls,
            filters: calls),
        ReportEntry(
            name: .conflicts, title: "Conflicts",
            question: "Where can what the phone showed and what the agent said not both be true?", area: .calls,
            filters: calls),
        ReportEntry(
            name: .closing, title: "Closing report", question: "What came of a campaign, on one page?", area: .calls,
            filters: period.union([.campaign]), usualPeriod: "all"),
        ReportEntry(
            name: .agents, title: "Agents' time", question: "What did the agents' time go to, and who needs help?",
            area: .people, filters: period.union([.campaign, .agent, .station, .compare])),
        ReportEntry(
            name: .dispositions, title: "Dispositions", question: "What did each agent say came of the calls?",
            area: .people, filters: calls.union([.compare])),
        ReportEntry(
            name: .callbacks, title: "Callbacks", question: "Which agreed times are due, and which were kept?",
            area: .people, filters: period.union([.campaign, .agent]), usualPeriod: "this-week"),
        ReportEntry(
            name: .penetration, title: "Penetration",
            question: "How far is each list worked through, and which is burnt?",
            area: .lists, filters: period.union([.campaign, .list]), usualPeriod: "all"),
        ReportEntry(
            name: .inventory, title: "Inventory", question: "What is left to call, when, and what holds the rest?",
            area: .lists, filters: [.campaign]),
        ReportEntry(
            name: .compliance, title: "Compliance", question: "Were the rules kept, and who is nearest to a limit?",
            area: .rules, filters: period.union([.campaign, .compare])),
        ReportEntry(
            name: .audit, title: "Audit", question: "Who changed what, and from where?", area: .rules, filters: period,
            role: .administrator, scope: .auditRead),
        ReportEntry(
            name: .phones, title: "Phone health", question: "Which phones do not do what they are told?", area: .phones,
            filters: period.union([.campaign, .station, .compare])),
    ]
}
