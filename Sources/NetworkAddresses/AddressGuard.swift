/// Whether the program may speak to an address; one rule for phones and for webhooks, and a value without any look at the network.
public struct AddressGuard: Sendable, Hashable {
    /// Where something listens that must not be spoken to.
    public struct Listener: Sendable, Hashable {
        public var address: IPAddress
        public var port: Int

        /// A listener at one of its addresses.
        public init(address: IPAddress, port: Int) {
            self.address = address
            self.port = port
        }
    }

    /// Why an address is not spoken to.
    public enum Refusal: Sendable, Hashable, CustomStringConvertible {
        /// Its range, or that of an address which it leads to.
        case range(AddressRange, IPAddress)
        /// It is one of this computer's own.
        case own(IPAddress)
        /// A phone is there.
        case phone(IPAddress)

        /// A clause: `127.0.0.1 is this computer itself`.
        public var description: String {
            switch self {
            case .own(let address): "\(address) is an address of this computer itself"
            case .phone(let address): "\(address) is a phone's"
            case .range(let range, let address): "\(address) \(Self.words[range] ?? "is no address of a machine")"
            }
        }

        private static let words: [AddressRange: String] = [
            .loopback: "is this computer itself (loopback)", .linkLocal: "is of the link alone (link-local)",
            .metadata: "is where a cloud tells its machines secrets",
            .multicast: "is many machines at once (multicast)",
            .broadcast: "is every machine at once (broadcast)",
        ]

        /// Whether it is refused only for being near, so that an operator may allow it.
        public var isOfLocality: Bool {
            switch self {
            case .own, .range(.loopback, _), .range(.linkLocal, _): true
            case .range, .phone: false
            }
        }
    }

    /// Ranges that are refused beside those that no machine has.
    public var refusedRanges: Set<AddressRange>
    /// Addresses of this computer that are refused.
    public var own: Set<IPAddress>
    /// Whether an address is refused from which we would speak to ourselves.
    public var refusesItself: Bool
    /// Where phones listen.
    public var phones: Set<Listener>

    /// No machine that could be meant has one of these.
    public static let nowhere: Set<AddressRange> = [.unspecified, .multicast, .broadcast, .reserved, .metadata]

    private init(refusing ranges: Set<AddressRange>, own: Set<IPAddress>, refusesItself: Bool, phones: Set<Listener>) {
        refusedRanges = ranges
        self.own = own
        self.refusesItself = refusesItself
        self.phones = phones
    }

    /// The guard of phones.
    ///
    /// - Parameters:
    ///   - allowsLocal: whether a phone may be at loopback, link-local and this computer's own addresses.
    ///   - own: this computer's addresses, as far as the caller knows them.
    public static func phones(allowsLocal: Bool, own: Set<IPAddress> = []) -> AddressGuard {
        AddressGuard(
            refusing: allowsLocal ? [] : [.loopback, .linkLocal], own: allowsLocal ? [] : own,
            refusesItself: !allowsLocal, phones: [])
    }

    /// The guard of webhooks: inside the company as well, but never to a phone or to an address of the link alone.
    public static func webhooks(phones: Set<Listener>) -> AddressGuard {
        AddressGuard(refusing: [.linkLocal], own: [], refusesItself: false, phones: phones)
    }

    /// Why an address is not spoken to; nil where it is.
    ///
    /// - Parameters:
    ///   - port: at which it is to be spoken to.
    ///   - source: the address of ours that a connection to it has; nil where there is none yet.
    public func refusal(of address: IPAddress, port: Int, from source: IPAddress? = nil) -> Refusal? {
        for meaning in address.meanings {
            let range = AddressRange(meaning)
            if Self.nowhere.contains(range) || refusedRanges.contains(range) { return .range(range, meaning) }
            if own.contains(meaning) { return .own(meaning) }
            for phone in phones where phone.address.meanings.contains(meaning) {
                // Several things answer on one loopback address, virtual phones among them.
                if range != .loopback || phone.port == port { return .phone(meaning) }
            }
        }
        // The system speaks to its own addresses from these very addresses, and to no other machine.
        if refusesItself, let source, source.meanings.first == address.meanings.first { return .own(address) }
        return nil
    }

    /// The same for all addresses that a name leads to: one that is refused refuses the name.
    public func refusal(of addresses: some Sequence<IPAddress>, port: Int) -> Refusal? {
        for address in addresses.sorted(by: { $0.description < $1.description }) {
            if let refusal = refusal(of: address, port: port) { return refusal }
        }
        return nil
    }

    /// The same for the two ends of a connection, as texts; an end that cannot be read is refused.
    public func refusal(ofPeer peer: String?, port: Int, from source: String?) -> String? {
        guard let address = peer.flatMap(IPAddress.init) else { return "the address that was reached cannot be told" }
        return refusal(of: address, port: port, from: source.flatMap(IPAddress.init))?.description
    }
}
