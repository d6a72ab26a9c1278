/// A report that was answered.
public struct Report: Sendable {
    public var name: ReportName
    /// Such as “Outcomes by campaign”.
    public var title: String
    /// What it covers, in words: dates, zone, filters.
    public var subtitle: String
    /// The figures at its head, each beside that of the period before.
    public var figures: [ReportFigure]
    /// Its tables, the main one first: machines are given that one.
    public var sections: [ReportSection]
    /// What a reader must know to read it right, a sentence each.
    public var notes: [String]

    /// A report from its parts.
    public init(
        name: ReportName, title: String, subtitle: String, figures: [ReportFigure] = [], sections: [ReportSection],
        notes: [String] = []
    ) {
        self.name = name
        self.title = title
        self.subtitle = subtitle
        self.figures = figures
        self.sections = sections
        self.notes = notes
    }
}

/// One table of a report, and how it is drawn.
public struct ReportSection: Sendable {
    /// A stable word for addresses and files, such as `nearest`; the main section has the report's name.
    public var id: String
    public var title: String
    public var table: Table
    /// Nil where a picture would say no more than the table.
    public var chart: ReportChart?
    /// What stands there where the table has no row: why, and what to do.
    public var empty: String

    /// A section from its parts.
    public init(id: String, title: String, table: Table, chart: ReportChart? = nil, empty: String) {
        self.id = id
        self.title = title
        self.table = table
        self.chart = chart
        self.empty = empty
    }
}

/// A figure at the head of a report, beside that of the period before.
public struct ReportFigure: Sendable, Hashable {
    /// The column whose definition it has.
    public var column: String
    public var label: String
    public var value: Cell
    /// `none` where nothing can be compared.
    public var before: Cell
    /// Whether more is better, less is better, or neither.
    public var direction: Direction

    /// What a rise means.
    public enum Direction: String, Sendable { case good, bad, neutral }

    /// A figure from its parts.
    public init(column: String, label: String, value: Cell, before: Cell = .none, direction: Direction = .neutral) {
        self.column = column
        self.label = label
        self.value = value
        self.before = before
        self.direction = direction
    }
}

/// How a table is drawn. The numbers are the table's own; the chart adds none.
public struct ReportChart: Sendable, Hashable {
    /// Its form.
    public enum Form: String, Sendable {
        /// A bar a label, series beside each other.
        case bars
        /// A bar a label, series on top of each other.
        case stacked
        /// A line a series over the labels.
        case lines
        /// A field a label and series, shaded by value; labels are columns, series are rows.
        case heat
    }

    /// A row of values, one a label; nil where there is none.
    public struct Series: Sendable, Hashable {
        public var name: String
        public var values: [Double?]

        /// A series from its parts.
        public init(name: String, values: [Double?]) {
            self.name = name
            self.values = values
        }
    }

    public var form: Form
    public var labels: [String]
    public var series: [Series]
    /// What is counted, such as `attempts`; shares from 0 to 1 are shown as percentages.
    public var unit: String
    public var isShare: Bool

    /// A chart from its parts.
    public init(form: Form, labels: [String], series: [Series], unit: String, isShare: Bool = false) {
        self.form = form
        self.labels = labels
        self.series = series
        self.unit = unit
        self.isShare = isShare
    }
}
