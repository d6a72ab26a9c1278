/// An operation on a DP handset (guide, chapter "Device Operations Functions").
public enum DeviceOperation: String, Sendable, Hashable, Codable, CaseIterable {
    /// End an established call.
    case endcall
    /// Put the established call on hold.
    case holdcall
    /// Resume a call on hold.
    case unholdcall
    /// Accept an incoming call.
    case acceptcall
    /// Reject an incoming call.
    case rejectcall
    /// Reject or cancel calls.
    case cancel
    /// Mute while on a call.
    case mute
    /// Speaker while on a call.
    case speaker
    /// Do not disturb on.
    case setdnd
    /// Do not disturb off.
    case unsetdnd

    /// Whether the operation names a line; the guide gives the last four none.
    public var takesLine: Bool {
        switch self {
        case .endcall, .holdcall, .unholdcall, .acceptcall, .rejectcall, .cancel: true
        case .mute, .speaker, .setdnd, .unsetdnd: false
        }
    }
}
