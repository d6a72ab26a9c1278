import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

extension VirtualPhone {
    /// Real time between the end of a phone's last answer and its going down, so that the answer gets out.
    private static let lastWords = TimeAmount.milliseconds(20)
    /// Real time between two tries to take the port back after a reboot.
    private static let portRetry = TimeAmount.milliseconds(20)

    /// Takes the address for the first time. A phone that is off has one too, though it refuses connections.
    func install() async throws {
        let generation = update { state, _ in state.powerGeneration }
        try await listen(generation).get()
        if update({ state, _ in state.behaviour.poweredOff }) { await powerOff() }
    }

    /// Listens again; nothing happens where it listens already.
    func powerOn() async throws {
        let generation: Int? = update { state, _ in
            state.behaviour.poweredOff = false
            guard state.power != .on else { return nil }
            state.powerGeneration += 1
            return state.powerGeneration
        }
        if let generation { try await listen(generation).get() }
    }

    /// Refuses connections from now on. Calls end, and connections break.
    func powerOff() async {
        let channels = update { state, now in
            state.behaviour.poweredOff = true
            return goDown(to: .off, &state, now)
        }
        for channel in channels {
            // A channel that is closed already is as closed as it should be.
            try? await channel.close().get()
        }
    }

    /// Reboots once the answer is out; RESET loses the settings on the way, the account's registration too.
    func restart(_ aftermath: CommandResult.Aftermath, after deadline: NIODeadline) {
        loop.scheduleTask(deadline: max(deadline, .now()) + Self.lastWords) {
            let (channels, generation, seconds) = self.update { state, now in
                if aftermath == .factoryReset {
                    state.device.restoreFactorySettings()
                    state.behaviour.registered = false
                }
                let channels = self.goDown(to: .rebooting, &state, now)
                return (channels, state.powerGeneration, state.behaviour.rebootSeconds)
            }
            for channel in channels { channel.close(promise: nil) }
            let wait = TimeAmount.seconds(real: self.clock.realSeconds(virtual: seconds))
            self.loop.scheduleTask(in: wait) { self.comeBack(generation) }
        }
    }

    private func comeBack(_ generation: Int) {
        guard update({ state, _ in state.powerGeneration == generation && state.power == .rebooting }) else { return }
        listen(generation).whenFailure { _ in
            // Another program may have the port for a moment, as a client's own; a phone's address is its own again soon.
            guard self.update({ state, _ in state.powerGeneration == generation }) else { return }
            self.loop.scheduleTask(in: Self.portRetry) { self.comeBack(generation) }
        }
    }

    /// - Returns: the listener and the connections, for the caller to close once the lock is free.
    private func goDown(
        to power: VirtualPhoneState.Power, _ state: inout VirtualPhoneState, _ now: Date
    ) -> [any Channel] {
        state.powerGeneration += 1
        if state.power == .on {
            state.device.losePower(at: now)
            recorder.log.append(TruthEntry(.powerOff, at: now, phone: name))
        }
        state.power = power
        state.busyUntil = .uptimeNanoseconds(0)
        let channels = (state.listener.map { [$0] } ?? []) + state.connections.values
        state.listener = nil
        state.connections.removeAll()
        return channels
    }

    private func listen(_ generation: Int) -> EventLoopFuture<Void> {
        let port = update { state, _ in state.port }
        let bootstrap = ServerBootstrap(group: loop, childGroup: loop)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: 256)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try self.adopt(channel)
                }
            }
        return bootstrap.bind(host: host, port: port).flatMap { channel in
            let isCurrent = self.update { state, now in
                guard state.powerGeneration == generation else { return false }
                state.listener = channel
                state.port = channel.localAddress?.port ?? state.port
                state.power = .on
                self.recorder.log.append(TruthEntry(.powerOn, at: now, phone: self.name))
                return true
            }
            return isCurrent ? self.loop.makeSucceededVoidFuture() : channel.close()
        }
    }

    private func adopt(_ channel: any Channel) throws {
        let key = ObjectIdentifier(channel)
        let certificate = update { state, _ in
            state.connections[key] = channel
            return state.behaviour.certificate
        }
        channel.closeFuture.whenComplete { _ in
            self.update { state, _ in state.connections[key] = nil }
        }
        if let certificate {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: certificate.context))
        }
        try channel.pipeline.syncOperations.addHandlers(
            ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)),
            ConnectionHandler(phone: self))
    }
}
