import NetworkAddresses
import Testing

@Suite("Which addresses are spoken to") struct AddressGuardTests {
    @Test(
        "every spelling of an address is that address",
        arguments: [
            ("127.0.0.1", "127.0.0.1"), ("127.1", "127.0.0.1"), ("2130706433", "127.0.0.1"),
            ("0x7f000001", "127.0.0.1"), ("0177.0.0.1", "127.0.0.1"), ("0x7F.0.1", "127.0.0.1"),
            ("017700000001", "127.0.0.1"), ("127.0.0.1.", "127.0.0.1"), ("0", "0.0.0.0"), ("0x0", "0.0.0.0"),
            ("10.65535", "10.0.255.255"), ("4294967295", "255.255.255.255"), ("[::1]", "::1"),
            ("0:0:0:0:0:0:0:1", "::1"), ("FE80::1%eth0", "fe80::1"), ("[fe80::1%25eth0]", "fe80::1"),
            ("::FFFF:7f00:1", "::ffff:127.0.0.1"),
        ])
    func spellings(text: String, usual: String) {
        #expect(IPAddress(text)?.description == usual)
    }

    @Test(
        "a text that is no address is none",
        arguments: [
            "", ".", "phone.example", "256.1.1.1", "1.2.3.4.5", "1.2.3.256", "4294967296", "08.1.1.1", "0xg", "-1",
            "+1", "1..2", "::1::", "1.2.3.4 ", "١٢٧.0.0.1",
        ])
    func none(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(
        "each range has its name",
        arguments: [
            ("0.0.0.0", AddressRange.unspecified), ("0.1.2.3", .unspecified), ("::", .unspecified),
            ("127.255.0.9", .loopback), ("::1", .loopback), ("169.254.1.1", .linkLocal), ("fe80::1", .linkLocal),
            ("febf::1", .linkLocal), ("fec0::1", .privateUse), ("169.254.169.254", .metadata),
            ("100.100.100.200", .metadata), ("168.63.129.16", .metadata), ("fd00:ec2::254", .metadata),
            ("10.1.2.3", .privateUse), ("172.16.0.1", .privateUse), ("172.31.255.255", .privateUse),
            ("172.32.0.1", .public), ("192.168.9.9", .privateUse), ("100.64.0.1", .shared), ("100.127.255.1", .shared),
            ("100.128.0.1", .public), ("fc00::1", .uniqueLocal), ("fd12::1", .uniqueLocal), ("224.0.0.1", .multicast),
            ("239.255.255.255", .multicast), ("ff02::1", .multicast), ("255.255.255.255", .broadcast),
            ("240.0.0.1", .reserved), ("192.0.0.8", .reserved), ("192.0.2.10", .public), ("8.8.8.8", .public),
            ("2001:db8::1", .public), ("4000::1", .reserved),
        ])
    func ranges(text: String, range: AddressRange) throws {
        #expect(AddressRange(try #require(IPAddress(text))) == range)
    }

    @Test(
        "an address of IPv6 is judged by the address of IPv4 that it leads to",
        arguments: [
            "::ffff:192.0.2.7", "::192.0.2.7", "64:ff9b::192.0.2.7", "64:ff9b:1::192.0.2.7",
            "64:ff9b:1:c000:2:700::", "2002:c000:207::1", "2001:0:c000:207::1", "2001:0:1:1:0:0:3fff:fdf8",
            "fe80::5efe:192.0.2.7", "2001:db8::200:5efe:192.0.2.7", "::ffff:0:192.0.2.7",
        ])
    func leadsTo(text: String) throws {
        let address = try #require(IPAddress(text))
        let inner = try #require(IPAddress("192.0.2.7"))
        #expect(address.meanings.contains(inner))
        let phone = AddressGuard.webhooks(phones: [.init(address: inner, port: 80)])
        #expect(phone.refusal(of: address, port: 443) != nil)
    }

    @Test(
        "neither a phone nor a webhook is at an address that no machine has, or that tells secrets, however it is written",
        arguments: [
            "0.0.0.0", "0", "0.1", "::", "::ffff:0.0.0.0", "64:ff9b::0.0.0.0", "224.0.0.1", "ff02::1",
            "255.255.255.255", "240.0.0.1", "169.254.169.254", "0xa9fea9fe", "2852039166", "::ffff:169.254.169.254",
            "::169.254.169.254", "64:ff9b::169.254.169.254", "2002:a9fe:a9fe::1", "fd00:ec2::254", "::10.0.0.1",
        ])
    func nowhere(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(AddressGuard.phones(allowsLocal: true).refusal(of: address, port: 80)?.isOfLocality == false)
        #expect(AddressGuard.webhooks(phones: []).refusal(of: address, port: 80) != nil)
    }

    @Test(
        "a phone is at a near address only where that is allowed",
        arguments: [
            "127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "0x7f.1", "64:ff9b::127.0.0.1", "2002:7f00:1::1",
            "169.254.7.7", "fe80::7%eth0", "::ffff:169.254.7.7", "203.0.113.5", "::ffff:203.0.113.5", "2001:db8::5",
        ])
    func near(text: String) throws {
        let address = try #require(IPAddress(text))
        let own = Set(["203.0.113.5", "2001:db8::5"].compactMap(IPAddress.init))
        let refusal = AddressGuard.phones(allowsLocal: false, own: own).refusal(of: address, port: 80)
        #expect(refusal?.isOfLocality == true)
        #expect(AddressGuard.phones(allowsLocal: true, own: own).refusal(of: address, port: 80) == nil)
    }

    @Test("a connection that begins where it ends is this computer's own, whatever is known of its addresses")
    func itself() throws {
        let guarding = AddressGuard.phones(allowsLocal: false)
        #expect(guarding.refusal(ofPeer: "203.0.113.5", port: 80, from: "203.0.113.5") != nil)
        #expect(guarding.refusal(ofPeer: "::ffff:203.0.113.5", port: 80, from: "203.0.113.5") != nil)
        #expect(guarding.refusal(ofPeer: "203.0.113.6", port: 80, from: "203.0.113.5") == nil)
        #expect(guarding.refusal(ofPeer: nil, port: 80, from: "203.0.113.5") != nil)
        #expect(
            AddressGuard.phones(allowsLocal: true).refusal(ofPeer: "203.0.113.5", port: 80, from: "203.0.113.5") == nil)
    }

