import Logging
import NIOCore
import NIOEmbedded
import Synchronization
import TestSupport
import Testing

@testable import OffhookServer

/// Over real connections, apart from time-outs, which run on a virtual clock.
@Suite("The listener of phones' events") struct PhoneEventListenerTests {
    /// What it heard.
    private final class Heard: Sendable {
        private let events = Mutex<[PhoneEvent]>([])

        var all: [PhoneEvent] { events.withLock { $0 } }

        func hear(_ event: PhoneEvent) -> Bool {
            events.withLock { $0.append(event) }
            return event.secret == "s"
        }
    }

    private func listening(_ body: @Sendable (Int, Heard) async throws -> Void) async throws {
        let heard = Heard()
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let listener = PhoneEventListener(
            PhoneEventListener.Address(host: "127.0.0.1", port: 0), logger: Logger(label: "test"),
            onListening: { continuation.yield($0) }, hear: { heard.hear($0) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listener.run() }
            for await port in ports {
                try await body(port, heard)
                break
            }
            group.cancelAll()
        }
    }

    @Test("an event is heard and answered once, and the connection closed; a wrong secret is no address")
    func heard() async throws {
        try await listening { port, heard in
            let answer = try await RawConnection.ask(
                port: port,
                "GET /phone-events/s/front desk/x?n=Jo Ann HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 204 No Content\r\n"))
            #expect(answer.contains("\r\nConnection: close\r\n"))
            #expect(heard.all == [PhoneEvent(secret: "s", device: "front desk")])
            let guess = try await RawConnection.ask(port: port, "GET /phone-events/guess/desk-1/x HTTP/1.0\r\n\r\n")
            #expect(guess.hasPrefix("HTTP/1.1 404"))
            #expect(!guess.contains("guess"))
        }
    }

    @Test("whatever is sent over one connection, at most one answer comes and at most one event is heard")
    func oneAnswer() async throws {
        try await listening { port, heard in
            let event = "GET /phone-events/s/d/x HTTP/1.1\r\nHost: x\r\n"
            let others = [
                event + "Content-Length: \(event.utf8.count + 2)\r\n\r\n" + event + "\r\n",
                event + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + event + "\r\n",
                event + "\r\n" + event + "\r\n", event + "\r\n\r\n\r\n" + event + "\r\n",
                "POST /login HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc" + event + "\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + event + "\r\n", "\r\n\r\n" + event + "\r\n",
                String(repeating: event, count: 400),
            ]
            var generator = SeededGenerator(seed: 7)
            for sent in Fuzz.requests(300, from: others, using: &generator) + others {
                let before = heard.all.count
                let answer = try await RawConnection.everything(port: port, sent + "\r\n\r\n")
                #expect(answer.statusLines <= 1, "\(sent.debugDescription) was answered by \(answer)")
                #expect(heard.all.count - before <= 1, "\(sent.debugDescription)")
            }
        }
    }

    @Test("a connection that does not send its request in time is told so and closed")
    func slow() throws {
        let channel = EmbeddedChannel(handler: PhoneEventHandler(patience: .seconds(10)) { _ in true })
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        try channel.writeInbound(ByteBuffer(string: "GET /phone-events/s/d/x HT"))
        channel.embeddedEventLoop.advanceTime(by: .seconds(9))
        #expect(channel.isActive)
        // A byte now and then gives no further time.
        try channel.writeInbound(ByteBuffer(string: "TP"))
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
        let answer = try channel.readOutbound(as: ByteBuffer.self).map { String(buffer: $0) }
        #expect(answer?.hasPrefix("HTTP/1.1 408") == true)
    }

    @Test("of one address no more than eight connections are open at once, and a closed one makes room")
    func crowd() async throws {
        try await listening { port, heard in
            let held = try await RawConnection.hold(PhoneEventListener.mostOfOneAddress, port: port)
            let event = "GET /phone-events/s/d/x HTTP/1.1\r\n\r\n"
            let refused = try await RawConnection.everything(port: port, event)
            #expect(refused.isEmpty || refused.hasPrefix("HTTP/1.1 429"))
            #expect(heard.all.isEmpty)
            for channel in held { try await channel.close() }
            try await wait(for: "room") {
                try await RawConnection.everything(port: port, event).hasPrefix("HTTP/1.1 204")
            }
        }
    }
}
