import ArgumentParser
import Foundation
import ListImport
import PhoneNumbers

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

    /// The options for a list.
    func options(region: String) throws -> ListOptions {
        guard NumberReader.isKnownRegion(region.uppercased()) else {
            throw CommandFailure("“\(region)” is no region; write an ISO country code such as US.")
        }
        return ListOptions(
            region: region.uppercased(), overrides: try overrides(),
            delimiter: try chosenDelimiter(), encoding: try chosenEncoding(), hasHeader: !noHeader)
    }

    func chosenDelimiter() throws -> CSVDelimiter? {
        guard let delimiter else { return nil }
        guard let known = CSVDelimiter(name: delimiter) else {
            throw CommandFailure("--delimiter must be comma, semicolon, tab or pipe, not “\(delimiter)”.")
        }
        return known
    }

    func chosenEncoding() throws -> TextEncoding? {
        guard let encoding else { return nil }
        guard let known = TextEncoding(name: encoding) else {
            throw CommandFailure(
                "--encoding must be utf-8, utf-16le, utf-16be or windows-1252, not “\(encoding)”.")
        }
        return known
    }

    /// The `--map` options.
    func overrides() throws -> [String: String] {
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

    /// The options as they are recorded with an import.
    ///
    /// - Parameter mapping: from columns to fields, the campaign's own among them.
    func description(mapping: [String: String]) -> String {
        var words = mapping.sorted { $0.key < $1.key }.map { "--map '\($0.key)=\($0.value)'" }
        if let delimiter { words.append("--delimiter \(delimiter)") }
        if let encoding { words.append("--encoding \(encoding)") }
        if noHeader { words.append("--no-header") }
        return words.joined(separator: " ")
    }
}
