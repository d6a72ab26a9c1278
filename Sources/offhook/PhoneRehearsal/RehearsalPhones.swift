import CampaignStore
import Campaigns
import Dialer
import PhoneSimulator

/// The virtual phones of a rehearsal: in place of each real one that serves the campaign one of the same family, name and dial plan.
struct RehearsalPhones {
    /// Stations where none are configured.
    static let fallback = 4
    static let most = 500
    /// The variable that their passcode is read from, so that no key file is needed for it; it is set for the engine alone.
    static let passcodeVariable = "OFFHOOK_REHEARSAL_PASSCODE"
    /// How long a person at a phone talks at most, as in the demo.
    static let talk = 25.0

    /// The settings of each phone; its address is still to come.
    private(set) var devices: [DeviceSettings]

    /// The stations by name, in order.
    var stations: [String] { devices.flatMap { $0.stationNames.map(\.name) } }

    /// Chooses the stations that serve a campaign.
    ///
    /// - Parameters:
    ///   - configured: the real phones.
    ///   - wanted: how many stations there are to be, 1 to ``most``; nil for as many as serve the campaign.
    /// - Throws: `CommandFailure` where none serves it, or its file names the stations and there are to be more.
    init(configured: [StoredDevice], serving campaign: Campaign, wanted: Int?) throws {
        let serving = configured.reduce(0) { count, device in
            count + device.stations.count { StationHolds.serves(campaign, $0.name) }
        }
        if wanted == nil, serving == 0, !configured.isEmpty {
            throw CommandFailure(
                "No station serves the campaign “\(campaign.name)”: its “stations” are \(campaign.stations.joined(separator: ", ")). "
                    + "Change them, or say how many virtual stations there are to be: --stations 4.")
        }
        let count = wanted ?? (serving == 0 ? Self.fallback : serving)
        var left = count
        devices = []
        for device in configured where left > 0 {
            let chosen = device.stations.filter { StationHolds.serves(campaign, $0.name) }.prefix(left)
            guard !chosen.isEmpty else { continue }
            left -= chosen.count
            devices.append(Self.settings(of: device, handsets: chosen.compactMap(\.handset)))
        }
        let taken = Set(configured.flatMap { device in [device.name] + device.stations.map(\.name) })
        devices += try Self.further(left, serving: campaign, besides: taken, has: count - left)
    }

    /// The same without what belongs to the real phone alone: its address, passcode, certificate, account and words.
    private static func settings(of device: StoredDevice, handsets: [Int]) -> DeviceSettings {
        DeviceSettings(
            name: device.name, family: device.family, address: "", passcode: .environment(passcodeVariable),
            dialWith: device.dialWith, trunk: device.trunk, handsets: handsets, dial: device.dial)
    }

    private static func further(
        _ count: Int, serving campaign: Campaign, besides taken: Set<String>, has: Int
    ) throws -> [DeviceSettings] {
        guard count > 0 else { return [] }
        let names = (1...(count + taken.count)).lazy.compactMap { index -> String? in
            let name = "rehearsal-\(index)"
            guard !campaign.stations.isEmpty else { return name }
            return campaign.stations.lazy.map { $0.replacing("*", with: name) }
                .first { StationHolds.serves(campaign, $0) && $0.contains(name) }
        }.filter { !taken.contains($0) }.prefix(count)
        guard names.count == count else {
            throw CommandFailure(
                "--stations: the campaign “\(campaign.name)” names its stations (\(campaign.stations.joined(separator: ", "))), and "
                    + "\(has) of them are configured; write \(max(has, 1)) at most, or change “stations” in its file.")
        }
        return names.map {
            DeviceSettings(name: $0, family: .gxp, address: "", passcode: .environment(passcodeVariable))
        }
    }

    /// What the simulator is to start.
    func specs(passcode: String) -> [SimulatedPhoneSpec] {
        var behaviour = PhoneBehaviour()
        behaviour.agentHangsUpAfter = Self.talk
        return devices.map { device in
            device.family == .gxp
                ? .gxp(name: device.name, passcode: passcode, behaviour: behaviour)
                : .dp(
                    name: device.name, handsets: device.handsets.max() ?? 1, passcode: passcode, behaviour: behaviour)
        }
    }

    /// The phones at the addresses where they run.
    func settings(running phones: [RunningPhone]) -> [DeviceSettings] {
        let addresses = Dictionary(uniqueKeysWithValues: phones.map { ($0.name, $0.address) })
        return devices.map { device in
            var device = device
            device.address = addresses[device.name] ?? ""
            device.mayBeLocal = true
            return device
        }
    }
}
