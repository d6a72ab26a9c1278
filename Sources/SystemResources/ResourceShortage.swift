import Foundation

/// What this computer has too little of: a fault of its own, which says nothing about a phone, a file or a person.
public enum ResourceShortage: String, Error, Sendable, Hashable, CaseIterable {
    /// This process has as many files and connections open as it may (`EMFILE`).
    case descriptors
    /// All programs together have as many open as the system has room for (`ENFILE`).
    case systemDescriptors = "system_descriptors"
    /// The system gives no memory (`ENOMEM`, `ENOBUFS`).
    case memory

    /// What an error number of the system says; nil where it is no shortage.
    public init?(errno code: Int32) {
        switch code {
        case EMFILE: self = .descriptors
        case ENFILE: self = .systemDescriptors
        case ENOMEM, ENOBUFS: self = .memory
        default: return nil
        }
    }

    /// What is short now.
    ///
    /// One descriptor is taken and given back, no more: whoever takes many to see whether they are there leaves others without for that
    /// moment, and libdispatch, which looks after the threads of this process, ends it with a trap where it cannot open a file.
    /// - Parameter count: how many must be free, 1 or more; more than one are counted.
    /// - Returns: nil where they are.
    public static func now(descriptors count: Int = 1) -> ResourceShortage? {
        let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return ResourceShortage(errno: errno) }
        close(descriptor)
        return count > 1 && DescriptorUse.now().free < count ? .descriptors : nil
    }

    /// What is short and what to do, as a clause without an end.
    public var clause: String {
        switch self {
        case .descriptors:
            "this program has as many files and connections open as it may; close connections that nobody needs, or allow more with LimitNOFILE of the service or ulimit -n"
        case .systemDescriptors:
            "all programs on this computer together have as many files open as the system allows; end one, or raise fs.file-max"
        case .memory: "this computer has no memory left; end other programs, or give it more"
        }
    }
}
