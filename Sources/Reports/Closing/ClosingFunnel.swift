import CampaignStore
import Campaigns

/// From the list to success: how many contacts, and how many calls, came to each step.
struct ClosingFunnel {
    private struct Step {
        var name: String
        /// Nil where people cannot be told apart from calls.
        var contacts: Int?
        var calls: Int?
    }

    private let steps: [Step]

    init(_ facts: ClosingReport.Facts) {
        let total = facts.byPass.total
        let contacts = facts.lists.reduce(0) { $0 + $1.total }
        // The first call that counts to a contact is its first pass: where people are not counted, these are the new ones.
        let first = TalliedCalls.sum(facts.byPass.now.filter { $0.group.pass == 1 && $0.group.list != 0 })
        steps = [
            Step(name: "on the list", contacts: contacts, calls: nil),
            Step(name: "dialable", contacts: contacts - facts.undialable, calls: nil),
            Step(name: "attempted", contacts: facts.reached?.attempted ?? first.counted, calls: total.counted),
            Step(name: "connected", contacts: facts.reached?.connected, calls: total.connected),
            Step(name: "success", contacts: facts.reached?.success, calls: total.successes),
        ]
    }

    private var contacts: Int { steps.first?.contacts ?? 0 }

    /// No totals: each step is a part of the one before it.
    var table: Table {
        Table(
            columns: ["step", "contacts", "share", "calls"],
            rows: contacts == 0 && steps.allSatisfy { ($0.calls ?? 0) == 0 }
                ? []
                : steps.map { step in
                    [
                        .text(step.name), step.contacts.map { Cell($0) } ?? .none,
                        step.contacts.map { .share($0, of: contacts) } ?? .none, step.calls.map { Cell($0) } ?? .none,
                    ]
                })
    }

    /// Contacts where all steps have them; else calls.
    var chart: ReportChart {
        let hasContacts = steps.allSatisfy { $0.contacts != nil }
        return ReportChart(
            form: .bars, labels: steps.map(\.name),
            series: [
                ReportChart.Series(
                    name: hasContacts ? "contacts" : "calls",
                    values: steps.map { step in
                        (hasContacts ? step.contacts : step.calls).map(Double.init)
                    })
            ], unit: hasContacts ? "contacts" : "calls")
    }
}
