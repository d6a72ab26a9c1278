import Foundation

/// The time zone that this computer is set to.
public enum LocalZone {
    /// Its IANA name: what TZ says, else where /etc/localtime points, else what /etc/timezone says; `Etc/UTC` where none of them
    /// names a zone of the data.
    public static func name(
        in data: ZoneData, environment: [String: String] = ProcessInfo.processInfo.environment, etc: String = "/etc"
    ) -> String {
        let candidates = [environment["TZ"].map(fromVariable), link("\(etc)/localtime"), line("\(etc)/timezone")]
        return candidates.lazy.compactMap { $0 }.first { data.zone($0) != nil } ?? "Etc/UTC"
    }

    /// `:America/New_York` and a path are ways to write a zone's name.
    private static func fromVariable(_ text: String) -> String {
        fromPath(text.hasPrefix(":") ? String(text.dropFirst()) : text)
    }

    private static func fromPath(_ path: String) -> String {
        guard let range = path.range(of: "zoneinfo/", options: .backwards) else { return path }
        let name = path[range.upperBound...]
        return String(name.hasPrefix("posix/") ? name.dropFirst(6) : name)
    }

    private static func link(_ path: String) -> String? {
        var path = path
        // Links may lead to links.
        for _ in 0..<8 {
            guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { break }
            path = next.hasPrefix("/") ? next : "\((path as NSString).deletingLastPathComponent)/\(next)"
            if path.contains("zoneinfo/") { return fromPath(path) }
        }
        return nil
    }

    private static func line(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map {
            String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }
}
