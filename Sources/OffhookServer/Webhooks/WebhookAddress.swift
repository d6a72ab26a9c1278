import CampaignStore
import Campaigns
import Foundation
import NetworkAddresses

/// Where webhooks may go: anywhere by http or https, inside the company as well, but never to a phone, to an address of the link alone,
/// or to one that no machine has.
///
/// A phone's interface acts on plain requests; nobody who only keeps webhooks may reach it through the server.
enum WebhookAddress {
    static let mostCharacters = 2000

    /// An address as it is stored.
    ///
    /// - Throws: ``Problem`` 422 where it cannot be one.
    static func checked(_ text: String, _ store: CampaignStore) async throws -> String {
        guard let target = parse(text) else {
            throw Problem.invalid([
                "url":
                    "“url” is an address such as https://crm.example/hooks/offhook, without a user, a password or a fragment."
            ])
        }
        if let refusal = try await look(at: target, store).refusal { throw Problem.invalid(["url": refusal]) }
        return text
    }

    /// What a look before sending showed.
    struct Look: Sendable {
        /// Why nothing is sent now, a sentence; nil where it is.
        var refusal: String?
        /// What the connection is held to that is made then, since a name may lead elsewhere by that time.
        var guarding: AddressGuard
    }

    /// Looks at an address before something is sent to it. Names are looked up anew each time.
    static func look(at text: String, _ store: CampaignStore) async throws -> Look {
        guard let target = parse(text) else {
            return Look(refusal: "The address cannot be read.", guarding: .webhooks(phones: []))
        }
        return try await look(at: target, store)
    }

    private static func look(at target: WebAddress, _ store: CampaignStore) async throws -> Look {
        let phones = try store.devices().compactMap { WebAddress($0.address) }
        return try await AddressLookup.onQueue {
            let listeners = phones.flatMap { phone in
                AddressLookup.addresses(of: phone.host).map {
                    AddressGuard.Listener(address: $0, port: phone.port)
                }
            }
            let guarding = AddressGuard.webhooks(phones: Set(listeners))
            let refusal = guarding.refusal(of: AddressLookup.addresses(of: target.host), port: target.port)
            // A phone's name is a phone's even while nobody can say where it leads.
            let isPhone = phones.contains { $0.host == target.host && ($0.host != "localhost" || $0 == target) }
            if isPhone, refusal == nil, !isSharedLoopback(target, phones) {
                return Look(refusal: phoneSentence, guarding: guarding)
            }
            return Look(refusal: refusal.map(sentence), guarding: guarding)
        }
    }

    /// Whether an address is loopback and no phone's port.
    private static func isSharedLoopback(_ target: WebAddress, _ phones: [WebAddress]) -> Bool {
        IPAddress(target.host).map { AddressRange($0) == .loopback } ?? false && !phones.contains(target)
    }

    private static let phoneSentence = "The address is a phone's; webhooks are never sent to phones."

    /// Why an address is refused.
    static func sentence(_ refusal: AddressGuard.Refusal) -> String {
        switch refusal {
        case .phone: phoneSentence
        case .range(.linkLocal, _), .range(.metadata, _):
            "An address of the link alone (169.254.0.0/16, fe80::/10), or one of a cloud's own, is not sent to."
        case .range, .own: "Nothing is sent to that address: \(refusal)."
        }
    }

    private static func parse(_ text: String) -> WebAddress? {
        guard text.count <= mostCharacters, text.allSatisfy({ $0.isASCII && !$0.isWhitespace && $0 != "\\" }),
            let parts = URLComponents(string: text), parts.user == nil, parts.password == nil, parts.fragment == nil
        else { return nil }
        return WebAddress(text)
    }
}
