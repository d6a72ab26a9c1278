import Foundation
import PhoneNumbers

/// The number data of this repository.
enum NumberData {
    static let directory = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "share/number-data")

    static func atlas() throws -> NumberAtlas { try NumberAtlas(directory: directory) }

    /// The rows of a table, comments left out, each split at its tabs.
    static func rows(of name: String) throws -> [[String]] {
        try String(contentsOf: directory.appending(path: name), encoding: .utf8)
            .split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    }
}
