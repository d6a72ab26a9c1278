import Synchronization

/// Lets many who ask for the same look at once share one: whoever asked before a look began is served by it.
final class NoticeTickets: Sendable {
    private let asked = Atomic<Int>(0)

    /// Notes that somebody asks.
    ///
    /// - Returns: the number to be served.
    func take() -> Int { asked.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue }

    /// The last number that was taken: a look that begins now serves all up to it.
    var last: Int { asked.load(ordering: .sequentiallyConsistent) }
}
