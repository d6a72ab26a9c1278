import Foundation

/// One device and its stations: a GXP phone has one, a DP base one for each paired handset.
struct DeviceModel: Sendable {
    /// The guide: "admin level password set to default (passcode=admin)". RESET brings it back.
    static let factoryPasscode = "admin"
    /// The guide shows ten lines a handset; a base has as many accounts.
    static let accounts = 1...10

    let family: SimulatedFamily
    var passcode: String
    var stations: [StationModel]

    init(_ spec: SimulatedPhoneSpec) {
        family = spec.family
        passcode = spec.passcode
        let count = spec.family == .gxp ? 1 : spec.handsets
        stations = Array(repeating: StationModel(lines: spec.lines), count: count)
    }

    /// Handsets that the base has places for, from 1, paired or not.
    var handsetPlaces: ClosedRange<Int> {
        1...max(5, stations.count)
    }

    /// Where the station of a paired handset stands in `stations`.
    func station(ofHandset handset: Int?) -> Int? {
        switch family {
        case .gxp: handset == nil ? 0 : nil
        case .dp: handset.flatMap { stations.indices.contains($0 - 1) ? $0 - 1 : nil }
        }
    }

    /// The handset of a station; nil on a GXP phone.
    func handset(ofStation index: Int) -> Int? {
        family == .gxp ? nil : index + 1
    }

    var nextDeadline: Date? {
        stations.lazy.compactMap(\.nextDeadline).min()
    }

    mutating func advance(to now: Date, in context: CallContext) {
        for index in stations.indices { stations[index].advance(to: now, in: context) }
    }

    mutating func losePower(at now: Date) {
        for index in stations.indices { stations[index].losePower(at: now) }
    }

    /// What RESET does: default settings, so the passcode is the factory's and DND and keypad locks are off.
    mutating func restoreFactorySettings() {
        passcode = Self.factoryPasscode
        for index in stations.indices {
            stations[index].doNotDisturb = false
            stations[index].keypadLocked = false
            stations[index].headset = false
        }
    }
}
