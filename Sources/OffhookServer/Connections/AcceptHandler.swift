import Dialer
import Foundation
import Logging
import NIOCore
import SystemResources

/// Stands before everything else on the socket that listens: lets connections in as the gate says, and lets no error of accepting pass
/// that leaves the socket as good as before.
///
/// A socket that cannot be accepted from for want of descriptors stays ready to be accepted from: it is left alone for a while, or the
/// event loop would do little else.
final class AcceptHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel

    /// How long nothing is accepted after the system had no descriptor for it.
    static let rest: TimeAmount = .milliseconds(200)
    /// With so many refused connections still to be closed, nothing is accepted: each holds a descriptor until then.
    static let mostClosing = 8

    /// What belongs to the event loop of the listening socket.
    private struct State {
        var closing = 0
        var isResting = false
        var isReading = true
    }

    private let gate: ConnectionGate
    private let isPlain: Bool
    private let report: @Sendable (Report) -> Void
    private let state: NIOLoopBoundBox<State>

    /// Something that is worth a word in the log.
    enum Report: Sendable, Hashable {
        case refused(ConnectionGate.Refusal)
        case notAccepted(ResourceShortage)
    }

    /// - Parameters:
    ///   - isPlain: whether connections speak plain HTTP, so that a refusal can say why.
    ///   - report: told of each refusal and each failure to accept.
    init(
        _ gate: ConnectionGate, isPlain: Bool, on eventLoop: any EventLoop,
        report: @escaping @Sendable (Report) -> Void = { _ in }
    ) {
        self.gate = gate
        self.isPlain = isPlain
        self.report = report
        state = .makeBoxSendingValue(State(), eventLoop: eventLoop)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let connection = unwrapInboundIn(data)
        let address = connection.remoteAddress?.ipAddress ?? "unknown"
        do throws(ConnectionGate.Refusal) {
            try gate.open(address)
        } catch {
            report(.refused(error))
            return refuse(connection, error, context)
        }
        connection.closeFuture.whenComplete { [gate] _ in gate.closed(address) }
        context.fireChannelRead(data)
    }

    private func refuse(
        _ connection: any Channel, _ refusal: ConnectionGate.Refusal, _ context: ChannelHandlerContext
    ) {
        let listening = NIOLoopBound(context.channel, eventLoop: context.eventLoop)
        state.value.closing += 1
        adjust(context.channel)
        refusal.send(to: connection, isPlain: isPlain).hop(to: context.eventLoop).whenComplete { [self] _ in
            state.value.closing -= 1
            adjust(listening.value)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard Self.passes(error) else { return context.fireErrorCaught(error) }
        guard let shortage = (error as? IOError).flatMap({ ResourceShortage(errno: $0.errnoCode) }) else { return }
        gate.noteNotAccepted()
        report(.notAccepted(shortage))
        guard !state.value.isResting else { return }
        state.value.isResting = true
        adjust(context.channel)
        let listening = NIOLoopBound(context.channel, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: Self.rest) { [self] in
            state.value.isResting = false
            adjust(listening.value)
        }
    }

    /// Whether the listening socket is as good as before: the connection that was to be accepted is gone, or the system lacked something.
    private static func passes(_ error: any Error) -> Bool {
        guard let error = error as? IOError else { return false }
        return error.errnoCode == ECONNABORTED || ResourceShortage(errno: error.errnoCode) != nil
    }

    /// Accepts, or does not for now.
    private func adjust(_ listening: any Channel) {
        let shouldRead = !state.value.isResting && state.value.closing < Self.mostClosing
        guard shouldRead != state.value.isReading else { return }
        state.value.isReading = shouldRead
        // Where it is closed already there is nothing to accept.
        try? listening.syncOptions?.setOption(.autoRead, value: shouldRead)
    }
}

extension ConnectionGate {
    /// Stands before a socket that listens: what it accepts from now on is counted and bounded.
    ///
    /// - Parameter isPlain: whether its connections speak plain HTTP, so that a refusal can say why.
    func guardConnections(of listening: any Channel, isPlain: Bool, logger: Logger) async {
        let log = ConnectionLog(limits, logger)
        let handler = AcceptHandler(self, isPlain: isPlain, on: listening.eventLoop, report: { log.note($0) })
        do {
            try await listening.pipeline.addHandler(handler, position: .first)
        } catch {
            // It is closed already: the server stops.
            logger.warning("Connections are not counted: \(LoggedError.text(error))")
        }
    }
}
