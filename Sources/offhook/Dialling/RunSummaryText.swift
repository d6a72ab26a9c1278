import CampaignStore
import Campaigns
import Dialer
import Reports

/// The last words of a run.
enum RunSummaryText {
    static func sentence(_ summary: RunSummary) -> String {
        let attempts = summary.status.outcomes.values.reduce(0, +)
        let remaining = summary.status.contacts.remaining
        let why =
            switch summary.end {
            case .idle: "Nothing is due now"
            case .done: "No contact can be dialled again"
            case .stopped: "Stopped"
            case .noStation: "No phone can dial"
            }
        var text =
            "\(why): \(attempts) attempts, \(remaining) of \(summary.status.contacts.total) contacts may still be called."
        if let due = summary.status.nextDue { text += " The next is due at \(due)." }
        if summary.reconciled > 0 { text += " \(summary.reconciled) attempts of an earlier run were followed up." }
        return text
    }

    static func json(_ summary: RunSummary) -> String {
        let outcomes = Outcome.allCases.compactMap { outcome in
            summary.status.outcomes[outcome].map { "\"\(outcome.rawValue)\":\($0)" }
        }
        let contacts = ContactState.allCases.map { "\"\($0.rawValue)\":\(summary.status.contacts.byState[$0] ?? 0)" }
        let due = summary.status.nextDue.map { "\"\($0)\"" } ?? "null"
        return "{\"ended\":\"\(summary.end.rawValue)\",\"attempts\":\(summary.status.outcomes.values.reduce(0, +)),"
            + "\"outcomes\":{\(outcomes.joined(separator: ","))},\"contacts\":{\(contacts.joined(separator: ","))},"
            + "\"remaining\":\(summary.status.contacts.remaining),\"next_due\":\(due),\"reconciled\":\(summary.reconciled)}"
    }
}
