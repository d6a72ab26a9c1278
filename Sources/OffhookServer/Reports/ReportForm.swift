import CallingRules
import CampaignStore
import Campaigns
import Foundation
import Hummingbird
import Reports

/// The form above a report: what goes with it, filled in as it was asked.
struct ReportForm: Sendable {
    let entry: ReportEntry
    /// The campaign where the path has it.
    let campaign: StoredCampaign?
    let parts: ServerParts
    /// What was asked; nil where it could not be taken.
    var asking: ReportAsking?
    var problem: Problem?

    private static let periods = [
        ("today", "Today"), ("yesterday", "Yesterday"), ("7d", "Last 7 days"), ("this-month", "This month"),
        ("all", "All time"),
    ]

    /// What the template shows.
    func model(_ request: Request, _ context: ServeContext) throws -> [String: Any] {
        let query = QueryFields(request)
        let has = { (option: ReportOption) in
            entry.name.options.contains(option) && !(option == .campaign && campaign != nil)
        }
        let zone = asking?.question.clock.name ?? query.text("zone") ?? ViewerTime(request, context).clock.name
        let path = request.uri.path
        var model: [String: Any] = [
            "path": path, "zone": zone, "zones": zones(with: zone), "hasPeriod": has(.since), "hasBy": has(.by),
            "hasCampaign": has(.campaign), "hasList": has(.list),
            "hasAgent": has(.agent), "agent": query.text("agent") ?? "", "hasStation": has(.station),
            "station": query.text("station") ?? "", "hasPlace": has(.place), "place": query.text("place") ?? "",
            "hasCompare": has(.compare), "isCompared": asking?.question.isCompared ?? false,
        ]
        if let problem {
            model["problem"] = problem.detail
            for field in problem.fields.keys { model["\(field)IsWrong"] = true }
        }
        if has(.since) {
            let dates = asking.map { ReportDates.fields(of: $0.question) }
            model["since"] = dates?.first ?? query.text("since") ?? ""
            model["until"] = dates?.last ?? query.text("until") ?? ""
            model["periods"] = periods(path, query)
        }
        if has(.by) {
            model["groupings"] = ReportGrouping.allCases.map {
                option($0.rawValue, words($0), asking?.question.grouping.rawValue)
            }
        }
        if has(.campaign) {
            model["campaigns"] = try parts.campaigns(for: context.known()).map {
                option($0.campaign.name, $0.campaign.name, query.text("campaign"))
            }
        }
        if has(.list) { model["lists"] = try lists(query, context) }
        if has(.agent) {
            model["agents"] = try parts.store.users().filter { $0.role == .agent }.map(\.name).sorted()
        }
        if has(.station) { model["stations"] = try parts.store.devices().flatMap(\.stations).map(\.name).sorted() }
        return model
    }

    /// Quick ways to other stretches of time under the same filters.
    private func periods(_ path: String, _ query: QueryFields) -> [[String: Any]] {
        Self.periods.compactMap { word, label in
            guard let address = asking?.address else { return nil }
            var link: [String: Any] = ["path": address.link(path, ["since": word, "until": nil]), "label": label]
            if address["since"] == word, address["until"] == nil { link["isHere"] = true }
            return link
        }
    }

    private func lists(_ query: QueryFields, _ context: ServeContext) throws -> [[String: Any]] {
        let identity = try context.known()
        let chosen = asking?.question.scope.list.map(String.init) ?? query.text("list")
        let names = try parts.store.callNames()
        return names.lists.values
            .filter { identity.maySee(CampaignID($0.campaign)) }
            .map { (id: $0.id, label: names.list($0.id)) }
            .sorted { $0.label < $1.label }
            .map { option("\($0.id)", $0.label, chosen) }
    }

    /// Zones to offer: the one that holds, UTC, and those of the contacts.
    private func zones(with zone: String) -> [String] {
        let ofContacts = (try? parts.store.areas())?.flatMap(\.area.zones) ?? []
        return Set(ofContacts + [zone, "UTC"]).sorted()
    }

    private func option(_ value: String, _ label: String, _ chosen: String?) -> [String: Any] {
        ["value": value, "label": label, "isChosen": value == chosen]
    }

    private func words(_ grouping: ReportGrouping) -> String {
        switch grouping {
        case .hour: "hour of the contact's day"
        case .weekday: "weekday of the contact"
        default: grouping.rawValue
        }
    }
}
