import Foundation

/// How many descriptors this process may have open.
public enum DescriptorLimit {
    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)

    private static func read() -> rlimit {
        var limits = rlimit()
        getrlimit(resource, &limits)
        return limits
    }

    /// With a lower limit neither dialing nor serving can go on for long.
    public static let least = 128

    private static func number(_ limit: rlim_t) -> Int { Int(clamping: limit) }

    /// The limit that holds now (the soft limit).
    public static var current: Int { number(read().rlim_cur) }

    /// Raises the limit to the most that the system allows without further rights (the hard limit).
    ///
    /// Programs start with 1,024 on many systems, though they may have half a million: those that wait with `select` bear no more.
    /// This one does.
    ///
    /// - Returns: the limit that holds from now on.
    @discardableResult
    public static func raise() -> Int {
        var limits = read()
        if limits.rlim_cur < limits.rlim_max {
            limits.rlim_cur = limits.rlim_max
            setrlimit(resource, &limits)
        }
        return current
    }
}
