import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import OffhookServer

/// On the virtual clock of an embedded event loop; the time-out is 75 s.
@Suite("Connections on which nothing comes") struct IdleConnectionTests {
    private struct Connection {
        let channel = EmbeddedChannel()
        var loop: EmbeddedEventLoop { channel.embeddedEventLoop }
        var isOpen: Bool { channel.isActive }

        /// - Parameter isReading: whether the server asks for bytes.
        init(isReading: Bool = true) throws {
            try channel.pipeline.syncOperations.addHandler(IdleConnectionHandler(timeout: .seconds(75)))
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
            if isReading { channel.read() }
        }

        /// The other end sends a part of a request.
        ///
        /// - Parameter hasRoom: whether the server asks for more afterwards.
        func send(_ part: HTTPRequestPart, hasRoom: Bool = true) throws {
            try channel.writeInbound(part)
            if hasRoom { channel.read() }
        }

        func ask() throws {
            try send(.head(HTTPRequest(method: .get, scheme: "http", authority: "h", path: "/")))
            try send(.end(nil))
        }

        /// Bytes come of which the parser can make nothing yet.
        func sendPiece() {
            channel.pipeline.fireChannelReadComplete()
            channel.read()
        }

        /// The other end takes what is written, or does not.
        func takes(_ isTaking: Bool) {
            channel.isWritable = isTaking
            channel.pipeline.fireChannelWritabilityChanged()
        }

        func pass(_ seconds: Int64) { loop.advanceTime(by: .seconds(seconds)) }
    }

    @Test("one that never sends a request, or does not go on with it, is closed after the time-out and not before")
    func silent() throws {
        let connection = try Connection()
        connection.pass(74)
        #expect(connection.isOpen)
        connection.pass(9)
        #expect(!connection.isOpen)

        let upload = try Connection()
        upload.pass(60)
        try upload.send(.head(HTTPRequest(method: .post, scheme: "http", authority: "h", path: "/")))
        upload.pass(60)
        try upload.send(.body(ByteBuffer(string: "a")))
        upload.pass(74)
        #expect(upload.isOpen)
        upload.pass(9)
        #expect(!upload.isOpen)
    }

    @Test("a head that comes byte by byte has twenty seconds, on a new connection and on one that was used before")
    func slowHead() throws {
        let connection = try Connection()
        for _ in 1...9 {
            connection.sendPiece()
            connection.pass(2)
        }
        #expect(connection.isOpen)
        for _ in 1...9 where connection.isOpen {
            connection.sendPiece()
            connection.pass(2)
        }
        #expect(!connection.isOpen)

        let used = try Connection()
        try used.ask()
        try used.channel.writeOutbound(HTTPResponsePart.end(nil))
        // It may rest between two requests, but not within the second head.
        used.pass(60)
        used.sendPiece()
        used.pass(10)
        #expect(used.isOpen)
        used.sendPiece()
        used.pass(25)
        #expect(!used.isOpen)
    }

    @Test("a head that comes in two pieces is one, and its time does not count for the next")
    func headInPieces() throws {
        let connection = try Connection()
        for _ in 1...5 {
            connection.sendPiece()
            connection.pass(14)
            try connection.ask()
            connection.channel.pipeline.fireChannelReadComplete()
            connection.channel.read()
            try connection.channel.writeOutbound(HTTPResponsePart.end(nil))
        }
        #expect(connection.isOpen)
    }

    @Test("while an answer is written, a live one for hours, the next head may come as slowly as it likes")
    func headBehindAnswer() throws {
        let connection = try Connection()
        try connection.ask()
        connection.channel.pipeline.fireChannelReadComplete()
        connection.channel.read()
        connection.sendPiece()
        connection.pass(8 * 3600)
        #expect(connection.isOpen)
    }

    @Test("who takes nothing of an answer is closed after five minutes; who takes some, however slowly, is not")
    func stalled() throws {
        let connection = try Connection()
        try connection.ask()
        for _ in 1...20 {
            connection.takes(false)
            connection.pass(200)
            connection.takes(true)
        }
        #expect(connection.isOpen)
        connection.takes(false)
        connection.pass(290)
        #expect(connection.isOpen)
        connection.pass(30)
        #expect(!connection.isOpen)
    }

    @Test("a page that listens is never closed, and the time after its answer counts from its end")
    func listening() throws {
        let connection = try Connection()
        try connection.ask()
        try connection.channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
        connection.pass(8 * 3600)
        #expect(connection.isOpen)
        try connection.channel.writeOutbound(HTTPResponsePart.end(nil))
        connection.pass(74)
        #expect(connection.isOpen)
        connection.pass(9)
        #expect(!connection.isOpen)
    }

    @Test("an upload that the server is slow to take is not called idle, however long it has no room")
    func slowServer() throws {
        let connection = try Connection()
        try connection.send(.head(HTTPRequest(method: .post, scheme: "http", authority: "h", path: "/")))
        try connection.send(.body(ByteBuffer(string: "a")), hasRoom: false)
        connection.pass(3600)
        #expect(connection.isOpen)
        connection.channel.read()
        connection.pass(74)
        #expect(connection.isOpen)
        connection.pass(9)
        #expect(!connection.isOpen)
    }

    @Test("a server that accepts and has no time to read yet does not count that as the other end's")
    func lateServer() throws {
        let connection = try Connection(isReading: false)
        connection.pass(3600)
        #expect(connection.isOpen)
    }
}
