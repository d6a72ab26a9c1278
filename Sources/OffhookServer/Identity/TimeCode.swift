import Campaigns
import Crypto
import Foundation

/// Codes that an app makes of a shared secret and the time: TOTP of RFC 6238 with HMAC-SHA-1, 30 s and 6 digits, which every
/// authenticator app knows.
enum TimeCode {
    static let period: Int64 = 30
    static let digits = 6
    /// How many steps before and after the present one are taken: clocks differ, and typing takes a while.
    static let tolerance: Int64 = 1

    /// A new secret: 160 bits, as long as the hash, in base32.
    static func newSecret() -> String {
        var generator = SystemRandomNumberGenerator()
        return Base32.encode((0..<20).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// The step of 30 s that an instant is in.
    static func step(at now: Instant) -> Int64 { now.wholeSeconds / period }

    /// The code of a step: HOTP of RFC 4226, section 5.3.
    ///
    /// - Parameter digits: 6 to 8.
    static func code(_ secret: [UInt8], step: Int64, digits: Int = TimeCode.digits) -> String {
        let counter = withUnsafeBytes(of: step.bigEndian) { Data($0) }
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(mac[mac.count - 1] & 0x0f)
        let bits = mac[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
        let modulus = (0..<digits).reduce(UInt32(1)) { value, _ in value * 10 }
        let text = String(bits % modulus)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// The steps around now whose code a typed one is, the present one first.
    ///
    /// - Parameter secret: in base32.
    static func steps(of typed: String, secret: String, at now: Instant) -> [Int64] {
        guard let secret = Base32.decode(secret) else { return [] }
        let present = step(at: now)
        return [0, -tolerance, tolerance].map { present + $0 }.filter { step in
            SecretText.areEqual(code(secret, step: step), typed)
        }
    }

    /// What an app reads, by a QR code or by a link (the key URI format of Google Authenticator).
    static func address(secret: String, userName: String) -> String {
        let name = userName.addingPercentEncoding(withAllowedCharacters: .alphanumerics.intersection(ascii)) ?? ""
        return "otpauth://totp/Offhook:\(name)?secret=\(secret)&issuer=Offhook"
    }

    private static let ascii = CharacterSet(charactersIn: "\u{0}"..."\u{7f}")

    /// A secret in groups of four, to type.
    static func grouped(_ text: String) -> String {
        let characters = Array(text)
        return stride(from: 0, to: characters.count, by: 4).map { start in
            String(characters[start..<min(start + 4, characters.count)])
        }.joined(separator: " ")
    }
}
