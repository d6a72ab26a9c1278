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
        do {
            let data = try directory.read()
            return Held(data: data, localName: LocalZone.name(in: data), problem: nil)
        } catch {
            let none = ZoneData(files: [:], origin: directory.path)
            return Held(data: none, localName: Zone.utc.name, problem: error)
        }
    }
}
