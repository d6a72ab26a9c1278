import CallingRules
import Foundation
import PhoneNumbers
import Supervision

/// Where rule packs and number data are: OFFHOOK_SHARE, else `../share/offhook` beside the program, else the source tree's `share`.
enum ShareDirectory {
    static func find() throws -> URL {
        if let path = ProcessInfo.processInfo.environment["OFFHOOK_SHARE"] {
            guard isShare(URL(fileURLWithPath: path)) else {
                throw CommandFailure(
                    "OFFHOOK_SHARE names \(path), which holds no number-data; point it at the share folder of Offhook.")
            }
            return URL(fileURLWithPath: path)
        }
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        let executable =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            .map { URL(fileURLWithPath: $0) } ?? program
        let installed = executable.deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("share/offhook")
        if isShare(installed) { return installed }
        var folder = executable.deletingLastPathComponent()
        while folder.path != "/" {
            let share = folder.appendingPathComponent("share")
            if isShare(share) { return share }
            folder = folder.deletingLastPathComponent()
        }
        throw CommandFailure(
            "The data files of Offhook (rule packs, number data) were not found beside the program; set OFFHOOK_SHARE to their folder."
        )
    }

    private static func isShare(_ folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent("number-data/regions.tsv").path)
    }

    /// The data there.
    ///
    /// - Parameter database: the path of the database beside which updates of rule packs are; nil where none is meant.
    static func data(_ database: String? = nil) throws -> ShareData {
        ShareData(folder: try find(), database: database)
    }

    /// The installation's rule packs by name, whatever updates are in force; `none` is always there.
    static func packs() throws -> [String: RulePack] { try data().packs() }

    static func atlas() throws -> NumberAtlas { try data().atlas() }

    /// Reads numbers by the library and, for young area codes, by the number data.
    static func numberReader() throws -> NumberReader { try data().numberReader() }
}
