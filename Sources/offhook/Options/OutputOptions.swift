import ArgumentParser
import Reports

/// How a command writes a list.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case table, csv, json
}

/// The `--format` of commands that list things.
struct OutputOptions: ParsableArguments {
    @Option(help: "table for people, csv or json for machines.")
    var format: OutputFormat = .table

    func print(_ table: Table, empty: String) {
        switch format {
        case .table: table.rows.isEmpty ? Console.say("\(empty)") : Console.say(layout: table.text)
        case .csv: Console.data(table.csv)
        case .json: Console.json(table.json)
        }
    }
}
