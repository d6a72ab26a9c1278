import NIOCore
import NIOHTTP1

/// A request as a phone looks at it.
struct PhoneRequest: Sendable {
    let method: HTTPMethod
    /// As it came; only an answer that echoes it may show it, for the passcode stands in it.
    let uri: String
    let query: CommandQuery
    /// Whether a body's length is told; a POST without is answered 411, as phones were seen to do.
    let tellsLength: Bool
    /// Whether the client wants the connection to live on.
    let keepsAlive: Bool

    init(_ head: HTTPRequestHead) {
        method = head.method
        uri = head.uri
        query = CommandQuery(uri: head.uri)
        tellsLength = head.headers.contains(name: "Content-Length") || head.headers.contains(name: "Transfer-Encoding")
        keepsAlive = head.isKeepAlive
    }

    /// The function as faults, hooks and the truth log name it. A path that is none is not repeated: a client's mistake
    /// could have put the passcode there.
    var functionName: String {
        query.function?.rawValue ?? "unknown"
    }
}

/// What a phone sends back.
enum PhoneReply: Sendable {
    case answer(ByteBuffer, thenClose: Bool)
    /// Close at once, nothing is sent.
    case close
    /// Nothing is sent and the connection stays open.
    case silence
    /// The connection is reset.
    case reset
    /// One byte every so many real seconds.
    case drip(ByteBuffer, seconds: Double)
}
