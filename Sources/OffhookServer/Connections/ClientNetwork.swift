import Foundation

/// Where an address counts: an IPv4 address by itself, of IPv6 its network of 64 bits, since whoever has one address of it has all.
enum ClientNetwork {
    /// The key under which an address is counted; a text that is no address counts as it is.
    static func key(of address: String) -> String {
        var bytes = [UInt8](repeating: 0, count: 16)
        let plain = String(address.prefix { $0 != "%" })
        guard plain.contains(":"), inet_pton(AF_INET6, plain, &bytes) == 1 else { return address }
        // An IPv4 address in the clothes of IPv6, as a socket for both shows it.
        if bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff] {
            return bytes.suffix(4).map { String($0) }.joined(separator: ".")
        }
        let network = stride(from: 0, to: 8, by: 2).map { index in
            String(UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1]), radix: 16)
        }
        return network.joined(separator: ":") + "::/64"
    }
}
