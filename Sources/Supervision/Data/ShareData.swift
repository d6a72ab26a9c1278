import CallingRules
import CampaignStore
import CivilTime
import Foundation
import PhoneNumbers
import Synchronization

/// What comes with Offhook in its share folder, rule packs and number data, and the time zone data of the system. Each is read
/// once, when it is first asked for.
public final class ShareData: Sendable {
    /// The folder with `rules` and `number-data`.
    public let folder: URL
    /// Where local times come from.
    public let zones: ZoneSource
    /// The packs that were taken beside a database after the installation; nil where no database is meant.
    public let updates: RuleUpdates?
    private let readPacks = Mutex<[String: RulePack]?>(nil)
    private let readAtlas = Mutex<(atlas: NumberAtlas, clocks: ZoneData)?>(nil)

    /// The data of a share folder; nothing is read yet.
    ///
    /// - Parameter database: the path of the database beside which updates of rule packs are; nil for the installation's packs alone.
    public init(folder: URL, database: String? = nil, zones: ZoneSource = .system) {
        self.folder = folder
        self.zones = zones
        updates = database.map { RuleUpdates(database: $0, share: folder) }
    }

    /// The clocks of all zones.
    public var clocks: ZoneClocks { ZoneClocks(zones.data) }

    /// All rule packs by name, those of an update in the place of older ones; `none` is always there.
    ///
    /// - Throws: where the folder, a pack or the update in force cannot be read.
    public func packs() throws -> [String: RulePack] {
        let installed = try installedPacks()
        return try updates?.packs(over: installed) ?? installed
    }

    /// The rule packs of the installation by name, whatever updates are in force.
    ///
    /// - Throws: where the folder or a pack cannot be read.
    public func installedPacks() throws -> [String: RulePack] {
        try readPacks.withLock { known in
            if let known { return known }
            let folder = folder.appendingPathComponent("rules")
            var packs = ["none": RulePack.none]
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            for file in files.sorted() where file.hasSuffix(".yaml") {
                let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
                let pack = try RulePackFile.read(text, file: file)
                packs[pack.name] = pack
            }
            known = packs
            return packs
        }
    }

    /// All rule packs by name, with the company's own that campaigns brought along.
    ///
    /// - Throws: as ``packs()``; `StoreError`.
    public func packs(with store: CampaignStore) throws -> [String: RulePack] {
        try packs().merging(try store.rulePacks()) { shipped, _ in shipped }
    }

    /// Where numbers are.
    ///
    /// - Throws: `AtlasProblem`.
    public func atlas() throws -> NumberAtlas {
        try readAtlas.withLock { known in
            let clocks = zones.data
            if let known, known.clocks.isSame(as: clocks) { return known.atlas }
            let atlas =
                try known?.atlas.with(clocks: clocks)
                ?? NumberAtlas(directory: folder.appendingPathComponent("number-data"), clocks: clocks)
            known = (atlas, clocks)
            return atlas
        }
    }

    /// Reads numbers by the library and, for young area codes, by the number data.
    public func numberReader() throws -> NumberReader { NumberReader(atlas: try atlas()) }
}
