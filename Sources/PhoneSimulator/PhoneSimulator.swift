import Foundation
import NIOCore
import NIOPosix

/// Virtual Grandstream phones over real HTTP: an independent reading of the vendor's CTI guide.
///
/// ```swift
/// let simulator = PhoneSimulator(clock: SimulatorClock(scale: 10))
/// let phones = try await simulator.start([.gxp(name: "desk-1", passcode: "secret")])
/// // ... drive phones[0].address ...
/// let truth = await simulator.calls()
/// await simulator.stop()
/// ```
///
/// What a phone answers is the guide's text to the letter; what the guide leaves open is a setting of
/// ``PhoneBehaviour``. All phones share one event loop; each has a lock of its own, so they do not wait for one another.
public actor PhoneSimulator {
    private let clock: SimulatorClock
    private let seed: UInt64
    private let network: SimulatedNetwork
    private let recorder: TruthRecorder
    private let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private var phones: [String: VirtualPhone] = [:]
    private var isStopped = false

    /// - Parameters:
    ///   - clock: the simulation's time.
    ///   - seed: what the far ends outside the table, and jitter, are drawn from. The draw for a call depends on the
    ///     seed, the number and how often it was called before, not on what else happens.
    ///   - farEnds: what the numbers reach.
    ///   - truthLogFile: where to write the truth log as JSON lines; an existing file is continued.
    ///   - keepsCallsOnly: leave requests and line states out of the truth log, for runs of many hours.
    public init(
        clock: SimulatorClock, seed: UInt64 = 1, farEnds: FarEndTable = .standard, truthLogFile: URL? = nil,
        keepsCallsOnly: Bool = false
    ) {
        self.clock = clock
        self.seed = seed
        network = SimulatedNetwork(seed: seed, table: farEnds)
        recorder = TruthRecorder(log: TruthLog(file: truthLogFile, keepsCallsOnly: keepsCallsOnly))
    }

    /// Starts phones, each at an address of its own. May be called again for more.
    /// - Parameters:
    ///   - phones: what to start; each name once.
    ///   - host: an address of this machine, for instance `127.0.0.7`.
    ///   - firstPort: the first phone's port, the next has the next; 0: ports that are free.
    /// - Returns: the phones in the order given, listening (unless their behaviour says that they are off).
    /// - Throws: `PhoneSimulatorError`; none of `phones` runs then.
    public func start(
        _ phones: [SimulatedPhoneSpec], host: String = "127.0.0.1", firstPort: Int = 0
    ) async throws -> [RunningPhone] {
        guard !isStopped else { throw PhoneSimulatorError.stopped }
        var added: [VirtualPhone] = []
        for (index, spec) in phones.enumerated() {
            try spec.check()
            guard self.phones[spec.name] == nil, !added.contains(where: { $0.name == spec.name }) else {
                throw PhoneSimulatorError.nameTaken(phone: spec.name)
            }
            added.append(
                VirtualPhone(
                    spec, host: host, port: firstPort == 0 ? 0 : firstPort + index, seed: seed, loop: loops.next(),
                    clock: clock, network: network, recorder: recorder))
        }
        try recorder.log.open()
        for phone in added { self.phones[phone.name] = phone }
        do {
            for phone in added { try await install(phone) }
        } catch {
            for phone in added {
                self.phones[phone.name] = nil
                await phone.powerOff()
            }
            throw error
        }
        return added.map(\.running)
    }

    private func install(_ phone: VirtualPhone) async throws(PhoneSimulatorError) {
        try await listening(phone) {
            guard (0...65535).contains($0.port) else { throw PortOutOfRange() }
            try await $0.install()
        }
    }

    private func powerOn(_ phone: VirtualPhone) async throws(PhoneSimulatorError) {
        try await listening(phone) { try await $0.powerOn() }
    }

    private func listening(
        _ phone: VirtualPhone, _ act: (VirtualPhone) async throws -> Void
    ) async throws(PhoneSimulatorError) {
        guard !isStopped else { throw .stopped }
        do {
            try await act(phone)
        } catch {
            throw .cannotListen(
                phone: phone.name, host: phone.host, port: phone.port, reason: String(describing: error))
        }
    }

    private struct PortOutOfRange: Error, CustomStringConvertible {
        let description = "ports go from 1 to 65535"
    }

    /// All phones started so far, by name.
    public func runningPhones() -> [RunningPhone] {
        phones.values.sorted { $0.name < $1.name }.map(\.running)
    }

    /// Changes how a phone behaves, from its next request, key or call on. Switching it off and on works here too.
    /// - Throws: `PhoneSimulatorError`.
    public func setBehaviour(_ change: @Sendable (inout PhoneBehaviour) -> Void, of phone: String) async throws {
        let phone = try self.phone(phone)
        let (wasOff, isOff) = phone.update { state, _ in
            let former = state.behaviour
            change(&state.behaviour)
            if state.behaviour.faults != former.faults { state.faults = FaultSchedule() }
            return (former.poweredOff, state.behaviour.poweredOff)
        }
        if isOff, !wasOff { await phone.powerOff() }
        if wasOff, !isOff { try await powerOn(phone) }
    }

    /// Cuts a phone's power: connections are refused, its calls end.
    public func powerOff(phone: String) async throws {
        try await self.phone(phone).powerOff()
    }

    /// Gives a phone its power back, at the same address. A reboot under way is over at once.
    public func powerOn(phone: String) async throws {
        try await powerOn(self.phone(phone))
    }

    /// Stops all phones for good. The truth can still be read.
    public func stop() async {
        guard !isStopped else { return }
        isStopped = true
        for phone in phones.values { await phone.powerOff() }
        recorder.log.close()
        // Nothing runs on the loops any more that could fail to end.
        try? await loops.shutdownGracefully()
    }

    func phone(_ name: String) throws(PhoneSimulatorError) -> VirtualPhone {
        guard let phone = phones[name] else { throw .noSuchPhone(name) }
        return phone
    }

    // MARK: The truth

    /// What really happened to each call so far, in the order of their starts.
    public func calls() async -> [SimulatedCall] {
        bringUpToDate()
        return recorder.calls
    }

    /// The truth log: requests, line states, calls. The latest 200 000 entries at least are kept; the file has all.
    public func truthLog() async -> [TruthEntry] {
        bringUpToDate()
        return recorder.log.entries
    }

    /// Why the truth log's file ends early, for instance a full disk; nil while all is well.
    public func truthLogFailure() async -> PhoneSimulatorError? {
        recorder.log.failure
    }

    /// What each line of a phone shows, handset by handset.
    /// - Throws: `PhoneSimulatorError.noSuchPhone`.
    public func lineStates(of phone: String) async throws -> [SimulatedLineSnapshot] {
        try self.phone(phone).snapshots()
    }

    private func bringUpToDate() {
        guard !isStopped else { return }
        for phone in phones.values { phone.update { _, _ in } }
    }
}
