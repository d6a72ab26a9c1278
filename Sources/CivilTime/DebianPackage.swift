import Foundation

/// What Debian's package manager has on disk about a package.
enum DebianPackage {
    /// The installed version of a package; nil where it is not installed, or this is no Debian.
    static func installedVersion(of package: String, status: String = "/var/lib/dpkg/status") -> String? {
        guard let data = FileManager.default.contents(atPath: status) else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        guard let start = text.range(of: "Package: \(package)\n") else { return nil }
        let entry = text[start.upperBound...].prefix(
            upTo: text[start.upperBound...].range(of: "\n\n")?.lowerBound ?? text.endIndex)
        guard entry.contains("Status: install ok installed") else { return nil }
        return entry.split(separator: "\n").first { $0.hasPrefix("Version: ") }.map { String($0.dropFirst(9)) }
    }
}
