/// What kind of network an address belongs to.
public enum AddressRange: String, Sendable, Hashable, CaseIterable {
    /// `0.0.0.0/8` and `::`: no address of a machine; systems take it for their own.
    case unspecified
    /// `127.0.0.0/8`, `::1`: this computer.
    case loopback
    /// `169.254.0.0/16`, `fe80::/10`: the cable that this computer hangs on.
    case linkLocal = "link_local"
    /// Where clouds tell their machines secrets.
    case metadata
    /// `10.0.0.0/8`, `172.16.0.0/12`, `192.168.0.0/16`, `fec0::/10`: a company's own network.
    case privateUse = "private"
    /// `fc00::/7`: the same for IPv6.
    case uniqueLocal = "unique_local"
    /// `100.64.0.0/10`: between a carrier and its customers (CGNAT), and in overlay networks.
    case shared
    /// `224.0.0.0/4`, `ff00::/8`: many machines at once.
    case multicast
    /// `255.255.255.255`.
    case broadcast
    /// Set aside; no machine has it.
    case reserved
    /// Anything else.
    case `public`

    /// The range of an address taken for itself; what it leads to is in ``IPAddress/meanings``.
    public init(_ address: IPAddress) {
        self = address.bytes.count == 4 ? Self.version4(address.bytes) : Self.version6(address)
    }

    private static func version4(_ bytes: [UInt8]) -> AddressRange {
        if metadata4.contains(bytes) { return .metadata }
        switch (bytes[0], bytes[1]) {
        case (0, _): return .unspecified
        case (10, _), (172, 16...31), (192, 168): return .privateUse
        case (100, 64...127): return .shared
        case (127, _): return .loopback
        case (169, 254): return .linkLocal
        case (192, 0): return bytes[2] == 0 ? .reserved : .public
        case (224...239, _): return .multicast
        case (240..., _): return bytes.allSatisfy { $0 == 255 } ? .broadcast : .reserved
        default: return .public
        }
    }

    private static func version6(_ address: IPAddress) -> AddressRange {
        let bytes = address.bytes
        if address == IPAddress.unspecified6 { return .unspecified }
        if address == IPAddress.loopback6 { return .loopback }
        if metadata6.contains(bytes) { return .metadata }
        switch (bytes[0], bytes[1]) {
        case (0xff, _): return .multicast
        case (0xfe, 0x80...0xbf): return .linkLocal
        case (0xfe, 0xc0...): return .privateUse
        case (0xfc...0xfd, _): return .uniqueLocal
        case (0x20...0x3f, _): return .public
        // What a translator reaches is judged by the IPv4 address within.
        case (0, 0x64): return .public
        default: return .reserved
        }
    }

    /// Of Amazon and most others, of Alibaba, of Azure.
    private static let metadata4: [[UInt8]] = [[169, 254, 169, 254], [100, 100, 100, 200], [168, 63, 129, 16]]
    /// `fd00:ec2::254` of Amazon, `fd20:ce::254` of Google.
    private static let metadata6: [[UInt8]] = [
        [0xfd, 0x00, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54],
        [0xfd, 0x20, 0x00, 0xce, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54],
    ]
}
