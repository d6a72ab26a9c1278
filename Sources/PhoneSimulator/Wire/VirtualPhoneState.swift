import Foundation
import NIOCore

/// Something that a test wants to happen just before a request is looked at.
struct RequestHook: Sendable {
    /// Nil matches every function.
    let function: String?
    let action: @Sendable () async -> Void
}

/// Everything about a virtual phone that changes, under one lock.
struct VirtualPhoneState: Sendable {
    enum Power: Sendable, Equatable { case on, off, rebooting }

    var device: DeviceModel
    var behaviour: PhoneBehaviour
    var gate = AccessGate()
    var faults = FaultSchedule()
    var jitter: SplitMix64
    var hooks: [RequestHook] = []
    /// When the request before is answered; a phone serves one at a time.
    var busyUntil = NIODeadline.uptimeNanoseconds(0)
    /// The one timer a phone needs: for whatever happens next by itself.
    var timer: (due: Date, task: Scheduled<Void>)?
    var power = Power.off
    /// Changes with the power, so that a reboot under way notices that it was overtaken.
    var powerGeneration = 0
    var listener: (any Channel)?
    var connections: [ObjectIdentifier: any Channel] = [:]
    /// 0 until the first listener has one.
    var port: Int
}
