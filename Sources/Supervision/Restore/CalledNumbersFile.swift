import CallingRules
import CampaignStore
import Campaigns
import Foundation
import ListImport
import PhoneNumbers

/// A list of numbers that were called since a back-up: a phone's call list, a carrier's bill, or one typed by hand.
public struct CalledNumbersFile: Sendable {
    /// The calls in the file's order.
    public private(set) var calls: [CalledNumber] = []
    /// Rows that hold no number, a sentence each; the first of them.
    public private(set) var problems: [String] = []
    /// How many rows hold no number.
    public private(set) var unread = 0
    /// Calls whose time the file does not say, or not in a form that can be read.
    public private(set) var withoutTime = 0

    /// Problems that are kept; the rest is counted.
    private static let keptProblems = 10

    /// Reads a file by the program's own list and number readers.
    ///
    /// - Parameters:
    ///   - timeColumn: the header of the column of times, or its number from 1; nil for the first in a row that holds one.
    ///   - clock: by which times without a zone are read.
    /// - Throws: `SupervisionError`, `ListImportError`.
    public init(
        _ file: ListFile, _ choices: ReadingChoices, region: String, timeColumn: String?, clock: ZoneClock,
        _ share: ShareData
    ) throws {
        var options = try choices.options(region: region)
        try Self.adapt(&options, to: file.url, share)
        let opened = try ListReading(file.url, options, share)
        let pipeline = opened.start(keepsRead: true)
        defer { pipeline.cancel() }
        let column = timeColumn.map { Int($0).map { "column \($0)" } ?? $0 }
        while let batch = try pipeline.next() {
            for row in batch.read { take(row, timeColumn: column, clock) }
        }
    }

    /// How a column of called numbers is named where it is not named as one of a list of contacts, without capitals.
    private static let calledWords: Set<String> = [
        "number", "called", "callednumber", "numbercalled", "callee", "destination", "to", "dialed", "dialled",
        "dialednumber", "dialledno", "dst", "msisdn",
    ]

    /// A column of numbers alone has no header, and a bill names its columns by other words than a list of contacts.
    private static func adapt(_ options: inout ListOptions, to file: URL, _ share: ShareData) throws {
        guard options.hasHeader, options.overrides.isEmpty else { return }
        var reader = try CSVReader(file: file, delimiter: options.delimiter, encoding: options.encoding)
        var row = try reader.next()
        while let blank = row, blank.isBlankLine { row = try reader.next() }
        guard case .fields(let headers)? = row?.content else { return }
        let numbers = try share.numberReader()
        if headers.contains(where: { (try? numbers.read($0, region: options.region).get()) != nil }) {
            options.hasHeader = false
        } else if (try? ListReading(file, options, share)) == nil,
            let called = headers.first(where: { calledWords.contains($0.lowercased().filter(\.isLetter)) })
        {
            options.overrides = [called: "phone"]
        }
    }

    private mutating func take(_ row: ListRow, timeColumn: String?, _ clock: ZoneClock) {
        switch row {
        case .quarantined(let bad):
            unread += 1
            if problems.count < Self.keptProblems { problems.append("line \(bad.line): \(bad.reason)") }
        case .contact(let contact):
            let at = contact.fields.lazy
                .filter { timeColumn == nil || $0.name.lowercased() == timeColumn?.lowercased() }
                .compactMap { Self.instant($0.value, clock) }.first
            for entry in contact.numbers {
                calls.append(CalledNumber(number: entry.reading.number, at: at))
                if at == nil { withoutTime += 1 }
            }
        }
    }

    /// Reads `2026-11-30T20:15:03Z`, `2026-11-30 20:15:03` by a clock, or milliseconds or seconds since 1970.
    static func instant(_ text: String, _ clock: ZoneClock) -> Instant? {
        let text = text.trimmingCharacters(in: .whitespaces)
        if let instant = Instant(iso8601: text) { return instant }
        if let number = Int64(text) {
            switch text.count {
            case 13: return Instant(milliseconds: number)
            case 10: return Instant(milliseconds: number * 1000)
            default: return nil
            }
        }
        guard let match = try? #/(\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?/#.wholeMatch(in: text),
            let local = LocalTime(String(match.output.1))
        else { return nil }
        return clock.instant(day: local.day, minute: local.minuteOfDay)
            + .seconds(match.output.2.flatMap { Int($0) } ?? 0)
    }
}
