import Campaigns
import Foundation
import GRDB
import PhoneNumbers
import SystemResources

extension CampaignStore {
    /// Makes the stored devices equal to a file: adds, updates, removes, and says which.
    ///
    /// - Parameter keepingOthers: whether devices that the file does not name stay.
    ///
    /// A device that is removed keeps its row, since attempts speak of its stations. Applying lifts a lock-out, because a
    /// person has just looked at the phones.
    public func applyDevices(
        _ devices: [DeviceSettings], keepingOthers: Bool = false, at now: Instant
    ) throws -> DeviceChanges {
        try write { database in
            var changes = DeviceChanges()
            if keepingOthers { try Self.refuseTwins(of: devices, database) }
            for device in devices {
                try apply(device, database, now, &changes)
            }
            let names = Set(devices.map(\.name))
            let stored = try String.fetchAll(
                database, sql: "SELECT name FROM devices WHERE removed_at IS NULL ORDER BY name")
            for name in stored where !keepingOthers && !names.contains(name) {
                try database.execute(
                    sql: "UPDATE devices SET removed_at = ? WHERE name = ?", arguments: [now.milliseconds, name])
                try database.execute(
                    sql: """
                        UPDATE stations SET removed_at = ? WHERE removed_at IS NULL
                        AND device_id = (SELECT id FROM devices WHERE name = ?)
                        """, arguments: [now.milliseconds, name])
                changes.removed.append(name)
            }
            try database.journal(
                Self.phonesEvent, at: now, JournalSubject(),
                detail:
                    "added \(changes.added.count), updated \(changes.updated.count), removed \(changes.removed.count)")
            return changes
        }
    }

    private func apply(
        _ device: DeviceSettings, _ database: Database, _ now: Instant, _ changes: inout DeviceChanges
    ) throws {
        let row = try Row.fetchOne(database, sql: "SELECT * FROM devices WHERE name = ?", arguments: [device.name])
        let values = try columns(of: device, former: row)
        let before = try stationRows(database, device: device.name)
        if let row, values.allSatisfy({ row[$0.key] as DatabaseValue == $0.value }),
            before == Set(device.stationNames.map(\.name))
        {
            changes.unchanged.append(device.name)
        } else if row == nil || (row?["removed_at"] as Int64?) != nil {
            changes.added.append(device.name)
        } else {
            changes.updated.append(device.name)
        }
        let columns = values.keys.sorted()
        let arguments = StatementArguments([device.name.databaseValue] + columns.map { values[$0] ?? .null })
        try database.execute(
            sql: """
                INSERT INTO devices (name, \(columns.joined(separator: ", ")))
                VALUES (?\(String(repeating: ", ?", count: columns.count)))
                ON CONFLICT (name) DO UPDATE SET \(columns.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
                """, arguments: arguments)
        let id = try Int64.fetchOne(database, sql: "SELECT id FROM devices WHERE name = ?", arguments: [device.name])
        try database.execute(
            sql: "UPDATE stations SET removed_at = ? WHERE device_id = ? AND removed_at IS NULL",
            arguments: [now.milliseconds, id])
        for station in device.stationNames {
            try database.execute(
                sql: """
                    INSERT INTO stations (device_id, name, handset) VALUES (?, ?, ?)
                    ON CONFLICT (name) DO UPDATE
                    SET device_id = excluded.device_id, handset = excluded.handset, removed_at = NULL, locked_out_at = NULL
                    """, arguments: [id, station.name, station.handset])
        }
    }

