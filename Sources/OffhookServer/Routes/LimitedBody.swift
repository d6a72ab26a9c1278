import Hummingbird
import NIOCore

/// A body that fails once more has come than is taken.
struct LimitedBody: AsyncSequence, Sendable {
    let base: RequestBody
    /// Most bytes.
    let limit: Int

    struct AsyncIterator: AsyncIteratorProtocol {
        var base: RequestBody.AsyncIterator
        let limit: Int
        var count = 0

        /// - Throws: ``Problem`` 413.
        mutating func next() async throws -> ByteBuffer? {
            guard let buffer = try await base.next() else { return nil }
            count += buffer.readableBytes
            guard count <= limit else { throw Gate.tooLong(limit) }
            return buffer
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(base: base.makeAsyncIterator(), limit: limit) }
}
