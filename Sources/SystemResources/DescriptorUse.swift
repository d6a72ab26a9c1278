import Foundation

/// How many file descriptors this process has open, and how many it may have: connections count, and so do files.
public struct DescriptorUse: Sendable, Hashable {
    /// Open now.
    public var open: Int
    /// The most that may be open (`RLIMIT_NOFILE`, the soft limit).
    public var limit: Int

    /// A use from its numbers.
    public init(open: Int, limit: Int) {
        self.open = open
        self.limit = limit
    }

    /// How many may still be opened; never less than 0, also where the limit was lowered below what is open.
    public var free: Int { max(0, limit - open) }

    /// Whether less than a tenth is free, and less than 64.
    public var isScarce: Bool { free < min(64, max(1, limit / 10)) }

    /// The numbers of this process now.
    public static func now() -> DescriptorUse {
        let limit = DescriptorLimit.current
        // Linux 6.2 and later tell the number as the size of the folder, which costs no descriptor and no look at each.
        var status = stat()
        if stat("/proc/self/fd", &status) == 0, status.st_size > 0 {
            return DescriptorUse(open: Int(status.st_size), limit: limit)
        }
        errno = 0
        guard let folder = opendir("/proc/self/fd") else {
            // No descriptor is left to look at them with, or the system tells them in no such folder.
            return DescriptorUse(
                open: ResourceShortage(errno: errno) == nil ? countOneByOne(below: limit) : limit, limit: limit)
        }
        defer { closedir(folder) }
        // Without `.`, `..` and the one of this look.
        var open = -3
        while readdir(folder) != nil { open += 1 }
        return DescriptorUse(open: max(0, open), limit: limit)
    }

    private static func countOneByOne(below limit: Int) -> Int {
        (0..<Int32(min(limit, 65_536))).count { fcntl($0, F_GETFD) >= 0 }
    }

    /// The lowest number that the next descriptor gets; all below it are open. Nil where there is none left.
    public static func lowestFree() -> Int? {
        let descriptor = Foundation.open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        close(descriptor)
        return Int(descriptor)
    }
}
