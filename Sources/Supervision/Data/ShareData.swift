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
    private let readPacks = Mutex<[String: RulePack]?>(nil)
    private let readAtlas = Mutex<(atlas: NumberAtlas, clocks: ZoneData)?>(nil)

    /// The data of a share folder; nothing is read yet.
    public init(folder: URL, zones: ZoneSource = .system) {
        self.folder = folder
        self.zones = zones
    }

    /// The clocks of all zones.
    public var clocks: ZoneClocks { ZoneClocks(zones.data) }

    /// All rule packs by name; `none` is always there.
    ///
    /// - Throws: where the folder or a pack cannot be read.
    public func packs() throws -> [String: RulePack] {
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
