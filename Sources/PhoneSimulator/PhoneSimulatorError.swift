/// Why the simulator could not do what it was asked.
public enum PhoneSimulatorError: Error, Equatable, CustomStringConvertible {
    /// A phone cannot be started as described.
    case invalidSpec(phone: String, reason: String)
    /// Two phones have one name.
    case nameTaken(phone: String)
    /// The address is not free, or not this machine's.
    case cannotListen(phone: String, host: String, port: Int, reason: String)
    /// There is no phone of that name.
    case noSuchPhone(String)
    /// The phone has no such handset, or it is not paired.
    case noSuchHandset(phone: String, handset: Int?)
    /// The phone has no such line, or none is free.
    case noSuchLine(phone: String, line: Int?)
    /// The phone is off, or restarts.
    case noPower(phone: String)
    /// The truth log cannot be written.
    case truthLog(file: String, reason: String)
    /// The simulator was stopped.
    case stopped

    /// One sentence to act on.
    public var description: String {
        switch self {
        case .invalidSpec(let phone, let reason):
            "The phone \"\(phone)\" cannot be simulated: \(reason). Correct its description."
        case .nameTaken(let phone):
            "There is a simulated phone named \"\(phone)\" already. Give each phone a name of its own."
        case .cannotListen(let phone, let host, let port, let reason):
            "The phone \"\(phone)\" cannot listen on \(host):\(port): \(reason). Choose an address of this machine and "
                + "a port that is free."
        case .noSuchPhone(let name):
            "There is no simulated phone named \"\(name)\". Use a name that was given to start."
        case .noSuchHandset(let phone, let handset):
            "The phone \"\(phone)\" has no \(handset.map { "paired handset \($0)" } ?? "handset by default"). Name a "
                + "paired handset on a DP base, and none on a GXP phone."
        case .noSuchLine(let phone, let line):
            "The phone \"\(phone)\" has no \(line.map { "line \($0) that can do this" } ?? "free line"). Look at its "
                + "lines and choose another."
        case .noPower(let phone):
            "The phone \"\(phone)\" is off or restarts. Switch it on, or wait."
        case .truthLog(let file, let reason):
            "Cannot write the truth log \(file): \(reason). Check the path and its permissions."
        case .stopped:
            "The phone simulator was stopped. Make a new one."
        }
    }
}
