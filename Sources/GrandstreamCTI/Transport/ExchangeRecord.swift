import NIOConcurrencyHelpers

/// What was seen on the wire of one HTTP client, written by its connections' ``WireTap`` and read after an exchange.
final class ExchangeRecord: Sendable {
    struct Marks: Sendable, Hashable {
        /// The exchange opened a connection, rather than use one that was open.
        var connectionOpened = false
        /// A byte of the request was handed to the connection.
        var requestStarted = false
        /// A byte of the answer came.
        var answerStarted = false
    }

    private let state = NIOLockedValueBox(Marks())

    /// What was seen since the last ``startExchange()``.
    var marks: Marks { state.withLockedValue { $0 } }

    /// Forgets the exchange before. Only one is under way at a time.
    func startExchange() {
        state.withLockedValue { $0 = Marks() }
    }

    func mark(_ change: (inout Marks) -> Void) {
        state.withLockedValue(change)
    }
}
