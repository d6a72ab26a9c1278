/// Why a row cannot be read.
public enum CSVProblem: Sendable, Hashable, CustomStringConvertible {
    /// A field is not UTF-8. The column counts from 1.
    case notUTF8(column: Int)
    /// A quoted field has no closing quote before the end of the file.
    case unterminatedQuote(column: Int)
    /// Something other than a delimiter or the line's end follows a closing quote.
    case textAfterQuote(column: Int)
    /// A field has more than ``CSVReader/longestField`` bytes.
    case fieldTooLong(column: Int)
    /// A row has more than ``CSVReader/longestRow`` bytes.
    case rowTooLong

    /// What is wrong and what to do, without a capital and a full stop: a part of a sentence.
    public var description: String {
        switch self {
        case .notUTF8(let column):
            "field \(column) is not UTF-8 text: save the file as CSV UTF-8, or name its encoding"
        case .unterminatedQuote(let column):
            "the quote that opens field \(column) is never closed: close it, or double the quotes inside the text"
        case .textAfterQuote(let column):
            "text follows the closing quote of field \(column): double the quotes inside the text"
        case .fieldTooLong(let column):
            "field \(column) is over \(CSVReader.longestField >> 20) MiB: a closing quote may be missing"
        case .rowTooLong:
            "the row is over \(CSVReader.longestRow >> 20) MiB: a closing quote may be missing"
        }
    }

    /// The kind of the problem, without its place.
    public var category: String {
        switch self {
        case .notUTF8: "text is not UTF-8"
        case .unterminatedQuote: "a quote is never closed"
        case .textAfterQuote: "text follows a closing quote"
        case .fieldTooLong, .rowTooLong: "the row is too long"
        }
    }
}
