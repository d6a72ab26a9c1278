import Foundation

/// Says of a connection, before a byte of a request leaves on it, why nothing may be sent: a clause, nil where it may. It gets the IP
/// addresses of both ends, as far as they are known; it is asked on an event loop and must not wait.
public typealias PeerCheck = @Sendable (_ peer: String?, _ own: String?) -> String?

/// Where a device is and how to speak to it.
public struct PhoneEndpoint: Sendable {
    /// What errors call this device.
    public var name: String
    /// Which functions and key names the device has.
    public var family: DeviceFamily
    /// Scheme, host and optional port, such as `http://192.0.2.10` or `https://[2001:db8::10]:8443`.
    public var address: URL
    /// The device's admin password.
    public var passcode: Passcode
    /// How the certificate is checked; without meaning for http.
    public var tls: TLSPolicy
    /// How long a connection may take to stand, TLS included. More than zero, at most an hour.
    public var connectTimeout: Duration
    /// How long the phone may be silent once it has the request. More than zero, at most an hour. A request as a whole
    /// never takes longer than both time-outs together.
    public var answerTimeout: Duration
    /// The longest answer that is read, in bytes of its body. At least 1.
    public var maximumAnswerBytes: Int
    /// Asked of each new connection, since a name may lead elsewhere by then; nil lets all pass.
    public var peerCheck: PeerCheck?

    /// Describes a device.
    ///
    /// - Parameters:
    ///   - name: What errors call it.
    ///   - family: Its family.
    ///   - address: `http` or `https`, a host, an optional port, and nothing else.
    ///   - passcode: Its admin password.
    ///   - tls: How an https certificate is checked.
    ///   - connectTimeout: More than zero, at most an hour.
    ///   - answerTimeout: More than zero, at most an hour.
    ///   - maximumAnswerBytes: At least 1.
    ///   - peerCheck: Asked of each new connection.
    /// - Throws: ``EndpointError`` with a sentence that says what to change.
    public init(
        name: String, family: DeviceFamily, address: URL, passcode: Passcode, tls: TLSPolicy = .system,
        connectTimeout: Duration = .seconds(2), answerTimeout: Duration = .seconds(5),
        maximumAnswerBytes: Int = 65_536, peerCheck: PeerCheck? = nil
    ) throws(EndpointError) {
        self.name = name
        self.family = family
        self.address = address
        self.passcode = passcode
        self.tls = tls
        self.connectTimeout = connectTimeout
        self.answerTimeout = answerTimeout
        self.maximumAnswerBytes = maximumAnswerBytes
        self.peerCheck = peerCheck
        try validate()
    }

    /// Holds the endpoint to the rules of its properties, which are variables and may have been changed since.
    ///
    /// - Throws: ``EndpointError`` with a sentence that says what to change.
    public func validate() throws(EndpointError) {
        let scheme = address.scheme?.lowercased() ?? ""
        guard ["http", "https"].contains(scheme) else { throw .scheme(phone: name, scheme: scheme) }
        guard let components = URLComponents(url: address, resolvingAgainstBaseURL: false),
            let host = components.host, !host.isEmpty
        else { throw .host(phone: name) }
        if let port = components.port, !(1...65_535).contains(port) { throw .port(phone: name, port: port) }
        guard components.user == nil, components.password == nil else { throw .userInAddress(phone: name) }
        guard ["", "/"].contains(components.path), components.query == nil, components.fragment == nil else {
            throw .pathInAddress(phone: name)
        }
        if case .pinned(let fingerprint) = tls {
            guard scheme == "https" else { throw .pinWithoutTLS(phone: name) }
            guard CertificateFingerprint(hexadecimal: fingerprint) != nil else { throw .fingerprint(phone: name) }
        }
        let possible = Duration.nanoseconds(1)...Duration.seconds(3600)
        guard possible.contains(connectTimeout), possible.contains(answerTimeout) else {
            throw .timeout(phone: name)
        }
        guard maximumAnswerBytes > 0 else { throw .answerSize(phone: name, bytes: maximumAnswerBytes) }
    }
}
