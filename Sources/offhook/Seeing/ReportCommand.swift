import ArgumentParser
import CampaignStore
import Campaigns
import Reports
import Supervision

/// `offhook report`: what happened, and what is left.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "What happened, and what is left: calls, agents, lists, phones.",
        discussion: "The reports:\n"
            + ReportName.allCases.map { "  \($0.rawValue): \($0.purpose)" }.joined(separator: "\n")
            + "\n\nTimes: \(ReportPeriod.words.joined(separator: ", ")); 7d for the last seven days with today; "
            + "2026-11-01; 2026-11-01T14:15. docs/reports.md says what each column means.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var asked: ReportOptions
    @Option(help: "One of its tables only, by its word, such as best.") var section: String?
    @Option(help: "table for people, csv or json for machines; by default as FILE ends, else table.")
    var format: OutputFormat?
    @Option(
        help: ArgumentHelp("Write there and print nothing; FILE is replaced when all is written.", valueName: "FILE"))
    var output: String?
    @Flag(help: "Say what each column means, instead of a report.") var columns = false
    @Argument(help: "The report's name.") var name: String?

    func validate() throws {
        if name == nil, !columns {
            throw ValidationError("Name a report: \(ReportName.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
    }

    func run() async throws {
        do {
            let name = try name.map(Self.read)
            if columns { return try write(Self.definitions(name)) }
            guard let name else { return }
            try answer(name)
        } catch let mistake as ReportMistake {
            throw CommandFailure(
                mistake.field == "report" ? mistake.description : "--\(mistake.field): \(mistake.description)")
        }
    }

    private func answer(_ name: ReportName) throws {
        try asked.check(name)
        let clock = try asked.clock()
        let store = try database.openToRead()
        let question = try asked.question(name, on: clock, in: store, now: database.now)
        // Every attempt is a row: for machines they are read and written piece by piece.
        if name == .attempts, section == nil {
            let rows = AttemptRows(store: store, question: question)
            switch written {
            case .csv: return try put(rows.csv)
            case .json: return try put(rows.json)
            case .table: return try write(rows.text() + "\n")
            }
        }
        let report = try Reporting.answer(question, in: store, try ShareDirectory.data(store.path))
        try write(try text(of: report))
    }

    /// The format that is asked for, or that the file's name ends in.
    private var written: OutputFormat {
        format ?? output.flatMap { file in OutputFormat.allCases.first { file.hasSuffix(".\($0.rawValue)") } } ?? .table
    }

    private func text(of report: Report) throws -> String {
        let chosen = try section.map { id in
            guard let found = report.sections.first(where: { $0.id == id }) else {
                let ids = report.sections.map(\.id)
                throw CommandFailure(
                    "--section: The report \(report.name.rawValue) has no “\(id)”; it has \(ids.joined(separator: ", "))."
                )
            }
            return found
        }
        guard written != .table else { return VisibleText.inLines(chosen?.text ?? report.text) + "\n" }
        guard let table = (chosen ?? report.sections.first)?.table else { return "" }
        return written == .csv ? table.csv : table.json + "\n"
    }

    private func write(_ text: String) throws {
        try put { try $0(text) }
    }

    /// To the file, which appears when it is whole, or to standard output.
    private func put(_ body: ((String) throws -> Void) throws -> Void) throws {
        guard let output else { return try body(Console.data) }
        let file = try OutputFile(output, inputs: OwnFiles.paths(of: database.path))
        try body { try file.write($0) }
        try file.close()
    }

    private static func read(_ name: String) throws -> ReportName {
        guard let report = ReportName(rawValue: name) else {
            let names = ReportName.allCases.map(\.rawValue)
            throw ReportMistake.unknown(
                name, field: "report", what: "report", among: names, write: names.joined(separator: ", "))
        }
        return report
    }

    private static func definitions(_ name: ReportName?) -> String {
        guard let name else { return ReportName.definitionsInMarkdown + "\n" }
        return name.ownDefinitions.map { "\($0.column): \($0.text)\n" }.joined()
    }
}
