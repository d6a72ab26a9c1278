import Campaigns
import Foundation
import Reports

/// A chart's numbers for the script that draws it.
struct ReportChartData: Encodable {
    private struct Series: Encodable {
        let name: String
        let values: [Double?]
    }

    private let form: String
    private let labels: [String]
    private let series: [Series]
    private let unit: String
    private let isShare: Bool

    init(_ chart: ReportChart) {
        form = chart.form.rawValue
        labels = chart.labels.map(ReportCellText.label)
        series = chart.series.map {
            Series(name: ReportCellText.label($0.name), values: $0.values.map { $0.flatMap { $0.isFinite ? $0 : nil } })
        }
        unit = chart.unit
        isShare = chart.isShare
    }

    /// As it stands in the page's attribute, which the template escapes.
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
}

/// A field of shades, drawn as a table that everybody can read.
struct ReportHeat {
    /// Shades from the lightest, 0, to the darkest.
    static let steps = 7

    private let chart: ReportChart

    init(_ chart: ReportChart) {
        self.chart = chart
    }

    /// What the template shows.
    var model: [String: Any] {
        let most = chart.series.flatMap(\.values).compactMap { $0 }.max() ?? 0
        return [
            "labels": chart.labels, "unit": chart.unit, "most": text(most), "least": text(0),
            "shades": (0...Self.steps).map { "\($0)" },
            "rows": chart.series.map { series -> [String: Any] in
                [
                    "name": series.name,
                    "cells": series.values.map { value -> [String: Any] in
                        guard let value else { return ["text": "", "isNone": true] }
                        return ["text": text(value), "step": step(value, of: most)]
                    },
                ]
            },
        ]
    }

    private func step(_ value: Double, of most: Double) -> Int {
        most > 0 ? min(Self.steps, max(0, Int((value / most * Double(Self.steps)).rounded()))) : 0
    }

    private func text(_ value: Double) -> String {
        if chart.isShare { return "\(Int((value * 100).rounded())) %" }
        return value == value.rounded() ? Counted.grouped(Int(value)) : Cell.decimal(value).text
    }
}
