import Campaigns
import NetworkAddresses

/// Phones at loopback, link-local and this computer's own addresses: a passcode that is sent there tells it to whatever listens. They
/// are taken only where whoever runs the program allows it.
public enum LocalPhones {
    /// The devices of a file as they may be applied, and what forbids some of them, each a sentence. Names are looked up; each
    /// connection is looked at again.
    ///
    /// - Parameters:
    ///   - allowed: whether phones may be local.
    ///   - known: names of phones whose address stays as it is, and that were allowed to be local already.
    /// - Throws: `LookupFailure`.
    public static func admit(
        _ devices: [DeviceSettings], allowed: Bool, known: Set<String> = []
    ) async throws -> (devices: [DeviceSettings], problems: [String]) {
        try await AddressLookup.onQueue {
            let own = try AddressLookup.own()
            var admitted: [DeviceSettings] = []
            var problems: [String] = []
            for var device in devices {
                let isAllowed = allowed || known.contains(device.name)
                let address = WebAddress(device.address)
                let found = address.map { AddressLookup.addresses(of: $0.host) } ?? []
                let port = address?.port ?? 0
                let refusal = AddressGuard.phones(allowsLocal: false, own: own).refusal(of: found, port: port)
                let always = AddressGuard.phones(allowsLocal: true).refusal(of: found, port: port)
                if let refusal = always ?? (isAllowed ? nil : refusal) {
                    problems.append(sentence(refusal, device))
                }
                // A name may lead to a local address another day; an address is what it is.
                device.mayBeLocal = isAllowed && (refusal != nil || address.flatMap { IPAddress($0.host) } == nil)
                admitted.append(device)
            }
            return (admitted, problems)
        }
    }

    private static func sentence(_ refusal: AddressGuard.Refusal, _ device: DeviceSettings) -> String {
        let advice =
            refusal.isOfLocality
            ? "phones are there only where Offhook was told so with --allow-local-phones"
            : "give the phone's own address"
        return "The address of phone “\(device.name)” cannot be used: \(refusal); \(advice)."
    }
}
