import ArgumentParser
import Foundation
import ListImport
import Supervision

/// How a delimited file is to be read; what is left out is detected.
struct ReadingOptions: ParsableArguments {
    @Option(help: "What separates fields: comma, semicolon, tab or pipe; by default the first line tells.")
    var delimiter: String?
    @Option(help: "utf-8, utf-16le, utf-16be or windows-1252; by default the file's beginning tells.")
    var encoding: String?
    @Flag(help: "The first row is data. Columns are then named by number, as in --map 2=phone.")
    var noHeader = false
    @Option(help: "column=field, such as --map 'Mobile No=phone2'; may stand several times.")
    var map: [String] = []

    /// What was chosen.
    func choices() throws -> ReadingChoices {
        ReadingChoices(delimiter: delimiter, encoding: encoding, hasHeader: !noHeader, map: try overrides())
    }

    /// The options for a list.
    func options(region: String) throws -> ListOptions { try choices().options(region: region) }

    /// The `--map` options.
    private func overrides() throws -> [String: String] {
        var result: [String: String] = [:]
        for entry in map {
            guard let split = entry.lastIndex(of: "="), split > entry.startIndex else {
                throw CommandFailure("--map takes column=field, such as --map 'Mobile No=phone2', not “\(entry)”.")
            }
            let column = String(entry[..<split]).trimmingCharacters(in: .whitespaces)
            guard result[column] == nil else {
                throw CommandFailure("--map names the column “\(column)” twice.")
            }
            result[column] = String(entry[entry.index(after: split)...]).trimmingCharacters(in: .whitespaces)
        }
        return result
    }
}
