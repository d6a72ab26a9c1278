import Dialer
import Foundation
import Synchronization

/// Counts Ctrl-C and termination signals. A terminal that is closed asks once, however often the system says so, unless its signal
/// means something else: with a log file, that the file is opened anew.
///
/// From its making on no signal is lost; before it and after `cancel()` a signal ends the program at once, as it ends any other.
final class Interrupts: Sendable {
    private let count = Mutex(0)

    /// - Parameters:
    ///   - onHangUp: what SIGHUP does instead of asking; nil where it asks as the others.
    ///   - handler: told how often a person has asked by now, on a thread that waits for nothing else. It must not
    ///     block: the next signal would wait behind it.
    init(onHangUp: (@Sendable () -> Void)? = nil, _ handler: @escaping @Sendable (Int) -> Void) {
        // Who reads our output may go away; running calls are followed to their end all the same.
        signal(SIGPIPE, SIG_IGN)
        SignalPipe.shared.open { [weak self] number in
            if number == SIGHUP, let onHangUp { return onHangUp() }
            if let asked = self?.next(number) { handler(asked) }
        }
    }

    func cancel() { SignalPipe.shared.close() }

    /// How often a person has asked by now; nil where this signal asks nothing new.
    private func next(_ signal: Int32) -> Int? {
        count.withLock { count in
            if signal == SIGHUP, count > 0 { return nil }
            count += 1
            return count
        }
    }
}

extension Interrupts {
    /// The first signal lets running calls end and places no further one; the second leaves at once.
    static func stopping(_ engine: DialerEngine, _ log: ProgramLog) -> Interrupts {
        Interrupts(onHangUp: log.onHangUp) { count in
            guard count == 1 else {
                log.announceUnlessFull("Leaving at once; the next run follows up what is open.")
                // Safe at any moment: every intent is on disk before its command, and the next start reconciles. Not `exit`, which
                // flushes output first and so waits for whoever should read it.
                _exit(130)
            }
            Task { await engine.stop() }
            log.announceUnlessFull(
                "No further call is placed; running calls go on to their end. Ctrl-C or SIGTERM again leaves at once.")
        }
    }
}

/// Signals as bytes in a pipe, read by a thread of its own: it works however busy everything else is.
///
/// A handler of the system's may do next to nothing, but writing to a pipe it may. Signal sources of Dispatch are no match: the
/// signal has to be ignored before the source listens, and one that comes in between is gone.
private final class SignalPipe: Sendable {
    static let shared = SignalPipe()
    private static let numbers = [SIGINT, SIGTERM, SIGHUP]
    private let listener = Mutex<(@Sendable (Int32) -> Void)?>(nil)

    private init() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { preconditionFailure("no pipe for signals: \(String(cString: strerror(errno)))") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        // A handler must never wait.
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        signalPipeEnd.store(ends[1], ordering: .sequentiallyConsistent)
        let reading = ends[0]
        let thread = Thread { self.read(from: reading) }
        thread.name = "offhook.signals"
        thread.start()
    }

    func open(_ body: @escaping @Sendable (Int32) -> Void) {
        listener.withLock { $0 = body }
        for number in Self.numbers { signal(number, noteSignal) }
    }

    func close() {
        for number in Self.numbers { signal(number, SIG_DFL) }
        listener.withLock { $0 = nil }
    }

    private func read(from end: Int32) {
        // Whoever started us may have blocked them, and some threads of ours do: this one takes them.
        var own = sigset_t()
        sigemptyset(&own)
        for number in Self.numbers { sigaddset(&own, number) }
        pthread_sigmask(SIG_UNBLOCK, &own, nil)
        var byte: UInt8 = 0
        while true {
            let count = Foundation.read(end, &byte, 1)
            if count == 1 {
                let body = listener.withLock { $0 }
                body?(Int32(byte))
            } else if count == 0 || errno != EINTR {
                return
            }
        }
    }
}

private let signalPipeEnd = Atomic<Int32>(-1)

/// What the system calls on a signal, in the middle of anything.
private func noteSignal(_ number: Int32) {
    let saved = errno
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(signalPipeEnd.load(ordering: .relaxed), &byte, 1)
    errno = saved
}
