import CallingRules
import CampaignStore
import Campaigns
import CivilTime
import Foundation
import Reports
import Supervision

/// How long every report takes over five million attempts, and whether it delays dialling: `offhook-reports [ATTEMPTS] [--folder DIR] [--keep FILE]
/// [--only REPORT]`.
///
/// Reports are asked through the entry that the command line, the pages and the interface use, each question seven times. Then
/// contacts are reserved, intended and settled with and without a thread that asks all of them in turn. OFFHOOK_SHARE names the
/// share folder, `share` by default.
///
/// Making the database takes most of the time: with `--keep` it stays in a file, and is taken from there the next time.
///
/// It fails where a report takes over one second at the median.
@main
struct ReportsBenchmark {
    static func main() throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        var folder = FileManager.default.temporaryDirectory
        if let index = arguments.firstIndex(of: "--folder"), index + 1 < arguments.count {
            folder = URL(fileURLWithPath: arguments[index + 1])
            arguments.removeSubrange(index...index + 1)
        }
        var kept: String?
        if let index = arguments.firstIndex(of: "--keep"), index + 1 < arguments.count {
            kept = arguments[index + 1]
            arguments.removeSubrange(index...index + 1)
        }
        var only: ReportName?
        if let index = arguments.firstIndex(of: "--only"), index + 1 < arguments.count {
            only = ReportName(rawValue: arguments[index + 1])
            guard only != nil else {
                say(
                    "There is no report “\(arguments[index + 1])”; --only takes \(ReportName.allCases.map(\.rawValue))."
                )
                exit(2)
            }
            arguments.removeSubrange(index...index + 1)
        }
        let attempts = arguments.first.flatMap { Int($0) } ?? 5_000_000
        guard FileManager.default.fileExists(atPath: share.appendingPathComponent("rules").path) else {
            say("There are no rules in \(share.path); name the share folder in OFFHOOK_SHARE.")
            exit(2)
        }
        // Without --keep the files are gone before the program ends, well or not.
        let tooSlow = try run(attempts, in: folder, keeping: kept, only: only)
        guard tooSlow.isEmpty else {
            say("over \(ReportTimes.limit) s at the median: \(tooSlow.joined(separator: "; "))")
            exit(1)
        }
    }

    private static var share: URL {
        URL(fileURLWithPath: ProcessInfo.processInfo.environment["OFFHOOK_SHARE"] ?? "share")
    }

    /// Makes the database and measures; the reports that took too long, in words.
    private static func run(
        _ attempts: Int, in folder: URL, keeping kept: String?, only: ReportName?
    ) throws -> [String] {
        let path = kept ?? folder.appendingPathComponent("offhook-reports-\(getpid()).db").path
        let isThere = FileManager.default.fileExists(atPath: path)
        if !isThere { try lookAtDisk(folder, attempts: attempts) }
        defer {
            for suffix in ["", "-wal", "-shm", ".key"] where kept == nil {
                try? FileManager.default.removeItem(atPath: path + suffix)
            }
        }
        let began = ContinuousClock.now
        let months = CalledMonths(path: path, attempts: attempts)
        let rules = try isThere ? months.applyCampaigns() : months.make()
        say("made in \((ContinuousClock.now - began).components.seconds) s")
        guard let clock = ZoneClock("America/New_York", in: ZoneSource.system.data),
            let campaign = rules.keys.min(by: { $0.value < $1.value })
        else { return ["there is no zone data"] }
        let share = ShareData(folder: share)
        let asked = AskedReports(clock: clock, end: months.end, campaign: campaign)
        let store = try CampaignStore(path: path)
        let times = ReportTimes(store: store, share: share, asked: asked)
        if only == nil { try times.printPlans() }
        let tooSlow = try times.measure(only.map { [$0] } ?? ReportName.allCases)
        try store.close()
        guard only == nil else { return tooSlow }
        try DiallingBeside(path: path, share: share, asked: asked, rules: rules).measure()
        return tooSlow
    }

    /// An attempt takes about 1,000 bytes with its indexes and sums, two million contacts 400 MB.
    private static func lookAtDisk(_ folder: URL, attempts: Int) throws {
        let values = try FileManager.default.attributesOfFileSystem(forPath: folder.path)
        let free = (values[.systemFreeSize] as? NSNumber)?.int64Value ?? 0
        let needed = Int64(attempts) * 2000 + 1_500_000_000
        guard free > needed else {
            say(
                "\(needed >> 20) MB are needed in \(folder.path), where \(free >> 20) MB are free; name another --folder."
            )
            exit(1)
        }
    }
}
