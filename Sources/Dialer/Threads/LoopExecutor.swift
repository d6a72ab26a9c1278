import NIOCore
import NIOPosix

/// A thread of its own for actors and tasks, with sockets and timers of its own.
///
/// What runs here waits for nothing that runs on Swift's shared threads: a handler that blocks all of those holds up no call.
final class LoopExecutor: SerialExecutor, TaskExecutor {
    /// The loop behind it, for sockets whose answers are read here.
    let loop: any EventLoop
    private let group: MultiThreadedEventLoopGroup

    /// Starts the thread; it ends when nobody holds the executor any more.
    init() {
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        loop = group.next()
    }

    deinit {
        // Its own thread may be the last to let go: the end is waited for elsewhere.
        group.shutdownGracefully { [group] _ in _ = group }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute {
            job.runSynchronously(isolatedTo: self.asUnownedSerialExecutor(), taskExecutor: self.asUnownedTaskExecutor())
        }
    }

    /// Whether the caller is on its thread.
    var isCurrent: Bool { loop.inEventLoop }

    /// Sleeps on the loop's own timer: the one of `Task.sleep` fires on Swift's shared threads.
    ///
    /// - Parameter duration: real time; nothing at all where it is not more than zero.
    /// - Throws: `CancellationError`.
    func sleep(for duration: Duration) async throws {
        guard duration > .zero else { return }
        let wake = loop.scheduleTask(in: TimeAmount(duration)) {}
        try await withTaskCancellationHandler {
            do {
                try await wake.futureResult.get()
            } catch {
                throw CancellationError()
            }
        } onCancel: {
            wake.cancel()
        }
    }
}
