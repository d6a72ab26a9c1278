import Campaigns
import Dispatch
import GRDB

/// Waits for another program's write to end, on a thread of its own, so that whoever is to write next can do other things meanwhile.
public final class LockWatch: Sendable {
    private let queue: DatabaseQueue
    private let thread = DispatchQueue(label: "offhook.lock-watch")
    private let files: OpenFiles
    private let patience: BusyPatience

    /// - Throws: `StoreError.cannotOpen`, `.unavailable`.
    public init(_ store: CampaignStore) throws {
        patience = BusyPatience(.seconds(1))
        var configuration = Configuration()
        configuration.busyMode = patience.mode
        do {
            queue = try DatabaseQueue(path: store.path, configuration: configuration)
        } catch let error as DatabaseError {
            throw StoreError.opening(store.path, error)
        }
        files = OpenFiles(path: store.path)
    }

    /// Waits until a write could begin.
    ///
    /// - Parameter most: how long at most; on a busy machine it may be longer.
    /// - Returns: whether one could.
    public func lockComesFree(within most: Duration) async -> Bool {
        patience.set(most)
        return await withCheckedContinuation { reply in
            thread.async { [queue, files] in
                let isFree =
                    (try? files.beInPlace()) != nil
                    && (try? queue.inDatabase { try $0.inTransaction(.immediate) { .rollback } }) != nil
                reply.resume(returning: isFree)
            }
        }
    }
}
