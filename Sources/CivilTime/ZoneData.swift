import Foundation
import Synchronization

/// The time zone data of one moment, whole: every zone of a folder's files as they were when it was read, whatever becomes of
/// the files. Whoever needs local times is handed one; nothing here looks at the files again.
public struct ZoneData: Sendable {
    /// Which release these data are.
    public let version: ZoneDataVersion
    /// The folder they were read from; a word for data that come from none.
    public let origin: String
    /// Every name that has data or is an old name of such a zone, in order. `posixrules` and `localtime` name no place.
    public let names: [String]

    /// Data that know no zone.
    public static let none = ZoneData(files: [:], origin: "nowhere")

    private let files: [String: [UInt8]]
    /// Old names, each with its present one.
    private let links: [String: String]
    private let zones = ZoneCache()

    /// Data from the bytes of TZif files by their zones' names.
    ///
    /// - Parameters:
    ///   - links: old names with their present ones, for names that have no file.
    public init(
        files: [String: [UInt8]], links: [String: String] = FormerZoneNames.links, version: ZoneDataVersion = .unknown,
        origin: String
    ) {
        self.files = files
        self.links = links
        self.version = version
        self.origin = origin
        names = Set(files.keys).union(links.filter { files[$0.value] != nil }.keys).sorted()
    }

    /// Why people are to be warned of these data, with what to do; nil where they are young enough.
    ///
    /// - Parameter second: now, in seconds since 1970 UTC.
    public func warning(at second: Int64) -> String? {
        guard version.isOld(at: second) else { return nil }
        let remedy =
            origin == ZoneDirectory.standardPath
            ? "run apt-get update && apt-get install --only-upgrade tzdata" : "put newer ones into \(origin)"
        guard let age = version.age(at: second) else {
            return
                "How old the time zone data in \(origin) are is not known (release \(version)), so clocks may be wrong: \(remedy)."
        }
        return
            "The time zone data (\(version)) are \(age) days old, and governments have changed clocks since: \(remedy)."
    }

    /// The clocks of a zone; nil where the data have none of that name, or its file cannot be read.
    ///
    /// - Parameter name: an IANA name, `America/New_York`, present or former; capitals count.
    public func zone(_ name: String) -> Zone? { zones.zone(name) { try? read(name) } }

    /// Why a zone of the data cannot be used; nil where it can, or where there is none of that name.
    public func problem(of name: String) -> ZoneFileProblem? {
        do {
            _ = try read(name)
            return nil
        } catch {
            return error
        }
    }

    private func read(_ name: String) throws(ZoneFileProblem) -> Zone? {
        if let bytes = files[name] { return Zone(name: name, try ZoneFile(bytes)) }
        guard let present = links[name], let bytes = files[present] else { return nil }
        return Zone(name: name, try ZoneFile(bytes))
    }

    /// Whether both are one reading of the files.
    public func isSame(as other: ZoneData) -> Bool { zones === other.zones }

    /// The zones whose clocks show something else than in other data within a stretch of time, or that only one of them has, in order
    /// of their names.
    ///
    /// - Parameter seconds: since 1970 UTC.
    public func changedNames(from other: ZoneData, during seconds: ClosedRange<Int64>) -> [String] {
        differingNames(from: other).filter { name in
            guard let new = zone(name), let old = other.zone(name) else { return true }
            return new.differs(from: old, during: seconds)
        }
    }

    /// The names of zones whose files differ between two data, or that only one of them has, in order.
    public func differingNames(from other: ZoneData) -> [String] {
        Set(names).union(other.names).filter { bytes($0) != other.bytes($0) }.sorted()
    }

    private func bytes(_ name: String) -> [UInt8]? { files[name] ?? links[name].flatMap { files[$0] } }
}

/// Zones are read from their bytes when they are first asked for: a program needs few of some 600.
private final class ZoneCache: Sendable {
    private let known = Mutex<[String: Zone?]>([:])

    func zone(_ name: String, _ read: () -> Zone?) -> Zone? {
        if let zone = known.withLock({ $0[name] }) { return zone }
        let zone = read()
        known.withLock { known in
            // What somebody types may be anything; no more of it is kept than a list of zones has.
            if zone != nil || known.count < 2000 { known[name] = .some(zone) }
        }
        return zone
    }
}
