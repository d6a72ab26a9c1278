import Foundation
import NIOCore
import NIOEmbedded
import Proving
import Synchronization
import SystemResources
import Testing

@testable import OffhookServer

/// On the virtual clock of an embedded event loop, which stands for the socket that listens.
@Suite("Accepting connections") struct AcceptHandlerTests {
    private final class Listening {
        let gate: ConnectionGate
        let channel = EmbeddedChannel()
        let told = Told()
        var loop: EmbeddedEventLoop { channel.embeddedEventLoop }

        init(total: Int, perAddress: Int) throws {
            gate = ConnectionGate(
                ConnectionLimits(descriptors: 1000, phones: 0, total: total, perAddress: perAddress),
                descriptors: 1000, lowestFree: { 5 })
            let told = told
            try channel.pipeline.syncOperations.addHandler(
                AcceptHandler(gate, isPlain: true, on: channel.embeddedEventLoop, report: { told.add($0) }))
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 80)).wait()
        }

        /// Whether the system is asked for connections now.
        var isAccepting: Bool {
            let options = channel.options.compactMap { option, value in
                option is ChannelOptions.Types.AutoReadOption ? value as? Bool : nil
            }
            return options.last ?? true
        }

        /// A connection comes from an address; it is given back open, as accepting it left it.
        func come(from address: String) throws -> EmbeddedChannel {
            let connection = EmbeddedChannel(loop: loop)
            connection.remoteAddress = try SocketAddress(ipAddress: address, port: 4711)
            channel.pipeline.fireChannelRead(connection as any Channel)
            return connection
        }

        /// How many were handed on.
        func handedOn() throws -> Int {
            var count = 0
            while try channel.readInbound(as: (any Channel).self) != nil { count += 1 }
            return count
        }
    }

    private final class Told: Sendable {
        private let reports = Mutex<[AcceptHandler.Report]>([])
        func add(_ report: AcceptHandler.Report) { reports.withLock { $0.append(report) } }
        var all: [AcceptHandler.Report] { reports.withLock { $0 } }
    }

    @Test("connections are handed on up to the limits, and those beyond are closed and counted")
    func limits() throws {
        let listening = try Listening(total: 5, perAddress: 2)
        let first = try (1...4).map { _ in try listening.come(from: "192.0.2.1") }
        #expect(try listening.handedOn() == 2)
        listening.loop.run()
        #expect(listening.gate.counts.open == 2)
        #expect(listening.told.all == [.refused(.address), .refused(.address)])
        // The other end closes, and there is room again.
        first[0].close(promise: nil)
        listening.loop.run()
        #expect(listening.gate.counts.open == 1)
        _ = try listening.come(from: "192.0.2.1")
        #expect(try listening.handedOn() == 1)
    }

    @Test(
        "a system without descriptors or memory ends nothing: it is left alone for a while, and asked again",
        arguments: [EMFILE, ENFILE, ENOMEM, ENOBUFS])
    func shortage(code: Int32) throws {
        let listening = try Listening(total: 5, perAddress: 5)
        for _ in 1...3 {
            #expect(listening.isAccepting)
            listening.channel.pipeline.fireErrorCaught(IOError(errnoCode: code, reason: "accept"))
            listening.channel.pipeline.fireErrorCaught(IOError(errnoCode: code, reason: "accept"))
            try listening.channel.throwIfErrorCaught()
            #expect(!listening.isAccepting)
            listening.loop.advanceTime(by: .milliseconds(199))
            #expect(!listening.isAccepting)
            listening.loop.advanceTime(by: .milliseconds(1))
        }
        #expect(listening.isAccepting)
        #expect(listening.gate.counts.notAccepted == 6)
        let shortage = try #require(ResourceShortage(errno: code))
        #expect(Set(listening.told.all) == [.notAccepted(shortage)])
    }

    @Test("a connection that is gone before it was accepted ends nothing, and needs no rest")
    func aborted() throws {
        let listening = try Listening(total: 5, perAddress: 5)
        listening.channel.pipeline.fireErrorCaught(IOError(errnoCode: ECONNABORTED, reason: "accept"))
        try listening.channel.throwIfErrorCaught()
        #expect(listening.isAccepting)
    }

    @Test("a socket that is broken is told as broken")
    func broken() throws {
        let listening = try Listening(total: 5, perAddress: 5)
        listening.channel.pipeline.fireErrorCaught(IOError(errnoCode: EINVAL, reason: "accept"))
        #expect(throws: IOError.self) { try listening.channel.throwIfErrorCaught() }
    }

    @Test("while many refused connections are still to be closed, no further one is accepted")
    func closing() throws {
        let listening = try Listening(total: 1, perAddress: 1)
        _ = try listening.come(from: "192.0.2.1")
        let loop = EmbeddedEventLoop()
        let slow = try (1...AcceptHandler.mostClosing).map { _ in
            let connection = EmbeddedChannel(handler: SlowClose(), loop: loop)
            connection.remoteAddress = try SocketAddress(ipAddress: "192.0.2.2", port: 1)
            return connection
        }
        for connection in slow {
            #expect(listening.isAccepting)
            listening.channel.pipeline.fireChannelRead(connection as any Channel)
        }
        loop.run()
        listening.loop.run()
        #expect(!listening.isAccepting)
        loop.advanceTime(by: .seconds(1))
        listening.loop.run()
        #expect(listening.isAccepting)
    }

    /// Closes a second late.
    private final class SlowClose: ChannelOutboundHandler {
        typealias OutboundIn = Any

        func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
            context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) {
                context.close(mode: mode, promise: promise)
            }
        }
    }

    @Test("a refusal is a whole answer that says what to do", arguments: ConnectionGate.Refusal.allCases)
    func answer(refusal: ConnectionGate.Refusal) throws {
        let parts = refusal.answer.components(separatedBy: "\r\n\r\n")
        #expect(parts.count == 2)
        #expect(parts[0].hasPrefix("HTTP/1.1 503 ") || parts[0].hasPrefix("HTTP/1.1 429 "))
        #expect(parts[0].contains("Content-Length: \(parts[1].utf8.count)"))
        #expect(parts[0].contains("Connection: close"))
        #expect(parts[1].contains("try again") || parts[1].contains("Try again"))
    }

    @Test("the log is told once a minute, with how many there were, and of no address")
    func log() throws {
        let heard = HeardLog()
        let limits = ConnectionLimits(descriptors: 1000, phones: 0, total: 5, perAddress: 2)
        let log = ConnectionLog(limits, heard.logger)
        let start = ContinuousClock.now
        for _ in 1...50 { log.note(.refused(.address), at: start) }
        #expect(heard.lines.count == 1)
        log.note(.refused(.total), at: start + .seconds(61))
        #expect(heard.lines.count == 2)
        #expect(
            heard.lines.last?.hasPrefix("warning: 50 connections were not let in, the last because 5 are open") == true)
        log.note(.notAccepted(.descriptors), at: start + .seconds(122))
        #expect(heard.lines.last?.contains("LimitNOFILE") == true)
    }
}
