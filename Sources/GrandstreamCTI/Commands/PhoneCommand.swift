/// Every command of the guide, as a value.
public enum PhoneCommand: Sendable, Hashable {
    /// The lines of a GXP phone.
    case lineStatus
    /// Whether a GXP phone is available.
    case phoneStatus
    /// A call operation on a GXP phone, on the line in focus or, where the firmware takes it, on the line given.
    case phoneOperation(PhoneOperation, line: Int?)
    /// An account of a DP base, from 1.
    case accountStatus(Int)
    /// A handset of a DP base, from 1.
    case handsetStatus(Int)
    /// The lines of a handset of a DP base, from 1.
    case handsetLineStatus(Int)
    /// Dial a number: on a DP base from a handset, on a GXP phone with an account (from 0; 0 where none is given).
    case makeCall(number: String, handset: Int?, account: Int?)
    /// An operation on a handset of a DP base; see ``DeviceOperation/takesLine`` for when a line is needed.
    case deviceOperation(DeviceOperation, handset: Int, line: Int?)
    /// Press keys, in order; on a DP base those of a handset.
    case sendKeys([Key], handset: Int?)
    /// Restart or reset the device.
    case systemOperation(SystemOperation)

    /// The guide's name of the function, such as `api-make_call`.
    public var functionName: String { function.rawValue }

    /// Whether the command changes something on the phone. Such a command travels on a connection of its own and is
    /// never sent twice.
    public var acts: Bool { function.acts }

    /// Whether devices of the family have the function at all; single keys may still be missing.
    public func isAvailable(on family: DeviceFamily) -> Bool {
        function.families.contains(family)
    }

    var function: CTIFunction {
        switch self {
        case .lineStatus: .lineStatus
        case .phoneStatus: .phoneStatus
        case .phoneOperation: .phoneOperation
        case .accountStatus: .accountStatus
        case .handsetStatus: .handsetStatus
        case .handsetLineStatus: .handsetLineStatus
        case .makeCall: .makeCall
        case .deviceOperation: .deviceOperation
        case .sendKeys: .sendKey
        case .systemOperation: .systemOperation
        }
    }
}
