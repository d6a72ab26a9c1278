/// The functions of the guide (table "Type of CTI functions").
enum GuideFunction: String, Sendable, CaseIterable {
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

    /// Whether the family has the function. The guide gives api-make_call to the DP alone; GXP phones were seen to take
    /// it too.
    func isKnown(to family: SimulatedFamily) -> Bool {
        switch self {
        case .lineStatus, .phoneStatus, .phoneOperation: family == .gxp
        case .accountStatus, .handsetStatus, .handsetLineStatus, .deviceOperation: family == .dp
        case .makeCall, .sendKey, .systemOperation: true
        }
    }
}
