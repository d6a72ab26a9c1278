/// A key of the guide's chapter "Sending Keys Functions", of either family.
///
/// A value beyond the guide's ranges can be written, but no family has it: sending it is refused.
public enum Key: Sendable, Hashable {
    /// 0 to 9.
    case digit(Int)
    /// The star key.
    case star
    /// The hash (pound) key.
    case hash
    /// Send the digits entered.
    case send
    /// Speaker on or off.
    case speaker
    /// A line key, 1 to 8.
    case line(Int)
    /// A soft key, 1 to 4.
    case soft(Int)
    /// A multi-purpose key, 1 to 24.
    case mpk(Int)
    /// Transfer; during an established call.
    case xfer
    /// Volume up.
    case vup
    /// Volume down.
    case vdown
    /// Mute on or off.
    case mute
    /// Hold; during an established call.
    case hold
    /// Conference; during an established call.
    case conf
    /// Voice mail.
    case vm
    /// Headset mode.
    case headset
    /// Do not disturb on or off.
    case dnd
    /// The left soft key of a handset.
    case leftSoftKey
    /// The right soft key of a handset.
    case rightSoftKey
    /// Reject a call at a handset.
    case onhook
    /// Answer a call at a handset.
    case offhook
    /// OK.
    case ok
    /// Lock the keypad.
    case lock
    /// Unlock the keypad.
    case unlock
    /// Up.
    case up
    /// Down.
    case down
    /// Left.
    case left
    /// Right.
    case right
}
