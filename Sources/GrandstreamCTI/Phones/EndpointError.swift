/// Why a device cannot be spoken to as it is described.
///
/// No case keeps the address itself: people paste a password into addresses.
public enum EndpointError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The address does not begin with `http://` or `https://`.
    case scheme(phone: String, scheme: String)
    /// The address has no host.
    case host(phone: String)
    /// The port is not 1 to 65535.
    case port(phone: String, port: Int)
    /// The address carries a user name or password.
    case userInAddress(phone: String)
    /// The address has a path, a query or a fragment.
    case pathInAddress(phone: String)
    /// A certificate is pinned, but the address is not https.
    case pinWithoutTLS(phone: String)
    /// The pinned fingerprint is not a SHA-256 in hexadecimal.
    case fingerprint(phone: String)
    /// A time-out is not above zero, or more than an hour.
    case timeout(phone: String)
    /// The answer limit is below one byte.
    case answerSize(phone: String, bytes: Int)

    /// One sentence: what is wrong, with which phone, what to do.
    public var description: String { "\(reason)." }

    /// The description as a clause, to stand in another sentence.
    var reason: String {
        switch self {
        case .scheme(let phone, let scheme):
            "\(phone): the address has the scheme “\(scheme)”; begin it with http:// or https://"
        case .host(let phone):
            "\(phone): the address has no host; write it like http://192.0.2.10"
        case .port(let phone, let port):
            "\(phone): port \(port) does not exist; use one from 1 to 65535"
        case .userInAddress(let phone):
            "\(phone): the address carries a user or password; remove it and give the passcode apart"
        case .pathInAddress(let phone):
            "\(phone): the address has more than a host and port; remove what follows them"
        case .pinWithoutTLS(let phone):
            "\(phone): a certificate is pinned, but the address is not https; change one of the two"
        case .fingerprint(let phone):
            "\(phone): the pinned fingerprint is not a SHA-256; give 64 hexadecimal digits, colons allowed"
        case .timeout(let phone):
            "\(phone): a time-out is not above zero, or more than an hour; give some seconds"
        case .answerSize(let phone, let bytes):
            "\(phone): an answer limit of \(bytes) bytes lets nothing through; give at least 1"
        }
    }
}
