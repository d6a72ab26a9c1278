import Crypto

/// The SHA-256 fingerprint of a certificate in DER form.
struct CertificateFingerprint: Sendable, Hashable, CustomStringConvertible {
    private let bytes: [UInt8]

    /// The fingerprint of a certificate given as DER bytes.
    init(certificate der: [UInt8]) {
        bytes = Array(SHA256.hash(data: der))
    }

    /// Reads 64 hexadecimal digits, with or without colons between them; nil for anything else.
    init?(hexadecimal text: String) {
        let digits = text.filter { $0 != ":" }
        guard digits.utf8.count == 2 * SHA256.byteCount else { return nil }
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in digits {
            guard digit.isASCII, let value = digit.hexDigitValue.map(UInt8.init) else { return nil }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        self.bytes = bytes
    }

    /// Upper-case pairs with colons, as `openssl x509 -fingerprint -sha256` prints it.
    var description: String {
        bytes.map { byte in
            let hexadecimal = String(byte, radix: 16, uppercase: true)
            return byte < 16 ? "0" + hexadecimal : hexadecimal
        }.joined(separator: ":")
    }
}
