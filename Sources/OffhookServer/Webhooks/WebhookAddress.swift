import CampaignStore
import Campaigns
@preconcurrency import Dispatch
import Foundation
import NIOCore

/// Where webhooks may go: anywhere by http or https, inside the company as well, but never to a phone or to an address of the link alone.
///
/// A phone's interface acts on plain requests; nobody who only keeps webhooks may reach it through the server.
enum WebhookAddress {
    static let mostCharacters = 2000

    /// An address as it is stored.
    ///
    /// - Throws: ``Problem`` 422 where it cannot be one.
    static func checked(_ text: String, _ store: CampaignStore) async throws -> String {
        guard let parsed = parse(text) else {
            throw Problem.invalid([
                "url":
                    "“url” is an address such as https://crm.example/hooks/offhook, without a user, a password or a fragment."
            ])
        }
        if let refusal = try await refusal(parsed, store) { throw Problem.invalid(["url": refusal]) }
        return text
    }

    /// Why an address is not sent to now, a sentence; nil where it is. Names are looked up anew each time.
    static func refusal(_ text: String, _ store: CampaignStore) async throws -> String? {
        guard let parsed = parse(text) else { return "The address cannot be read." }
        return try await refusal(parsed, store)
    }

    private static func refusal(_ target: Target, _ store: CampaignStore) async throws -> String? {
        let phones = try store.devices().compactMap { parse($0.address) }
        return await onQueue {
            let hosts = addresses(of: target)
            if hosts.contains(where: isLinkLocal) {
                return "An address of the link alone (169.254.0.0/16, fe80::/10) is not sent to."
            }
            for phone in phones {
                let isSame = phone.host == target.host || !hosts.isDisjoint(with: addresses(of: phone))
                // Several things answer on one loopback address, virtual phones among them.
                let isOneMachine = hosts.contains(where: isLoopback) || target.host == "localhost"
                if isSame, !isOneMachine || phone.port == target.port {
                    return "The address is a phone's; webhooks are never sent to phones."
                }
            }
            return nil
        }
    }

    private struct Target: Sendable {
        let host: String
        let port: Int
    }

    private static func parse(_ text: String) -> Target? {
        guard text.count <= mostCharacters, text.allSatisfy({ $0.isASCII && !$0.isWhitespace && $0 != "\\" }),
            let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = parts.host, !host.isEmpty, parts.user == nil,
            parts.password == nil, parts.fragment == nil, (1...65_535).contains(parts.port ?? 1)
        else { return nil }
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        return Target(host: bare.lowercased(), port: parts.port ?? (scheme == "https" ? 443 : 80))
    }

    /// The IP addresses of a host; none where its name leads nowhere.
    private static func addresses(of target: Target) -> Set<String> {
        var hints = addrinfo()
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(target.host, nil, &hints, &found) == 0 else { return [] }
        defer { freeaddrinfo(found) }
        var result: Set<String> = []
        var next = found
        while let entry = next {
            var name = [CChar](repeating: 0, count: 64)
            if getnameinfo(
                entry.pointee.ai_addr, entry.pointee.ai_addrlen, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST)
                == 0
            {
                let text = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
                result.insert(plain(text))
            }
            next = entry.pointee.ai_next
        }
        return result
    }

    /// An IPv4 address within IPv6 is the IPv4 address.
    private static func plain(_ address: String) -> String {
        let bare = String(address.prefix { $0 != "%" }).lowercased()
        return bare.hasPrefix("::ffff:") && bare.contains(".") ? String(bare.dropFirst(7)) : bare
    }

    private static func isLinkLocal(_ address: String) -> Bool {
        address.hasPrefix("169.254.") || ["fe8", "fe9", "fea", "feb"].contains(String(address.prefix(3)))
    }

    private static func isLoopback(_ address: String) -> Bool { address.hasPrefix("127.") || address == "::1" }

    /// Looking up names waits for the network, which no thread of the server's may.
    private static let queue = DispatchQueue(label: "offhook.webhook-addresses", attributes: .concurrent)

    private static func onQueue<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }
}
