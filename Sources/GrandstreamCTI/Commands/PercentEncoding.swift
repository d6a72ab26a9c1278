/// Percent-encoding of everything but the unreserved characters of RFC 3986, section 2.3.
enum PercentEncoding {
    private static let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)

    static func encode(_ text: String) -> String {
        text.utf8.map { byte in
            unreserved.contains(byte) ? String(UnicodeScalar(byte)) : escape(byte)
        }.joined()
    }

    /// `%` and two upper-case hexadecimal digits.
    static func escape(_ byte: UInt8) -> String {
        let hexadecimal = String(byte, radix: 16, uppercase: true)
        return byte < 16 ? "%0" + hexadecimal : "%" + hexadecimal
    }
}
