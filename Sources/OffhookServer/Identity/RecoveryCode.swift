import Foundation

/// Codes for whoever lost the app of their second factor, each used once.
enum RecoveryCode {
    static let count = 10

    /// New codes, such as `k4vq-2mzr-7wsa-p3xd`. Each has 80 bits, so that its SHA-256 can be stored as it is: nobody tries them all.
    static func make() -> [String] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in
            let bytes = (0..<10).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            return TimeCode.grouped(Base32.encode(bytes)).lowercased().replacing(" ", with: "-")
        }
    }

    /// What is stored of a code, however it was typed.
    static func hash(of typed: String) -> Data {
        SecretText.hash(of: typed.uppercased().filter { $0.isLetter || $0.isNumber })
    }
}
