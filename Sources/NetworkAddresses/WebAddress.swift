import Foundation

/// The host and port of an http or https address.
public struct WebAddress: Sendable, Hashable {
    /// In lower case, an IPv6 address without brackets, without the root's dot.
    public let host: String
    /// As written there, else the scheme's.
    public let port: Int

    /// Reads an address; nil where it has no such scheme or no host.
    public init?(_ text: String) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            scheme == "http" || scheme == "https", let host = parts.host, !host.isEmpty,
            (1...65_535).contains(parts.port ?? 1)
        else { return nil }
        var bare = host.hasPrefix("[") && host.hasSuffix("]") ? host.dropFirst().dropLast() : host[...]
        if bare.count > 1, bare.hasSuffix(".") { bare = bare.dropLast() }
        self.host = bare.lowercased()
        port = parts.port ?? (scheme == "https" ? 443 : 80)
    }
}
