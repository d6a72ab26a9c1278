import Foundation

/// Files that people write.
enum TextFile {
    /// The text of a UTF-8 file.
    ///
    /// - Throws: `CommandFailure`, one sentence with the path.
    static func read(_ path: String) throws -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw CommandFailure("There is no file \(path); check the path.")
        }
        if isFolder.boolValue { throw CommandFailure("\(path) is a folder; name a file in it.") }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("The file \(path) cannot be read; check its permissions.")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw CommandFailure("The file \(path) is not UTF-8 text; save it as UTF-8.")
        }
        return text
    }
}
