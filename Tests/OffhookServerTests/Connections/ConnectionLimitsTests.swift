import Testing

@testable import OffhookServer

@Suite("Limits of connections") struct ConnectionLimitsTests {
    @Test(
        "whatever the system allows, connections leave the engine, its phones and its database what they need",
        arguments: [256, 1024, 4096, 65_536, 524_288], [0, 6, 30])
    func reserve(descriptors: Int, phones: Int) {
        let limits = ConnectionLimits(descriptors: descriptors, phones: phones)
        #expect(limits.total >= 1)
        #expect(limits.total <= 4096)
        #expect(limits.perAddress <= limits.total)
        let left = descriptors - limits.total
        #expect(left >= min(96 + 4 * phones, descriptors * 7 / 8), "\(limits)")
        #expect(limits.spare > 0 && limits.spare <= left)
    }

    @Test("what an administrator wants is taken as far as it fits")
    func wanted() {
        let few = ConnectionLimits(descriptors: 524_288, phones: 10, total: 50, perAddress: 7)
        #expect(few.total == 50)
        #expect(few.perAddress == 7)
        let many = ConnectionLimits(descriptors: 256, phones: 6, total: 5000, perAddress: 5000)
        #expect(many.total == 256 - 96 - 24)
        #expect(many.perAddress == many.total)
        #expect(ConnectionLimits(descriptors: 524_288, phones: 10, total: 20_000).total == 20_000)
    }

    @Test("an office behind one address has room for its desks, and one address has not all")
    func address() {
        #expect(ConnectionLimits(descriptors: 524_288, phones: 10).perAddress == 512)
        #expect(ConnectionLimits(descriptors: 1024, phones: 20).perAddress < 1024 / 4)
        #expect(ConnectionLimits(descriptors: 256, phones: 6).perAddress == 32)
    }
}

@Suite("Where an address counts") struct ClientNetworkTests {
    @Test("an IPv4 address counts by itself, also in the clothes of IPv6")
    func four() {
        #expect(ClientNetwork.key(of: "192.0.2.7") == "192.0.2.7")
        #expect(ClientNetwork.key(of: "::ffff:192.0.2.7") == "192.0.2.7")
        #expect(ClientNetwork.key(of: "::ffff:c000:207") == "192.0.2.7")
        #expect(ClientNetwork.key(of: "unknown") == "unknown")
    }

    @Test("of IPv6 the network of 64 bits counts, however the address is written")
    func six() {
        let key = ClientNetwork.key(of: "2001:db8:0:1::7")
        #expect(key == "2001:db8:0:1::/64")
        #expect(ClientNetwork.key(of: "2001:0DB8:0000:0001:ffff:1:2:3") == key)
        #expect(ClientNetwork.key(of: "2001:db8:0:2::7") != key)
        #expect(ClientNetwork.key(of: "fe80::1%eth0") == ClientNetwork.key(of: "fe80::2"))
        #expect(ClientNetwork.key(of: "::1") == "0:0:0:0::/64")
    }
}
