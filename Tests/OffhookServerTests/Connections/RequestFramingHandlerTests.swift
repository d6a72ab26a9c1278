import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import OffhookServer

/// What is written for one connection, part by part, in every order in which requests, doubts and answers can come.
@Suite("Answers of a connection with a doubt") struct RequestFramingHandlerTests {
    private struct Connection {
        let channel = EmbeddedChannel()

        init() throws {
            try channel.pipeline.syncOperations.addHandler(RequestFramingHandler())
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        }

        func head(_ headers: HTTPHeaders = ["Host": "x"]) throws {
            let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/", headers: headers)
            try channel.writeInbound(HTTPServerRequestPart.head(head))
        }

        func end() throws { try channel.writeInbound(HTTPServerRequestPart.end(nil)) }

        /// The parser finds something that is no HTTP.
        func nonsense() {
            channel.pipeline.fireErrorCaught(HTTPParserError.unknown)
            try? channel.throwIfErrorCaught()
        }

        func beginAnswer(_ status: HTTPResponseStatus = .ok) throws {
            try channel.writeOutbound(
                HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: status)))
        }

        func endAnswer() throws { try channel.writeOutbound(HTTPServerResponsePart.end(nil)) }

        func answer(_ status: HTTPResponseStatus = .ok) throws {
            try beginAnswer(status)
            try endAnswer()
        }

        /// The status of each answer, and `.` for its end.
        func written() throws -> String {
            var text = ""
            while let part = try channel.readOutbound(as: HTTPServerResponsePart.self) {
                switch part {
                case .head(let head): text += "\(head.status.code)"
                case .body: break
                case .end: text += "."
                }
            }
            return text
        }

        /// How many requests were passed on.
        func passed() throws -> Int {
            var count = 0
            while let part = try channel.readInbound(as: HTTPServerRequestPart.self) {
                if case .head = part { count += 1 }
            }
            return count
        }
    }

    @Test("a doubtful head is not passed on, and its 400 follows every answer that is owed")
    func owed() throws {
        let connection = try Connection()
        for _ in 1...2 {
            try connection.head()
            try connection.end()
        }
        try connection.head([:])
        try connection.head()
        #expect(try connection.written() == "")
        try connection.answer()
        #expect(try connection.written() == "200.")
        try connection.answer()
        #expect(try connection.written() == "200.400.")
        try connection.answer()
        #expect(try connection.written() == "" && connection.passed() == 2)
    }

    @Test("a broken body is answered once, by the 400, whatever the route says to it then")
    func broken() throws {
        let connection = try Connection()
        try connection.head()
        connection.nonsense()
        #expect(try connection.written() == "400.")
        try connection.answer(.internalServerError)
        #expect(try connection.written() == "")
    }

    @Test("a body that breaks after its answer has begun, or is over, gets no second one")
    func late() throws {
        let begun = try Connection()
        try begun.head()
        try begun.beginAnswer()
        begun.nonsense()
        try begun.endAnswer()
        try begun.answer(.badRequest)
        #expect(try begun.written() == "200.")

        let cut = try Connection()
        try cut.head()
        try cut.beginAnswer()
        cut.nonsense()
        try cut.beginAnswer(.badRequest)
        #expect(try cut.written() == "200" && !cut.channel.isActive)

        let over = try Connection()
        try over.head()
        try over.answer()
        over.nonsense()
        try over.answer(.badRequest)
        #expect(try over.written() == "200.")
    }

    @Test("behind a request that is the last of its connection nothing is read, and nothing is answered")
    func last() throws {
        let connection = try Connection()
        try connection.head(["Host": "x", "Connection": "close"])
        try connection.end()
        try connection.head()
        connection.nonsense()
        try connection.answer()
        #expect(try connection.written() == "200." && connection.passed() == 1)
    }

    @Test("requests without a doubt pass, one after the other or all at once")
    func clear() throws {
        let connection = try Connection()
        for _ in 1...3 {
            try connection.head()
            try connection.end()
        }
        for _ in 1...3 { try connection.answer() }
        #expect(try connection.written() == "200.200.200." && connection.passed() == 3)
    }
}
