import CallingRules
import CampaignStore
import Campaigns
import Eligibility

extension InventoryReport {
    /// The report over some campaigns' inventories, as of the moment that the question asks for.
    public static func report(
        _ inventories: [InventoryReport], for question: ReportQuestion, _ names: CallNames
    ) -> Report {
        let lines = inventories.flatMap(\.lines)
        let contacts = { (availability: Availability, lines: [Line]) in
            lines.reduce(0) { $0 + ($1.availability == availability ? $1.contacts : 0) }
        }
        let local = question.clock.local(at: question.now)
        let moment = "\(CivilDate(daysSince1970: local.day).text) \(local.spoken)"
        var subtitle = "As of \(moment), clock of \(question.clock.name)"
        if let campaigns = question.scope.campaigns {
            let known = campaigns.map { names.campaign($0.value) }.sorted()
            subtitle += "; \(known.count == 1 ? "campaign" : "campaigns") \(known.joined(separator: ", "))"
        }
        let present = Availability.allCases.filter { availability in lines.contains { $0.availability == availability }
        }
        return Report(
            name: .inventory, title: "What is left to call", subtitle: subtitle,
            figures: [
                figure("dialable_now", "Dialable now", .now), figure("later_today", "Later today", .laterToday),
                figure("another_day", "Another day", .anotherDay), figure("blocked", "Blocked", .blocked, .bad),
            ].map { figure, availability in
                var figure = figure
                figure.value = Cell(contacts(availability, lines))
                return figure
            },
            sections: [
                ReportSection(
                    id: "inventory", title: "Contacts by when they may be called next",
                    table: Table(
                        columns: columns, rows: inventories.flatMap(\.table.rows),
                        totals: [
                            .text("all"), .none, Cell(lines.reduce(0) { $0 + $1.contacts }), .none, .none,
                        ]),
                    chart: ReportChart(
                        form: .stacked, labels: inventories.map(\.campaign),
                        series: present.map { availability in
                            ReportChart.Series(
                                name: availability.rawValue,
                                values: inventories.map { Double(contacts(availability, $0.lines)) })
                        }, unit: "contacts"),
                    empty: "There are no contacts yet; run: offhook import FILE.csv --campaign NAME")
            ], notes: ["Today is that of each contact's clock; offhook why NUMBER tells of one contact."])
    }

    private static func figure(
        _ column: String, _ label: String, _ availability: Availability,
        _ direction: ReportFigure.Direction = .neutral
    ) -> (ReportFigure, Availability) {
        (ReportFigure(column: column, label: label, value: .none, direction: direction), availability)
    }
}
