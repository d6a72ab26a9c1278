import Synchronization

/// Work that waits for one of a few threads, taken from each of its owners in turn: whoever asks for much waits for it, and nobody
/// else does.
final class FairQueue: Sendable {
    /// Why nothing more is taken.
    enum Refusal: Error, Sendable, Hashable {
        /// So many of the owner's wait already.
        case tooManyOfOne(Int)
        /// So many of all wait already.
        case tooMany(Int)
    }

    private struct Item {
        let number: Int
        let work: @Sendable () -> Void
    }

    private struct State {
        var waiting: [String: [Item]] = [:]
        /// Owners with work that waits; the first is next.
        var turns: [String] = []
        var running: [String: Int] = [:]
        var lastNumber = 0

        var runningCount: Int { running.values.reduce(0, +) }
        var waitingCount: Int { waiting.values.reduce(0) { $0 + $1.count } }
    }

    private let threads: WorkerThreads
    private let atOnce: Int
    private let atOnceOfOne: Int
    private let mostOfOne: Int
    private let most: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - threads: how many; of several, one stays free of whoever has all others.
    ///   - mostOfOne: items of one owner that may wait.
    ///   - most: items of all that may wait.
    init(_ name: String, threads: Int, mostOfOne: Int = 8, most: Int = 64) {
        self.threads = WorkerThreads(name, most: threads)
        atOnce = threads
        atOnceOfOne = max(1, threads - 1)
        self.mostOfOne = mostOfOne
        self.most = most
    }

    /// How many wait and how many run.
    var counts: (waiting: Int, running: Int) { state.withLock { ($0.waitingCount, $0.runningCount) } }

    /// Has work done when its owner's turn comes.
    ///
    /// - Returns: its number, for ``remove(_:of:)``.
    @discardableResult
    func add(of owner: String, _ work: @escaping @Sendable () -> Void) throws(Refusal) -> Int {
        let result = state.withLock { state -> Result<Int, Refusal> in
            let own = state.waiting[owner]?.count ?? 0
            guard own < mostOfOne else { return .failure(.tooManyOfOne(own)) }
            let all = state.waitingCount
            guard all < most else { return .failure(.tooMany(all)) }
            state.lastNumber += 1
            state.waiting[owner, default: []].append(Item(number: state.lastNumber, work: work))
            if own == 0 { state.turns.append(owner) }
            return .success(state.lastNumber)
        }
        let number = try result.get()
        start()
        return number
    }

    /// Takes back what still waits.
    ///
    /// - Returns: false where it has begun, or is over.
    @discardableResult
    func remove(_ number: Int, of owner: String) -> Bool {
        state.withLock { state in
            guard let index = state.waiting[owner]?.firstIndex(where: { $0.number == number }) else { return false }
            state.waiting[owner]?.remove(at: index)
            if state.waiting[owner]?.isEmpty ?? true {
                state.waiting[owner] = nil
                state.turns.removeAll { $0 == owner }
            }
            return true
        }
    }

    private func start() {
        while let (owner, item) = state.withLock({ next(&$0) }) {
            threads.submit { [self] in
                item.work()
                state.withLock { state in
                    let left = (state.running[owner] ?? 1) - 1
                    state.running[owner] = left > 0 ? left : nil
                }
                start()
            }
        }
    }

    private func next(_ state: inout State) -> (owner: String, item: Item)? {
        guard state.runningCount < atOnce,
            let turn = state.turns.firstIndex(where: { (state.running[$0] ?? 0) < atOnceOfOne })
        else { return nil }
        let owner = state.turns.remove(at: turn)
        guard let item = state.waiting[owner]?.removeFirst() else { return nil }
        if state.waiting[owner]?.isEmpty ?? true { state.waiting[owner] = nil } else { state.turns.append(owner) }
        state.running[owner, default: 0] += 1
        return (owner, item)
    }
}
