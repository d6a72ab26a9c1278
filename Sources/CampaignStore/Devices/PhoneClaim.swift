import Foundation

/// One engine a phone on this computer, whatever databases they have: two would each send keys over the other's call.
///
/// The claims stand in a folder that all users of the computer share; the death of a process releases its own. An engine on
/// another computer is not seen: its calls show as calls that we did not place, and no command is sent over them.
public enum PhoneClaim {
    /// OFFHOOK_CLAIMS, else a folder for temporary files.
    static func folder(_ environment: [String: String]) -> URL {
        environment["OFFHOOK_CLAIMS"].map { URL(fileURLWithPath: $0) }
            ?? FileManager.default.temporaryDirectory.appendingPathComponent("offhook-phones")
    }

    /// Claims the phone at an address until the lock is released.
    ///
    /// - Returns: nil where another engine has it.
    /// - Throws: `StoreError.cannotOpen` where the claim cannot be written down.
    public static func take(address: String, environment: [String: String]) throws -> FileLock? {
        let folder = folder(environment)
        // Whoever makes the folder makes it for all: another user's engine must find the claim.
        if !FileManager.default.fileExists(atPath: folder.path) {
            try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            chmod(folder.path, 0o777)
        }
        let name = address.lowercased().map {
            $0.isASCII && ($0.isLetter || $0.isNumber || "-.".contains($0)) ? $0 : "_"
        }
        let path = folder.appendingPathComponent(String(name) + ".lock").path
        let isNew = !FileManager.default.fileExists(atPath: path)
        let lock = try FileLock(path: path, mode: 0o666)
        if isNew { chmod(path, 0o666) }
        return lock
    }
}
