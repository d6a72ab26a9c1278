@preconcurrency import Dispatch
import Foundation
import Synchronization

/// A few threads for what may block: handlers that ask the database, and long work. What waits here keeps no other thread busy, and
/// Swift's shared threads least of all.
///
/// As a task's preferred executor it runs all of the task that runs on no actor with an executor of its own.
public final class WorkerThreads: TaskExecutor {
    /// What the threads share; they end when nobody holds the executor any more.
    private final class Shared: Sendable {
        struct State {
            var waiting = FirstInFirstOut<@Sendable () -> Void>()
            var threads = 0
            var idle = 0
        }

        let state = Mutex(State())
        /// Counts what waits, and at the end the threads that are to end.
        let signal = DispatchSemaphore(value: 0)

        func work() {
            while true {
                signal.wait()
                let next = state.withLock { state in
                    state.idle -= 1
                    return state.waiting.next()
                }
                guard let next else { return }
                next()
                state.withLock { $0.idle += 1 }
            }
        }
    }

    private let name: String
    private let most: Int
    private let shared = Shared()

    /// Threads that start as they are needed.
    ///
    /// - Parameters:
    ///   - name: for the list of the process's threads, at most 13 letters.
    ///   - most: how many at most, 1 or more.
    public init(_ name: String, most: Int) {
        self.name = name
        self.most = most
    }

    deinit {
        let threads = shared.state.withLock { $0.threads }
        for _ in 0..<threads { shared.signal.signal() }
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // The job's task holds the executor.
        submit { [unowned self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
    }

    /// Runs something on one of the threads, in the order of asking.
    func submit(_ work: @escaping @Sendable () -> Void) {
        let number = shared.state.withLock { state -> Int? in
            state.waiting.add(work)
            guard state.waiting.count > state.idle, state.threads < most else { return nil }
            state.threads += 1
            state.idle += 1
            return state.threads
        }
        if let number { startThread(number) }
        shared.signal.signal()
    }

    private func startThread(_ number: Int) {
        let name = "\(name)-\(number)"
        let started = DispatchSemaphore(value: 0)
        let thread = Thread { [shared] in
            // Foundation gives a name to none that is not started yet. By the thread itself: to name another one needs a free file
            // descriptor.
            started.wait()
            Thread.current.name = name
            shared.work()
        }
        thread.start()
        started.signal()
    }
}

/// A queue whose ends are both cheap.
struct FirstInFirstOut<Element> {
    private var elements: [Element?] = []
    private var first = 0

    var count: Int { elements.count - first }

    mutating func add(_ element: Element) { elements.append(element) }

    mutating func next() -> Element? {
        guard first < elements.count else { return nil }
        let next = elements[first]
        elements[first] = nil
        first += 1
        // What was taken is let go of now and then, not each time.
        if first > 64, first * 2 > elements.count {
            elements.removeFirst(first)
            first = 0
        }
        return next
    }
}
