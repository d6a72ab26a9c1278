/// The guide's two key tables as data: each key's name and what stands for it in a URL, by family.
enum KeyTable {
    struct Row: Sendable {
        let key: Key
        let name: String
        /// What a GXP phone reads; nil where it has no such key.
        let gxp: String?
        /// What a DP base reads; nil where its handsets have no such key.
        let dp: String?
    }

    static let rows: [Row] =
        (0...9).map { Row(key: .digit($0), name: "\($0)", gxp: "\($0)", dp: "\($0)") }
        + [
            Row(key: .star, name: "STAR", gxp: "*", dp: "STAR"),
            // "# key need be sent as HASH on DP750/DP720"; in a URL a bare # would end the query.
            Row(key: .hash, name: "HASH", gxp: "%23", dp: "HASH"),
            Row(key: .speaker, name: "SPEAKER", gxp: "SPEAKER", dp: "SPEAKER"),
            Row(key: .mute, name: "MUTE", gxp: "MUTE", dp: "MUTE"),
        ]
        + gxpOnly([
            (.xfer, "XFER"), (.vup, "VUP"), (.vdown, "VDOWN"), (.hold, "HOLD"), (.conf, "CONF"), (.vm, "VM"),
            (.headset, "HEADSET"), (.dnd, "DND"), (.send, "SEND"),
        ])
        + gxpOnly((1...8).map { (.line($0), "LINE\($0)") })
        + gxpOnly((1...4).map { (.soft($0), "SOFT\($0)") })
        + gxpOnly((1...24).map { (.mpk($0), "MPK\($0)") })
        + dpOnly([
            (.leftSoftKey, "LEFT_SOFT_KEY"), (.rightSoftKey, "RIGHT_SOFT_KEY"), (.onhook, "ONHOOK"),
            (.offhook, "OFFHOOK"), (.ok, "OK"), (.lock, "LOCK"), (.unlock, "UNLOCK"), (.up, "UP"), (.down, "DOWN"),
            (.left, "LEFT"), (.right, "RIGHT"),
        ])

    /// What people write besides the names of the tables.
    static let aliases: [String: Key] = ["*": .star, "#": .hash, "POUND": .hash]

    static let names: [Key: String] = Dictionary(uniqueKeysWithValues: rows.map { ($0.key, $0.name) })

    static let keysByName: [String: Key] = Dictionary(uniqueKeysWithValues: rows.map { ($0.name, $0.key) })
        .merging(aliases) { name, _ in name }

    private static let wireForms: [DeviceFamily: [Key: String]] = [
        .gxp: Dictionary(uniqueKeysWithValues: rows.compactMap { row in row.gxp.map { (row.key, $0) } }),
        .dp: Dictionary(uniqueKeysWithValues: rows.compactMap { row in row.dp.map { (row.key, $0) } }),
    ]

    /// What stands for a key in a request to the family, percent-encoded; nil where the family lacks the key.
    static func wireForm(of key: Key, on family: DeviceFamily) -> String? {
        wireForms[family]?[key]
    }

    /// The value of `keys=`: all keys in one list, since the phone queues each request on its own.
    static func encode(
        _ keys: [Key], for family: DeviceFamily, _ profile: FamilyProfile
    ) throws(CommandFault) -> String {
        guard !keys.isEmpty else { throw .invalidArgument("there are no keys to send; give at least one") }
        return try keys.map { (key) throws(CommandFault) in
            if let form = wireForm(of: key, on: family) { return form }
            guard names[key] != nil else {
                throw .invalidArgument("no phone has the key \(key); use one of the guide's table")
            }
            throw .unsupported("\(profile.title) has no key \(key); leave it out or use another way to do the same")
        }.joined(separator: ":")
    }

    private static func gxpOnly(_ keys: [(Key, String)]) -> [Row] {
        keys.map { Row(key: $0.0, name: $0.1, gxp: $0.1, dp: nil) }
    }

    private static func dpOnly(_ keys: [(Key, String)]) -> [Row] {
        keys.map { Row(key: $0.0, name: $0.1, gxp: nil, dp: $0.1) }
    }
}
