import Campaigns
import GRDB

/// What applying a file would do to one device.
public struct DevicePreview: Sendable, Hashable {
    /// What happens to it.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case added, updated, unchanged, removed
    }

    public var name: String
    public var kind: Kind
    /// What differs, each as a phrase: `address: http://192.0.2.1 to http://192.0.2.2`. A passcode is never shown.
    public var differences: [String]
}

extension CampaignStore {
    /// What ``applyDevices(_:keepingOthers:at:)`` would do, device by device: those of the file in its order, then those that
    /// it would remove. Nothing is changed.
    ///
    /// - Throws: `StoreError.refused` where a device that stays has the address of one of the file.
    public func previewDevices(_ devices: [DeviceSettings], keepingOthers: Bool = false) throws -> [DevicePreview] {
        try read { database in
            if keepingOthers { try Self.refuseTwins(of: devices, database) }
            var previews = try devices.map { try preview($0, database) }
            let names = Set(devices.map(\.name))
            let stored = try String.fetchAll(
                database, sql: "SELECT name FROM devices WHERE removed_at IS NULL ORDER BY name")
            for name in stored where !keepingOthers && !names.contains(name) {
                let stations = try stationRows(database, device: name).sorted()
                previews.append(
                    DevicePreview(
                        name: name, kind: .removed, differences: ["stations: \(stations.joined(separator: ", "))"]))
            }
            return previews
        }
    }

    /// Two names for one phone would let it get two calls at once.
    static func refuseTwins(of devices: [DeviceSettings], _ database: Database) throws {
        let names = Set(devices.map(\.name))
        for row in try Row.fetchAll(database, sql: "SELECT name, address FROM devices WHERE removed_at IS NULL") {
            let name = row["name"] as String
            guard !names.contains(name), let twin = devices.first(where: { $0.address == row["address"] as String })
            else { continue }
            throw StoreError.refused(
                "“\(twin.name)” has the same address as “\(name)”, which is there already; one device must stand once.")
        }
    }

    private func preview(_ device: DeviceSettings, _ database: Database) throws -> DevicePreview {
        let row = try Row.fetchOne(
            database, sql: "SELECT * FROM devices WHERE name = ? AND removed_at IS NULL", arguments: [device.name])
        let names = device.stationNames.map(\.name)
        guard let row else {
            return DevicePreview(
                name: device.name, kind: .added,
                differences: [
                    "\(device.family.rawValue) at \(device.address)", "stations: \(names.joined(separator: ", "))",
                ])
        }
        let values = try columns(of: device, former: row)
        var differences: [String] = []
        for (column, word) in [
            ("family", "family"), ("address", "address"), ("dial_with", "dials with"),
            ("account", "account"), ("trunk", "trunk"),
        ] {
            let former = row[column] as DatabaseValue
            guard let value = values[column], value != former else { continue }
            differences.append("\(word): \(Self.text(former)) to \(Self.text(value))")
        }
        if values["settings"] != row["settings"] as DatabaseValue {
            differences.append("dial plan, words of lines, certificate, or whether it may be a local address")
        }
        if values["passcode"] != row["passcode"] as DatabaseValue
            || values["passcode_kind"] != row["passcode_kind"] as DatabaseValue
        {
            differences.append("passcode")
        }
        let before = try stationRows(database, device: device.name)
        let added = names.filter { !before.contains($0) }
        let removed = before.subtracting(names).sorted()
        if !added.isEmpty { differences.append("adds \(added.joined(separator: ", "))") }
        if !removed.isEmpty { differences.append("takes away \(removed.joined(separator: ", "))") }
        return DevicePreview(
            name: device.name, kind: differences.isEmpty ? .unchanged : .updated, differences: differences)
    }

    private static func text(_ value: DatabaseValue) -> String {
        switch value.storage {
        case .string(let text): text
        case .int64(let number): String(number)
        default: "none"
        }
    }
}
