/// How the certificate of a phone that is reached by https is checked.
public enum TLSPolicy: Sendable, Hashable {
    /// Against the system's trusted roots, with the host name. Phones are delivered with certificates that do not pass.
    case system
    /// Against the SHA-256 fingerprint of the certificate in DER form: 64 hexadecimal digits, colons allowed, any case.
    /// Nothing else is asked of the certificate: neither name, nor dates, nor issuer.
    case pinned(sha256: String)
    /// Not at all. Whoever can answer for the address can read the passcode.
    case doNotVerify
}
