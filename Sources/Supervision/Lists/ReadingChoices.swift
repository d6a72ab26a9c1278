import Foundation
import ListImport
import PhoneNumbers

/// How a delimited file is to be read, as a person chose it; what is left out is detected.
public struct ReadingChoices: Sendable, Hashable {
    /// comma, semicolon, tab or pipe.
    public var delimiter: String?
    /// utf-8, utf-16le, utf-16be or windows-1252.
    public var encoding: String?
    /// Whether the first row names the columns; where it does not, columns are named by their numbers from 1.
    public var hasHeader: Bool
    /// From a column to a field.
    public var map: [String: String]

    /// Choices; by default everything is detected.
    public init(
        delimiter: String? = nil, encoding: String? = nil, hasHeader: Bool = true, map: [String: String] = [:]
    ) {
        self.delimiter = delimiter
        self.encoding = encoding
        self.hasHeader = hasHeader
        self.map = map
    }

    /// The options for a list.
    ///
    /// - Parameter region: how to read national numbers.
    /// - Throws: `SupervisionError` for a word that is none.
    public func options(region: String) throws -> ListOptions {
        ListOptions(
            region: try Self.region(region), overrides: map, delimiter: try chosenDelimiter(),
            encoding: try chosenEncoding(), hasHeader: hasHeader)
    }

    /// A region's code in capitals.
    ///
    /// - Throws: `SupervisionError` where it is none.
    public static func region(_ text: String) throws -> String {
        guard NumberReader.isKnownRegion(text.uppercased()) else {
            throw SupervisionError("“\(text)” is no region; write an ISO country code such as US.")
        }
        return text.uppercased()
    }

    private func chosenDelimiter() throws -> CSVDelimiter? {
        guard let delimiter else { return nil }
        guard let known = CSVDelimiter(name: delimiter) else {
            throw SupervisionError("The delimiter must be comma, semicolon, tab or pipe, not “\(delimiter)”.")
        }
        return known
    }

    private func chosenEncoding() throws -> TextEncoding? {
        guard let encoding else { return nil }
        guard let known = TextEncoding(name: encoding) else {
            throw SupervisionError(
                "The encoding must be utf-8, utf-16le, utf-16be or windows-1252, not “\(encoding)”.")
        }
        return known
    }

    /// The choices as they are recorded with an import.
    ///
    /// - Parameter mapping: from columns to fields, the campaign's own among them.
    public func description(mapping: [String: String]) -> String {
        var words = mapping.sorted { $0.key < $1.key }.map { "--map '\($0.key)=\($0.value)'" }
        if let delimiter { words.append("--delimiter \(delimiter)") }
        if let encoding { words.append("--encoding \(encoding)") }
        if !hasHeader { words.append("--no-header") }
        return words.joined(separator: " ")
    }
}
