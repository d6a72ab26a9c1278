import Foundation
import SystemResources

/// What the system leaves to the program: descriptors, and room on the database's disk.
struct ProcessRoom: Sendable, Hashable {
    /// Files and connections that are open; nil where the system does not tell.
    var openDescriptors: Int?
    /// Most that may be open at once.
    var descriptorLimit: Int?
    /// Bytes on the database's disk that may still be written; nil where the system does not tell.
    var freeDisk: Int64?

    /// Fewer free descriptors than this are few: phones, database and pages need some at any time.
    static let fewDescriptors = 64
    /// Less free disk than this is little: the database's log alone grows to some 64 MB.
    static let littleDisk: Int64 = 256_000_000

    /// What there is now.
    ///
    /// - Parameter database: the path of the database.
    init(database: String) {
        let use = DescriptorUse.now()
        openDescriptors = use.open
        descriptorLimit = use.limit
        var disk = statvfs()
        let folder = URL(fileURLWithPath: database).deletingLastPathComponent().path
        if statvfs(folder, &disk) == 0 { freeDisk = Int64(clamping: UInt64(disk.f_bavail) * UInt64(disk.f_frsize)) }
    }

    /// What is to be said where one of them runs short; nil where there is enough.
    var warnings: [String] {
        var found: [String] = []
        if let openDescriptors, let descriptorLimit, descriptorLimit - openDescriptors < Self.fewDescriptors {
            found.append(
                "Only \(max(0, descriptorLimit - openDescriptors)) more files and connections can be opened; raise the limit of "
                    + "open files (LimitNOFILE of systemd), or find out who holds the connections.")
        }
        if let freeDisk, freeDisk < Self.littleDisk {
            found.append("Free space on the disk of the database: no call is placed when it is full.")
        }
        return found
    }
}
