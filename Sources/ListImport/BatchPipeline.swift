import Foundation

/// Makes batches on a thread of its own while the last ones are worked on, a few ahead at most, so that both cores have
/// work and memory stays the same for a list of any length.
public final class BatchPipeline<Batch: Sendable>: @unchecked Sendable {
    // Everything below is only touched under the condition's lock.
    private let condition = NSCondition()
    private var batches: [Batch] = []
    private var used: [Batch] = []
    private var failure: (any Error)?
    private var isAtEnd = false
    private var isCancelled = false
    private let limit: Int

    /// Starts making batches.
    ///
    /// - Parameters:
    ///   - limit: how many may wait, at least 1.
    ///   - make: the next batch; nil at the end. It is called on the pipeline's thread only.
    public init(limit: Int = 4, _ make: sending @escaping () throws -> Batch?) {
        self.limit = max(1, limit)
        nonisolated(unsafe) let make = make
        let thread = Thread { [self] in
            var goesOn = true
            while goesOn {
                do {
                    if let batch = try make() { goesOn = put(batch) } else { goesOn = end(nil) }
                } catch {
                    goesOn = end(error)
                }
            }
        }
        thread.stackSize = 4 << 20
        thread.start()
    }

    /// The next batch, as soon as it is there; nil at the end.
    ///
    /// - Throws: what making it threw, behind all batches that were made before.
    public func next() throws -> Batch? {
        condition.lock()
        defer { condition.unlock() }
        while batches.isEmpty, !isAtEnd { condition.wait() }
        if !batches.isEmpty {
            let batch = batches.removeFirst()
            condition.signal()
            return batch
        }
        if let failure { throw failure }
        return nil
    }

    /// Gives back a batch that was worked on, so that its memory is freed on the pipeline's thread, not on the caller's.
    public func giveBack(_ batch: consuming Batch) {
        condition.lock()
        used.append(batch)
        condition.unlock()
    }

    /// Stops making batches; those that wait are dropped.
    public func cancel() {
        condition.lock()
        isCancelled = true
        batches = []
        isAtEnd = true
        condition.broadcast()
        condition.unlock()
    }

    private func put(_ batch: Batch) -> Bool {
        condition.lock()
        var freed: [Batch] = []
        swap(&freed, &used)
        condition.unlock()
        freed.removeAll()
        condition.lock()
        defer { condition.unlock() }
        while batches.count >= limit, !isCancelled { condition.wait() }
        if isCancelled { return false }
        batches.append(batch)
        condition.signal()
        return true
    }

    private func end(_ error: (any Error)?) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        failure = error
        isAtEnd = true
        condition.broadcast()
        return false
    }
}
