import CampaignStore
import CivilTime
import Foundation
import Hummingbird
import Supervision

/// What administrators set: the zone of times, how long sessions last, and the secret of the phones' Action URL.
enum SettingsPages {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get(
            "/administration/settings", .page(.administrator), "the settings, and the text for the phones' set-up"
        ) {
            request, context in
            try page(parts, request, context)
        }
        table.post("/administration/settings", .page(.administrator), "changes the settings") { request, context in
            let form = context.form
            do {
                let demands = form["second_factor"] == "1"
                let changes = demands != parts.settings.value.isSecondFactorDemanded
                try await parts.act(
                    "settings_changed", context,
                    detail: changes ? "second factor of administrators \(demands ? "" : "not ")demanded" : nil
                ) {
                    try parts.settings.set(
                        timeZone: form.text("time_zone"), among: context.zones,
                        idleMinutes: form.text("idle_minutes").flatMap { Int($0) } ?? 0,
                        lengthHours: form.text("length_hours").flatMap { Int($0) } ?? 0,
                        isSecondFactorDemanded: demands)
                }
            } catch let problem as Problem {
                return try page(parts, request, context, problem: problem)
            }
            return Response.seeOther("/administration/settings", saying: "The settings are saved.")
        }
        table.post("/administration/settings/phone-secret", .page(.administrator), "makes a new secret for the phones")
        {
            _, context in
            guard context.form["sure"] == "1" else {
                throw Problem.invalid(["sure": "Tick the box: phones with the old address are not heard any more."])
            }
            try await parts.act("phone_secret_renewed", context) { try parts.settings.renewPhoneSecret() }
            return Response.seeOther(
                "/administration/settings", saying: "The secret is new; copy the text to the phones again.")
        }
        table.post(
            "/administration/settings/phone-addresses", .page(.administrator),
            "the phones have their new URLs: the notice about the old ones goes"
        ) { _, context in
            try await parts.act("phone_events_notice_closed", context) { try parts.settings.forgetOldPhoneAddress() }
            return Response.seeOther(
                "/administration/settings", saying: "You are told again if a phone still calls the old address.")
        }
    }

    private static func page(
        _ parts: ServerParts, _ request: Request, _ context: ServeContext, problem: Problem? = nil
    ) throws -> Response {
        let settings = parts.settings.value
        let form = problem == nil ? nil : context.form
        return try AdministrationPages.page(
            "settings", title: "Settings",
            [
                "problem": problem?.detail, "timeZone": form.map { $0["time_zone"] ?? "" } ?? settings.timeZone ?? "",
                "serverZone": parts.share.zones.localZone.name, "zones": context.zones.names,
                "idleMinutes": form?["idle_minutes"] ?? String(settings.sessionIdle.components.seconds / 60),
                "lengthHours": form?["length_hours"] ?? String(settings.sessionLength.components.seconds / 3600),
                "isSecondFactorDemanded": form.map { $0["second_factor"] == "1" } ?? settings.isSecondFactorDemanded,
                "listens": parts.configuration.phoneEvents != nil, "events": actionURLs(parts),
                "isLocal": parts.configuration.phoneEvents.map { $0.host == "localhost" || $0.host.hasPrefix("127.") }
                    ?? false,
                "callsOld": try parts.settings.oldPhoneAddressCalledAt() != nil,
            ], scripts: ["copy.js"], isProblem: problem != nil, parts, request, context)
    }

    /// The events of the phones' page “Action URL”, by the names that stand there.
    private static func actionURLs(_ parts: ServerParts) -> [[String: Any]] {
        guard let address = parts.configuration.phoneEventsURL else { return [] }
        let base = "\(address)\(PhoneEventParser.folder)\(parts.phoneSecret)/PHONE"
        let events = [
            ("Incoming Call", "incoming"), ("Outgoing Call", "outgoing"), ("Established Call", "connected"),
            ("Terminated Call", "ended"), ("Hold Call", "held"), ("UnHold Call", "resumed"), ("Off Hook", "off-hook"),
            ("On Hook", "on-hook"), ("Registered", "registered"), ("Unregistered", "unregistered"),
            ("Enable DND", "dnd-on"), ("Disable DND", "dnd-off"),
        ]
        return events.enumerated().map { index, event in
            ["id": "event-\(index)", "label": event.0, "url": "\(base)/\(event.1)?remote=$remote"]
        }
    }
}
