import Foundation
import NIOConcurrencyHelpers
import NIOCore

/// One device: its model behind a lock, its listener and its timer.
///
/// All its connections live on one event loop, so requests never wait for another thread; the lock is for the people
/// (and tests) that act on the phone from elsewhere.
final class VirtualPhone: Sendable {
    let name: String
    let host: String
    let spec: SimulatedPhoneSpec
    let loop: any EventLoop
    let clock: SimulatorClock
    let network: SimulatedNetwork
    let recorder: TruthRecorder
    private let box: NIOLockedValueBox<VirtualPhoneState>

    init(
        _ spec: SimulatedPhoneSpec, host: String, port: Int, seed: UInt64, loop: any EventLoop, clock: SimulatorClock,
        network: SimulatedNetwork, recorder: TruthRecorder
    ) {
        name = spec.name
        self.host = host
        self.spec = spec
        self.loop = loop
        self.clock = clock
        self.network = network
        self.recorder = recorder
        box = NIOLockedValueBox(
            VirtualPhoneState(
                device: DeviceModel(spec), behaviour: spec.behaviour, jitter: SplitMix64(seed: seed, words: spec.name),
                port: port))
    }

    /// 0 until it listens for the first time, where a free one is to be found.
    var port: Int {
        box.withLockedValue { $0.port }
    }

    var running: RunningPhone {
        RunningPhone(
            name: name, family: spec.family,
            address: "\(spec.behaviour.certificate == nil ? "http" : "https")://\(host):\(port)",
            passcode: spec.passcode,
            lines: spec.lines, handsets: spec.handsets == 0 ? [] : Array(1...spec.handsets))
    }

    /// The one way to look at or change a phone: it is brought up to the present, changed, what came of it is recorded,
    /// and the timer is set for what comes next.
    func update<Result>(_ change: (inout VirtualPhoneState, Date) throws -> Result) rethrows -> Result {
        try box.withLockedValue { state in
            let now = clock.now()
            bringUp(&state, to: now)
            defer {
                bringUp(&state, to: now)
                setTimer(&state, now: now)
            }
            return try change(&state, now)
        }
    }

    func context(_ state: VirtualPhoneState) -> CallContext {
        CallContext(behaviour: state.behaviour, network: network)
    }

    private func bringUp(_ state: inout VirtualPhoneState, to now: Date) {
        state.device.advance(to: now, in: context(state))
        for index in state.device.stations.indices where !state.device.stations[index].outbox.isEmpty {
            let handset = state.device.handset(ofStation: index)
            for event in state.device.stations[index].outbox {
                recorder.record(event, phone: name, handset: handset)
            }
            state.device.stations[index].outbox.removeAll()
        }
    }

    private func setTimer(_ state: inout VirtualPhoneState, now: Date) {
        let due = state.device.nextDeadline
        guard due != state.timer?.due else { return }
        state.timer?.task.cancel()
        state.timer = nil
        guard let due else { return }
        let wait = TimeAmount.seconds(real: clock.realSeconds(virtual: due.timeIntervalSince(now)))
        let task = loop.scheduleTask(in: wait) { [weak self] () -> Void in
            self?.update { state, _ in
                // Unless it was replaced while it waited for the lock.
                if state.timer?.due == due { state.timer = nil }
            }
        }
        state.timer = (due, task)
    }
}

extension TimeAmount {
    /// Rounded up to the next microsecond, so that a timer never comes just before its time.
    static func seconds(real seconds: Double) -> TimeAmount {
        .microseconds(Int64(min(max(0, seconds), 1e9) * 1e6) + 1)
    }
}
