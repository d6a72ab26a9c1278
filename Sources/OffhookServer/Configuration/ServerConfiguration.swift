import Campaigns
import Foundation

/// How the server is reached, and its limits.
public struct ServerConfiguration: Sendable {
    /// The certificate chain and its key, as PEM files.
    public struct TLSFiles: Sendable, Hashable {
        public var certificate: String
        public var key: String

        /// The two files.
        public init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// The address to listen on.
    public var host: String
    /// The port to listen on; 0 lets the system choose.
    public var port: Int
    public var tls: TLSFiles?
    /// Where phones' events are listened for; nil for nowhere.
    public var phoneEvents: PhoneEventListener.Address?
    /// The address that people type, where a proxy stands before the server; nil where they reach it as it listens.
    public var publicURL: URL?
    /// Addresses of proxies whose `X-Forwarded-For` is believed.
    public var trustedProxies: Set<String>
    /// The folder with `web/templates` and `web/static`.
    public var share: URL
    /// Chart.js as Debian's libjs-chart.js installs it.
    public var chartScript: String
    /// Most bytes of a request, other than an upload.
    public var bodyLimit: Int
    /// Most bytes of an upload.
    public var uploadLimit: Int
    /// How long a session may rest.
    public var sessionIdle: Duration
    /// How long a session lasts at most.
    public var sessionLength: Duration
    /// How long one-time links hold.
    public var linkLength: Duration
    public var passwords: PasswordHasher.Cost
    /// Whether pages and the interface may enter phones at loopback, link-local and this computer's own addresses.
    public var allowsLocalPhones = false
    /// Which references to passcodes pages and the interface may give.
    public var passcodeReferences = PasscodeReferences()
    /// Most connections at once; nil for as many as the limit of descriptors leaves room for.
    public var maxConnections: Int?
    /// Most connections of one address at once; nil for an eighth of all.
    public var maxConnectionsPerAddress: Int?

    /// A configuration; by default on this computer alone, port 8080, without TLS.
    public init(
        host: String = "127.0.0.1", port: Int = 8080, tls: TLSFiles? = nil,
        phoneEvents: PhoneEventListener.Address? = nil, publicURL: URL? = nil, trustedProxies: Set<String> = [],
        share: URL,
        chartScript: String = "/usr/share/javascript/chart.js/chart.min.js", bodyLimit: Int = 1 << 20,
        uploadLimit: Int = 512 << 20, sessionIdle: Duration = .seconds(12 * 3600),
        sessionLength: Duration = .seconds(7 * 24 * 3600), linkLength: Duration = .seconds(24 * 3600),
        passwords: PasswordHasher.Cost = .standard
    ) {
        self.host = host
        self.port = port
        self.tls = tls
        self.phoneEvents = phoneEvents
        self.publicURL = publicURL
        self.trustedProxies = trustedProxies
        self.share = share
        self.chartScript = chartScript
        self.bodyLimit = bodyLimit
        self.uploadLimit = uploadLimit
        self.sessionIdle = sessionIdle
        self.sessionLength = sessionLength
        self.linkLength = linkLength
        self.passwords = passwords
    }

    /// Whether browsers reach the server by https, so that cookies may be bound to it.
    public var isSecure: Bool { tls != nil || publicURL?.scheme == "https" }

    /// The address that people type, without a slash at its end.
    public var baseURL: String {
        if let publicURL {
            let text = publicURL.absoluteString
            return text.hasSuffix("/") ? String(text.dropLast()) : text
        }
        return "\(tls == nil ? "http" : "https")://\(Self.named(host, elsewhere: "localhost")):\(port)"
    }

    /// The address at which phones reach the listener of their events, without a slash at its end; nil where there is none.
    public var phoneEventsURL: String? {
        phoneEvents.map { events in
            "http://\(Self.named(events.host, elsewhere: publicURL?.host() ?? ProcessInfo.processInfo.hostName)):\(events.port)"
        }
    }

    /// A host as an address has it.
    ///
    /// - Parameter elsewhere: the name to use where the host stands for every address of this computer.
    private static func named(_ host: String, elsewhere: String) -> String {
        let name = ["0.0.0.0", "::", ""].contains(host) ? elsewhere : host
        return name.contains(":") && !name.hasPrefix("[") ? "[\(name)]" : name
    }
}
