import Testing

@testable import GrandstreamCTI

@Suite("A certificate's fingerprint")
struct CertificateFingerprintTests {
    /// SHA-256 of the empty string, FIPS 180-4.
    private let digits = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    @Test("is the same in lower case, upper case and with colons")
    func spellings() {
        let fingerprint = CertificateFingerprint(certificate: [])
        #expect(CertificateFingerprint(hexadecimal: digits) == fingerprint)
        #expect(CertificateFingerprint(hexadecimal: digits.uppercased()) == fingerprint)
        #expect(CertificateFingerprint(hexadecimal: fingerprint.description) == fingerprint)
    }

    @Test("prints as openssl does")
    func printing() {
        #expect(CertificateFingerprint(certificate: []).description.hasPrefix("E3:B0:C4:42:98:FC:1C:14:"))
    }

    @Test("is not read from digits of another script", arguments: ["٠", "a", "０"])
    func foreignDigits(digit: String) {
        #expect(CertificateFingerprint(hexadecimal: String(repeating: digit, count: 64)) == nil || digit == "a")
    }
}
