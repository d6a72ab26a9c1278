import CampaignStore
import Campaigns
import Foundation
import GrandstreamCTI
import NetworkAddresses
import PhoneNumbers

/// One device as the engine talks to it: the typed client behind its request queue.
struct PhoneLink: Sendable {
    let client: PhoneClient
    let queue: RequestQueue
    /// What the client says to the phone.
    let passcode: Passcode
    /// The phone's thread: its sockets are there, and tasks that speak to it prefer it.
    let executor: LoopExecutor
    private let clock: DialerClock

    init(_ device: StoredDevice, passcode: String, clock: DialerClock, on executor: LoopExecutor) throws {
        self.passcode = Passcode(passcode)
        self.executor = executor
        client = PhoneClient(try PhoneEndpoint(device, passcode: passcode), eventLoopGroup: executor.loop)
        queue = RequestQueue(clock: clock, on: executor)
        self.clock = clock
    }

    /// What a poll came to.
    struct Polled {
        var lines: Result<[ObservedLine], DeviceFailure>
        /// How long the answer took from the request's turn; nil where there was none.
        var latency: Duration?
        /// When it was known, on the engine's steady clock.
        var at: Instant
    }

    /// The lines of a station.
    ///
    /// - Parameter onTurn: as ``RequestQueue/run(_:onTurn:_:)``.
    func poll(
        _ station: StationSetup, rank: RequestRank, onTurn: @Sendable (Duration) -> Void
    ) async -> Polled {
        await queue.run(rank, onTurn: onTurn) {
            if let refusal = await queue.refusal {
                return Polled(lines: .failure(DeviceFailure(refusal: refusal)), at: clock.now())
            }
            let start = ContinuousClock.now
            do throws(CTIError) {
                let lines = try await lines(of: station)
                return Polled(lines: .success(lines), latency: ContinuousClock.now - start, at: clock.now())
            } catch {
                if error.kind == .authentication { await queue.refuse(error.description) }
                return Polled(lines: .failure(DeviceFailure(error)), at: clock.now())
            }
        }
    }

    private func lines(of station: StationSetup) async throws(CTIError) -> [ObservedLine] {
        if let handset = station.handset {
            return try await client.handsetLineStatus(handset).map {
                ObservedLine(
                    line: $0.line, word: $0.state.rawValue, phase: station.words.phase(of: $0.state.rawValue),
                    registered: $0.account == 0 ? nil : $0.registered)
            }
        }
        return try await client.lineStatus().map {
            ObservedLine(
                line: $0.line, word: $0.state.rawValue, phase: station.words.phase(of: $0.state.rawValue),
                remoteNumber: $0.remoteNumber)
        }
    }

    /// Gives the dial command, unless its turn comes too late.
    ///
    /// - Parameter isInTime: asked when the turn comes; false leaves the command unsent.
    /// - Returns: nil where it was too late.
    func dial(
        _ station: StationSetup, _ dialled: String, isInTime: @Sendable () -> Bool
    ) async -> CommandResult? {
        await queue.run(.command) {
            guard isInTime() else { return nil }
            return await result {
                if station.dialWith == .makeCall {
                    try await client.makeCall(
                        dialled, handset: station.handset, account: station.handset == nil ? station.account : nil)
                } else {
                    try await client.send(Key.digits(from: dialled) + [.send], handset: station.handset)
                }
            }
        }
    }

    /// Presses digits in a call that is connected, unless their turn comes too late.
    ///
    /// - Parameter isInTime: asked when the turn comes; false leaves the keys unsent.
    /// - Returns: nil where it was too late.
    func press(
        _ station: StationSetup, _ digits: String, isInTime: @Sendable () -> Bool
    ) async -> CommandResult? {
        await queue.run(.command) {
            guard isInTime() else { return nil }
            return await result { try await client.send(Key.digits(from: digits), handset: station.handset) }
        }
    }

    /// Cancels a call that is not connected.
    func cancel(_ station: StationSetup, line: Int) async -> CommandResult {
        await queue.run(.command) {
            await result {
                if let handset = station.handset {
                    try await client.perform(DeviceOperation.cancel, handset: handset, line: line)
                } else {
                    try await client.perform(PhoneOperation.cancel)
                }
            }
        }
    }

    /// Ends a call.
    func endCall(_ station: StationSetup, line: Int) async -> CommandResult {
        await queue.run(.command) {
            await result {
                if let handset = station.handset {
                    try await client.perform(DeviceOperation.endcall, handset: handset, line: line)
                } else {
                    try await client.perform(PhoneOperation.endcall)
                }
            }
        }
    }

    func result(_ command: () async throws -> Void) async -> CommandResult {
        if let refusal = await queue.refusal { return .authentication(refusal) }
        do {
            try await command()
            return .accepted
        } catch let error as CTIError {
            switch (error.kind, error.delivery) {
            case (.authentication, _):
                await queue.refuse(error.description)
                return .authentication(error.description)
            case (.refused, _): return .refused(error.description)
            case (.shortage, .notSent): return .shortage(error.detail)
            case (_, .notSent): return .notSent(error.description)
            case (_, .mayHaveActed) where error.namesError: return .doubtful(error.description)
            case (_, .mayHaveActed): return .uncertain(error.description)
            }
        } catch {
            return .notSent("\(error)")
        }
    }
}

/// A poll's failure as a thrown value.
struct DeviceFailure: Error {
    let failure: PollFailure

    init(refusal: String) {
        failure = .authentication(refusal)
    }

    init(_ error: CTIError) {
        failure =
            switch error.kind {
            case .authentication: .authentication(error.description)
            case .shortage: .shortage(error.detail)
            default: .unreachable(error.description)
            }
    }
}

extension PhoneEndpoint {
    /// The endpoint of a stored device. Each connection is held to what whoever applied the phone allowed: a name may lead elsewhere
    /// than it did then.
    ///
    /// - Throws: `EndpointError`, a sentence.
    public init(_ device: StoredDevice, passcode: String) throws {
        let tls: TLSPolicy =
            switch device.certificate {
            case .system: .system
            case .pinned(let fingerprint): .pinned(sha256: fingerprint)
            case .unchecked: .doNotVerify
            }
        guard let url = URL(string: device.address) else {
            throw StoreError.refused("The address of phone “\(device.name)” is no URL; mend it in phones.yaml.")
        }
        let guarding = AddressGuard.phones(allowsLocal: device.mayBeLocal)
        try self.init(
            name: device.name, family: device.family == .gxp ? .gxp : .dp, address: url, passcode: Passcode(passcode),
            tls: tls,
            peerCheck: { peer, own in
                guarding.refusal(ofPeer: peer, port: 0, from: own).map {
                    "\($0), where phones are only with offhook phones apply --allow-local-phones"
                }
            })
    }
}