    @Test(
        "phones and webhooks may be anywhere else, inside a company as well",
        arguments: [
            "10.0.0.7", "172.20.1.1", "192.168.1.20", "100.64.3.3", "fd12:3456::7", "192.0.2.10", "8.8.8.8",
            "2001:db8::7",
        ])
    func allowed(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(AddressGuard.phones(allowsLocal: false).refusal(of: address, port: 80) == nil)
        #expect(AddressGuard.webhooks(phones: []).refusal(of: address, port: 80) == nil)
    }

    @Test("a webhook reaches what shares loopback with a virtual phone, but not the phone")
    func sharedLoopback() throws {
        let loopback = try #require(IPAddress("127.0.0.1"))
        let guarding = AddressGuard.webhooks(phones: [.init(address: loopback, port: 5000)])
        #expect(guarding.refusal(of: loopback, port: 5000) != nil)
        #expect(guarding.refusal(of: loopback, port: 5001) == nil)
        let far = try #require(IPAddress("192.0.2.9"))
        let phone = AddressGuard.webhooks(phones: [.init(address: far, port: 80)])
        #expect(phone.refusal(of: far, port: 8080) != nil)
    }

    @Test("one refused address of several refuses the name")
    func names() throws {
        let addresses = ["192.0.2.1", "127.0.0.1"].compactMap(IPAddress.init)
        #expect(AddressGuard.phones(allowsLocal: false).refusal(of: addresses, port: 80) != nil)
    }

    @Test("the system reads spellings of this computer as this computer", arguments: ["127.1", "2130706433", "[::1]"])
    func lookup(host: String) throws {
        let found = AddressLookup.addresses(of: host)
        #expect(found.count == 1)
        #expect(AddressGuard.phones(allowsLocal: false).refusal(of: found, port: 80)?.isOfLocality == true)
        #expect(try AddressLookup.own().contains { AddressRange($0) == .loopback })
    }

    @Test("host and port of an address are read alike, however it is written")
    func webAddresses() {
        #expect(WebAddress("http://Phone.example./") == WebAddress("http://phone.example:80"))
        #expect(WebAddress("https://[FE80::1]")?.host == "fe80::1")
        #expect(WebAddress("https://a")?.port == 443)
        #expect(WebAddress("ftp://a") == nil)
    }
}
