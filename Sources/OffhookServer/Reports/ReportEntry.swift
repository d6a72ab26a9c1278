import CampaignStore
import Reports

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
    /// The stretch of time where nobody says one.
    var usualPeriod = "7d"
    /// The least role that may see it.
    var role = UserRole.manager
    /// What a token needs.
    var scope = TokenScope.reportsRead

    /// All that have a page of their own or of a campaign, in the order of their areas.
    static let all: [ReportEntry] = [
        ReportEntry(
            name: .outcomes, title: "Outcomes", question: "How did calls end, and where do they end better?",
            area: .calls),
        ReportEntry(
            name: .hours, title: "Best hours", question: "When do people answer, on their own clock?", area: .calls,
            usualPeriod: "28d"),
        ReportEntry(
            name: .attempts, title: "Call detail", question: "What happened in each single call?", area: .calls),
        ReportEntry(
            name: .conflicts, title: "Conflicts",
            question: "Where can what the phone showed and what the agent said not both be true?", area: .calls),
        ReportEntry(
            name: .closing, title: "Closing report", question: "What came of a campaign, on one page?", area: .calls,
            usualPeriod: "all"),
        ReportEntry(
            name: .agents, title: "Agents' time", question: "What did the agents' time go to, and who needs help?",
            area: .people),
        ReportEntry(
            name: .dispositions, title: "Dispositions", question: "What did each agent say came of the calls?",
            area: .people),
        ReportEntry(
            name: .callbacks, title: "Callbacks", question: "Which agreed times are due, and which were kept?",
            area: .people, usualPeriod: "this-week"),
        ReportEntry(
            name: .penetration, title: "Penetration",
            question: "How far is each list worked through, and which is burnt?",
            area: .lists, usualPeriod: "all"),
        ReportEntry(
            name: .inventory, title: "Inventory", question: "What is left to call, when, and what holds the rest?",
            area: .lists),
        ReportEntry(
            name: .compliance, title: "Compliance", question: "Were the rules kept, and who is nearest to a limit?",
            area: .rules),
        ReportEntry(
            name: .audit, title: "Audit", question: "Who changed what, and from where?", area: .rules,
            role: .administrator, scope: .auditRead),
        ReportEntry(
            name: .phones, title: "Phone health", question: "Which phones do not do what they are told?", area: .phones),
    ]
}
