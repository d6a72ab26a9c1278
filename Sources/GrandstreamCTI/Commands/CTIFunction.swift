/// The functions of the guide's chapter "Type of CTI functions", by the name that stands in the URL.
enum CTIFunction: String, Sendable, CaseIterable {
    case lineStatus = "api-get_line_status"
    case phoneStatus = "api-get_phone_status"
    case phoneOperation = "api-phone_operation"
    case accountStatus = "api-get_account_status"
    case handsetStatus = "api-get_hs_status"
    case handsetLineStatus = "api-get_hs_line_status"
    case makeCall = "api-make_call"
    case deviceOperation = "api-device_operation"
    case sendKey = "api-send_key"
    case systemOperation = "api-sys_operation"

    /// The families that have the function. Beyond the guide: newer GXP firmware has make call too.
    var families: Set<DeviceFamily> {
        switch self {
        case .lineStatus, .phoneStatus, .phoneOperation: [.gxp]
        case .accountStatus, .handsetStatus, .handsetLineStatus, .deviceOperation: [.dp]
        case .makeCall, .sendKey, .systemOperation: [.gxp, .dp]
        }
    }

    /// Whether the function acts on a call that is there: its `false` says that the call was in no state for it.
    var isCallOperation: Bool { self == .phoneOperation || self == .deviceOperation }

    /// Whether the function changes something on the phone, so that it must never be sent twice by accident.
    var acts: Bool {
        switch self {
        case .lineStatus, .phoneStatus, .accountStatus, .handsetStatus, .handsetLineStatus: false
        case .phoneOperation, .makeCall, .deviceOperation, .sendKey, .systemOperation: true
        }
    }
}
