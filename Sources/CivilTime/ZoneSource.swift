import Foundation
import Synchronization

/// Where a program has its zone data from: a folder, read once when it is first asked for. Commands, pages and the engine of one
/// process share one, so that none knows other local times than another.
public final class ZoneSource: Sendable {
    /// The data of the system, or of the folder that TZDIR names.
    public static let system = ZoneSource(ZoneDirectory())

    /// The folder.
    public let directory: ZoneDirectory
    private let held = Mutex<Held?>(nil)

    private struct Held {
        var data: ZoneData
        var localName: String
        var problem: ZoneDirectoryProblem?
        /// The files that the data were read from.
        var fingerprint: Int
        /// Other files that were there at the last look.
        var other: Int?
    }

    /// A source; nothing is read yet.
    public init(_ directory: ZoneDirectory) { self.directory = directory }

    /// The data. Where the folder has none they are empty: no zone is known then, so nobody can be called; ``problem`` says why.
    public var data: ZoneData { current.data }

    /// Why there are no data; nil where there are.
    public var problem: ZoneDirectoryProblem? { current.problem }

    /// The zone that this computer is set to.
    public var localZone: Zone {
        let held = current
        return held.data.zone(held.localName) ?? .utc
    }

    private var current: Held {
        held.withLock { held in
            if let held { return held }
            let read = Self.read(directory)
            held = read
            return read
        }
    }

    private static func read(_ directory: ZoneDirectory) -> Held {
        let fingerprint = directory.fingerprint()
        do {
            let data = try directory.read()
            return Held(data: data, localName: LocalZone.name(in: data), problem: nil, fingerprint: fingerprint)
        } catch {
            let none = ZoneData(files: [:], origin: directory.path)
            return Held(data: none, localName: Zone.utc.name, problem: error, fingerprint: fingerprint)
        }
    }

    /// Looks whether the files have changed, and takes them up, all together, where they are the same as at the last look: a package
    /// that is being unpacked changes them for a while. Files that hold no data are not taken up.
    ///
    /// Ask about once a minute, on a thread that may wait for the disk.
    ///
    /// - Returns: the data before and after; nil where nothing was taken up, or nothing in them differs.
    public func look() -> ZoneDataChange? {
        let before = current
        let now = directory.fingerprint()
        guard now != before.fingerprint, now != 0 else {
            note(other: nil)
            return nil
        }
        guard now == before.other else {
            note(other: now)
            return nil
        }
        let read = Self.read(directory)
        guard read.problem == nil, read.fingerprint == now, directory.fingerprint() == now else { return nil }
        held.withLock { $0 = read }
        let isSame = read.data.version == before.data.version && read.data.differingNames(from: before.data).isEmpty
        return isSame ? nil : ZoneDataChange(before: before.data, after: read.data)
    }

    private func note(other: Int?) { held.withLock { $0?.other = other } }
}

/// Zone data that took the place of others.
public struct ZoneDataChange: Sendable {
    /// The data before.
    public let before: ZoneData
    /// The data now.
    public let after: ZoneData
}
