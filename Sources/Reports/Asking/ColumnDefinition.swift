/// What a column of a report says: shown at one click, and in docs/reports.md.
public struct ColumnDefinition: Sendable, Hashable {
    /// As in tables and CSV, such as `talk_s`.
    public var column: String
    /// What it counts, of what, and in which unit: one or two sentences.
    public var text: String

    /// A definition from its parts.
    public init(_ column: String, _ text: String) {
        self.column = column
        self.text = text
    }

    /// All that several reports share; a report's own come on top in ``ReportName/ownDefinitions``.
    public static let shared: [ColumnDefinition] = [
        ColumnDefinition(
            "attempts", "Calls that were intended in the period and are over, whether they dialled or not."),
        ColumnDefinition(
            "calls", "Attempts that count: all but phone_refused and not_sent, which dialled nothing."),
        ColumnDefinition("connected", "Attempts whose line was seen connected: answered and short_answer."),
        ColumnDefinition(
            "persons",
            "Connected attempts that spoke to a person: the agent did not say machine, busy tone, no answer or disconnected number."
        ),
        ColumnDefinition("contact_rate", "persons divided by calls."),
        ColumnDefinition("successes", "Attempts whose disposition is of the class success."),
        ColumnDefinition("success_rate", "successes divided by persons."),
        ColumnDefinition("share", "This row's attempts divided by those of its group."),
        ColumnDefinition("ring_s", "Seconds from the command to the answer or the end, on average an attempt."),
        ColumnDefinition("talk_s", "Seconds connected, on average a connected attempt."),
        ColumnDefinition("talk_min", "Minutes connected, all together."),
    ]

    /// Shared ones by their columns, for a report that has them.
    static func shared(_ columns: String...) -> [ColumnDefinition] {
        columns.compactMap { column in shared.first { $0.column == column } }
    }

    /// The same meaning in the period before.
    var before: ColumnDefinition {
        ColumnDefinition(
            column + Table.before, "\(column) of the same row in the period before, which has the same length.")
    }
}
