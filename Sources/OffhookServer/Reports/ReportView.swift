import CallingRules
import Campaigns
import Foundation
import Reports

/// A report as its page shows it.
struct ReportView {
    /// Most rows that a page draws of one table.
    static let mostRows = 500
    /// A table that is drawn as a field of shades, and is longer than this, is folded away.
    private static let longTable = 30

    private let report: Report
    private let cells: ReportCellText
    private let hasCharts: Bool
    private let csv: (String?) -> String

    /// - Parameters:
    ///   - csv: the address of a section's CSV; the main one has none.
    init(_ report: Report, _ clock: ZoneClock, hasCharts: Bool, csv: @escaping (String?) -> String) {
        self.report = report
        cells = ReportCellText(clock: clock)
        self.hasCharts = hasCharts
        self.csv = csv
    }

    /// What the template shows.
    var model: [String: Any] {
        [
            "subtitle": report.subtitle, "figures": report.figures.map(figure), "hasFigures": !report.figures.isEmpty,
            "sections": report.sections.enumerated().map { index, section in
                self.section(section, isMain: index == 0)
            }, "notes": report.notes, "hasNotes": !report.notes.isEmpty,
        ]
    }

    private func figure(_ figure: ReportFigure) -> [String: Any] {
        var model: [String: Any] = ["label": figure.label, "value": cells.text(figure.value, in: figure.column)]
        if figure.value == .none { model["value"] = "–" }
        if let definition = report.name.definition(of: figure.column) { model["definition"] = definition.text }
        if let change = ReportChange(figure, cells) {
            model["change"] = change.text
            model["look"] = change.look
        }
        return model
    }

    private func section(_ section: ReportSection, isMain: Bool) -> [String: Any] {
        let table = section.table
        var model: [String: Any] = [
            "id": section.id, "heading": section.title, "csv": csv(isMain ? nil : section.id),
            "isEmpty": table.rows.isEmpty, "empty": section.empty, "isWide": table.columns.count > 10,
        ]
        guard !table.rows.isEmpty else { return model }
        let isNumeric = table.columns.indices.map { column in
            (table.rows + (table.totals.map { [$0] } ?? [])).contains { $0[column].isNumeric }
                && table.rows.allSatisfy { $0[column].isNumeric || $0[column] == .none }
        }
        model["columns"] = table.columns.indices.map { column -> [String: Any] in
            var head: [String: Any] = [
                "label": ReportCellText.heading(table.columns[column]), "isNumber": isNumeric[column],
            ]
            if let definition = report.name.definition(of: table.columns[column]) {
                head["definition"] = definition.text
            }
            return head
        }
        let row = { (values: [Cell]) in
            ["cells": values.indices.map { self.cell(values[$0], table.columns[$0], isNumeric[$0], isFirst: $0 == 0) }]
        }
        model["rows"] = table.rows.prefix(Self.mostRows).map(row)
        if table.rows.count > Self.mostRows {
            model["more"] =
                "The first \(Self.mostRows) of \(Counted.grouped(table.rows.count)) rows are shown; the CSV has them all."
        }
        if let totals = table.totals { model["totals"] = [row(totals)] }
        if let chart = section.chart, !chart.series.isEmpty, !chart.labels.isEmpty {
            if chart.form == .heat {
                model["heat"] = ReportHeat(chart).model
                model["isFolded"] = table.rows.count > Self.longTable
            } else if hasCharts {
                model["chart"] = ReportChartData(chart).json
                model["chartName"] = "\(section.title), \(chart.unit), as a chart; the table below has its numbers"
            }
        }
        return model
    }

    private func cell(_ value: Cell, _ column: String, _ isNumber: Bool, isFirst: Bool) -> [String: Any] {
        var model: [String: Any] = ["text": cells.text(value, in: column), "isNumber": isNumber]
        if isFirst { model["isFirst"] = true }
        if let time = cells.time(value, in: column) { model["time"] = time }
        if column == "contact", case .integer(let id) = value { model["path"] = "/contacts/\(id)" }
        return model
    }
}

/// What a figure became since the period before.
struct ReportChange {
    /// Such as `+12 % from 240`.
    let text: String
    /// `good`, `bad`, or nothing.
    let look: String

    /// Nil where nothing can be compared.
    init?(_ figure: ReportFigure, _ cells: ReportCellText) {
        guard let now = Self.number(figure.value), let before = Self.number(figure.before) else { return nil }
        let former = cells.text(figure.before, in: figure.column)
        if now == before {
            text = "as before"
        } else if case .share = figure.value {
            let points = ((now - before) * 1000).rounded() / 10
            text = "\(Self.signed(points)) points, from \(former)"
        } else if before == 0 || now / before >= 10 {
            // A share of next to nothing says nothing.
            text = "from \(former)"
        } else {
            text = "\(Self.signed(((now - before) / before * 100).rounded())) %, from \(former)"
        }
        let isRise = now > before
        look =
            now == before || figure.direction == .neutral
            ? "" : isRise == (figure.direction == .good) ? "good" : "bad"
    }

    private static func number(_ cell: Cell) -> Double? {
        switch cell {
        case .integer(let number): Double(number)
        case .decimal(let number), .share(let number): number
        case .text, .none: nil
        }
    }

    private static func signed(_ number: Double) -> String {
        let shown = number == number.rounded() ? "\(Int64(abs(number)))" : "\(abs(number))"
        return (number < 0 ? "−" : "+") + shown
    }
}
