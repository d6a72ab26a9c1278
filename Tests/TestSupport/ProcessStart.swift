import Foundation

private let starting = NSLock()

extension Process {
    /// Starts the process; one at a time: on Linux, Foundation's `run()` crashes now and then where several threads are in it.
    public func start() throws {
        starting.lock()
        defer { starting.unlock() }
        try run()
    }
}
