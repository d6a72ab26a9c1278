import Campaigns
import CivilTime
import Foundation

/// What commands say of the time zone data.
enum ZoneDataText {
    /// Which data there are: `Time zone data: 2026f of 2026-10-27, from /usr/share/zoneinfo.`
    static func line(_ zones: ZoneSource) -> String {
        if let problem = zones.problem { return problem.description }
        let data = zones.data
        let day = data.version.releasedOnDay.map { " of \(CivilDate(daysSince1970: $0).text)" } ?? ""
        return "Time zone data: \(data.version)\(day), from \(data.origin)."
    }

    /// What is to be done about them, a sentence each.
    ///
    /// - Parameter policy: what `apt-cache policy tzdata` says; nil where there is no such program. It is asked only for the data
    ///   that come with the package.
    static func warnings(
        _ zones: ZoneSource, policy: @autoclosure () -> String?, at now: Instant
    ) -> [String] {
        guard zones.problem == nil else { return [] }
        let newer = zones.directory.path == ZoneDirectory.standardPath ? policy().flatMap(newer(in:)) : nil
        return [zones.data.warning(at: now.wholeSeconds), newer].compactMap { $0 }
    }

    /// The package manager's word, from its lists on this computer: nothing is asked over the network.
    static func policy() -> String? {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/apt-cache")
        process.arguments = ["policy", "tzdata"]
        process.environment = ["LC_ALL": "C", "PATH": "/usr/bin:/bin"]
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let output = try? pipe.fileHandleForReading.readToEnd()
        process.waitUntilExit()
        return output.map { String(decoding: $0, as: UTF8.self) }
    }

    private static func newer(in policy: String) -> String? {
        let value = { (label: String) in
            policy.split(separator: "\n").map { $0.drop { $0 == " " } }.first { $0.hasPrefix(label) }
                .map { String($0.dropFirst(label.count).drop { $0 == " " }) }
        }
        guard let installed = value("Installed:"), let candidate = value("Candidate:"), installed != candidate,
            installed != "(none)", candidate != "(none)"
        else { return nil }
        return
            "The package manager knows other time zone data, tzdata \(candidate), than those that are installed, \(installed): run apt-get install --only-upgrade tzdata."
    }
}
