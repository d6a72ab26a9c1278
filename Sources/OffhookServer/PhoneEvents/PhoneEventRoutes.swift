import CampaignStore
import Dialer
import HTTPTypes
import Hummingbird
import Logging

/// The old address of the phones' Action URL, on the port of the web pages: it is gone, and whoever still calls it is told so.
enum PhoneEventRoutes {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get(
            "/phone-events/{secret}/{device}/{event}", .secretInPath,
            "the old address of the phones' Action URL, which has a listener of its own now"
        ) { _, context in
            // Only a phone of ours is worth a notice: anybody else could fill the page with it.
            if SecretText.areEqual(try context.path("secret"), parts.phoneSecret) { try parts.noteOldPhoneAddress() }
            throw Problem(
                .gone,
                "Phones' events have a listener of their own. Copy the URLs from Settings to the phones again.",
                code: "gone")
        }
    }
}

extension ServerParts {
    /// Whether an event is ours, and a phone of that name looked at.
    @Sendable func hear(_ event: PhoneEvent) async -> Bool {
        guard SecretText.areEqual(event.secret, phoneSecret) else { return false }
        return await engine.pollNow(device: event.device)
    }

    /// Writes down, once for each secret, that phones still call the old address.
    fileprivate func noteOldPhoneAddress() throws {
        guard try settings.noteOldPhoneAddress(at: now()) else { return }
        try store.audit(
            "phone_events_old_address", by: nil, from: "", subject: nil,
            detail: "a phone called the old address of the Action URL", at: now())
        logger.of(.web).warning(
            "A phone calls the old address of the Action URL, which is not heard: start offhook serve with --phone-events-port, and copy the URLs from Settings to the phones again."
        )
    }
}