    /// The columns of a device as they are stored; a passcode that has not changed keeps its seal.
    func columns(of device: DeviceSettings, former row: Row?) throws -> [String: DatabaseValue] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        var extras = DeviceExtras(certificate: device.certificate, dial: device.dial, states: device.states)
        if device.mayBeLocal { extras.mayBeLocal = true }
        if case .fileWithin(let folder, _) = device.passcode { extras.passcodeFolder = folder }
        let settings = String(decoding: try encoder.encode(extras), as: UTF8.self)
        let (kind, passcode) = try storedPasscode(device.passcode, former: row)
        return [
            "family": device.family.rawValue.databaseValue, "address": device.address.databaseValue,
            "passcode_kind": kind.databaseValue, "passcode": passcode.databaseValue,
            "dial_with": device.dialWith.rawValue.databaseValue, "account": device.account.databaseValue,
            "trunk": device.trunk?.databaseValue ?? .null, "settings": settings.databaseValue, "removed_at": .null,
        ]
    }

    func stationRows(_ database: Database, device: String) throws -> Set<String> {
        try String.fetchSet(
            database,
            sql: """
                SELECT s.name FROM stations s JOIN devices d ON d.id = s.device_id
                WHERE d.name = ? AND s.removed_at IS NULL
                """, arguments: [device])
    }

    /// A reference stays a reference; a plain string is sealed. A string that has not changed keeps its seal.
    private func storedPasscode(_ source: PasscodeSource, former: Row?) throws -> (String, String) {
        switch source {
        case .environment(let name): return ("env", name)
        case .file(let path): return ("file", path)
        case .fileWithin(let folder, let name): return ("file", "\(folder)/\(name)")
        case .plain(let clear):
            if let former, former["passcode_kind"] == "sealed", let sealed = former["passcode"] as String?,
                (try? vault.unseal(sealed)) == clear
            {
                return ("sealed", sealed)
            }
            return ("sealed", try vault.seal(clear))
        }
    }

    /// All devices that are not removed, by name, with their stations.
    public func devices() throws -> [StoredDevice] {
        try read { database in
            let stations = try Row.fetchAll(
                database, sql: "SELECT * FROM stations WHERE removed_at IS NULL ORDER BY device_id, handset, name")
            let byDevice = Dictionary(grouping: stations) { $0["device_id"] as Int64 }
            return try Row.fetchAll(database, sql: "SELECT * FROM devices WHERE removed_at IS NULL ORDER BY id")
                .compactMap { row in
                    guard let family = PhoneFamily(rawValue: row["family"]),
                        let dialWith = DialMethod(rawValue: row["dial_with"])
                    else { return nil }
                    let extras = try JSONDecoder().decode(
                        DeviceExtras.self, from: Data((row["settings"] as String).utf8))
                    return StoredDevice(
                        name: row["name"], family: family, address: row["address"], certificate: extras.certificate,
                        dialWith: dialWith, account: row["account"], trunk: row["trunk"], dial: extras.dial,
                        states: extras.states, mayBeLocal: extras.mayBeLocal ?? false,
                        stations: (byDevice[row["id"]] ?? []).map { station in
                            StoredStation(
                                name: station["name"], handset: station["handset"],
                                pausedReason: station["paused_reason"],
                                lockedOutAt: (station["locked_out_at"] as Int64?).map(Instant.init(milliseconds:)),
                                agent: station["agent"])
                        })
                }
        }
    }

    /// Pauses stations, or makes them ready again (nil), by exact name.
    ///
    /// Ready also lifts a lock-out: the person says that the passcode is right now.
    /// - Throws: `StoreError.notFound`.
    public func setPause(_ reason: String?, station: String, at now: Instant) throws {
        try write { database in
            try database.execute(
                sql: """
                    UPDATE stations SET paused_reason = ?1, paused_at = iif(?1 IS NULL, NULL, ?2),
                    locked_out_at = iif(?1 IS NULL, NULL, locked_out_at) WHERE name = ?3 AND removed_at IS NULL
                    """, arguments: [reason, now.milliseconds, station])
            guard database.changesCount == 1 else { throw try Self.noStation(station, database) }
            try database.journal(
                reason == nil ? "station_made_ready" : "station_paused", at: now, JournalSubject(station: station),
                detail: reason)
        }
    }

    /// Pauses a station, unless it is paused already: the reason of that stays.
    ///
    /// - Throws: `StoreError.notFound`.
    public func setPause(_ reason: String, unlessPaused station: String, at now: Instant) throws {
        let isPaused = try read {
            try Bool.fetchOne(
                $0, sql: "SELECT paused_reason IS NOT NULL FROM stations WHERE name = ? AND removed_at IS NULL",
                arguments: [station])
        }
        if isPaused != true { try setPause(reason, station: station, at: now) }
    }

    /// Says who sits at a station; nil when the agent leaves. An agent sits at one station: signing in elsewhere leaves the last.
    ///
    /// - Throws: `StoreError.notFound`; `.refused` where another agent sits there.
    public func setAgent(_ agent: String?, station: String, at now: Instant) throws {
        try write { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT agent FROM stations WHERE name = ? AND removed_at IS NULL", arguments: [station])
            guard let row else { throw try Self.noStation(station, database) }
            let former = row["agent"] as String?
            guard former != agent else { return }
            if let former, agent != nil {
                throw StoreError.refused(
                    "\(former) sits at \(station); sign out there first: offhook agent sign-out \(station)")
            }
            let left = try String.fetchAll(
                database, sql: "SELECT name FROM stations WHERE agent = ? AND agent IS NOT NULL", arguments: [agent])
            try database.execute(
                sql: "UPDATE stations SET agent = NULL, seen_attempt = NULL WHERE agent = ?", arguments: [agent])
            try database.execute(
                sql: "UPDATE stations SET agent = ?, seen_attempt = NULL WHERE name = ?", arguments: [agent, station])
            for other in left {
                try database.journal(
                    "agent_signed_out", at: now, JournalSubject(station: other, agent: agent),
                    detail: "went to \(station)")
            }
            try database.journal(
                agent == nil ? "agent_signed_out" : "agent_signed_in", at: now,
                JournalSubject(station: station, agent: agent ?? former))
        }
    }

    static func noStation(_ station: String, _ database: Database) throws -> StoreError {
        let names = try String.fetchAll(database, sql: "SELECT name FROM stations WHERE removed_at IS NULL")
        let hint = NearestName.hint(station, among: names)
        return .notFound(what: "station", name: station, hint: hint.isEmpty ? "see offhook stations list" : hint)
    }

    /// Notes that the phone of a station refused our passcode; only a person lifts it.
    public func lockOut(station: String, at now: Instant) throws {
        try write { database in
            try database.execute(
                sql: "UPDATE stations SET locked_out_at = ? WHERE name = ? AND locked_out_at IS NULL",
                arguments: [now.milliseconds, station])
            try database.journal("station_locked_out", at: now, JournalSubject(station: station))
        }
    }
}
