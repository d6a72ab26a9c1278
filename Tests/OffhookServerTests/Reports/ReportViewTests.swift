import CallingRules
import Campaigns
import Foundation
import Reports
import Testing

@testable import OffhookServer

@Suite("A report as its page shows it") struct ReportViewTests {
    private let cells = ReportCellText(clock: .utc)

    private func change(_ value: Cell, _ before: Cell, _ direction: ReportFigure.Direction) -> ReportChange? {
        ReportChange(
            ReportFigure(column: "calls", label: "Calls", value: value, before: before, direction: direction), cells)
    }

    @Test("a figure tells how it changed, and whether that is good; nothing where nothing can be compared")
    func changes() {
        let more = change(.integer(1300), .integer(1000), .good)
        #expect(more?.text == "+30 %, from 1,000" && more?.look == "good")
        let less = change(.integer(1), .integer(2), .good)
        #expect(less?.text == "−50 %, from 2" && less?.look == "bad")
        #expect(change(.integer(1), .integer(2), .bad)?.look == "good")
        #expect(change(.integer(1), .integer(2), .neutral)?.look == "")
        let share = change(.share(0.31), .share(0.286), .good)
        #expect(share?.text == "+2.4 points, from 29 %")
        #expect(change(.integer(5), .integer(0), .good)?.text == "from 0")
        #expect(change(.share(0.5), .share(0.5), .bad)?.text == "as before")
        #expect(change(.share(0.5), .share(0.5), .bad)?.look == "")
        #expect(change(.integer(5), .none, .good) == nil && change(.none, .integer(5), .good) == nil)
    }

    @Test("headings name their unit; numbers are grouped, but not those that name something")
    func texts() {
        #expect(ReportCellText.heading("talk_s") == "Talk, s" && ReportCellText.heading("s") == "S")
        #expect(ReportCellText.heading("contact_rate") == "Contact rate")
        #expect(cells.text(.integer(4321), in: "attempt") == "4321")
        #expect(cells.text(.integer(4321), in: "attempts") == "4,321")
        let time = cells.time(.text("2026-11-24T14:05:00Z"), in: "due_at")
        #expect(time?["text"] == "24 Nov 2026, 14:05 UTC")
        #expect(cells.time(.text("soon"), in: "due_at") == nil)
        #expect(cells.time(.text("2026-11-24T14:05:00Z"), in: "detail") == nil)
    }

    @Test("shades go from none to the most; a field without calls is told apart from one of zero")
    func heat() throws {
        let chart = ReportChart(
            form: .heat, labels: ["09", "10", "11", "12"],
            series: [.init(name: "Mon", values: [nil, 0, 0.2, 0.4])], unit: "contact rate", isShare: true)
        let model = ReportHeat(chart).model
        let rows = try #require(model["rows"] as? [[String: Any]])
        let cells = try #require(rows.first?["cells"] as? [[String: Any]])
        #expect(cells[0]["isNone"] as? Bool == true && cells[1]["isNone"] == nil)
        #expect(cells.compactMap { $0["step"] as? Int } == [0, 4, 7])
        #expect(cells.compactMap { $0["text"] as? String } == ["", "0 %", "20 %", "40 %"])
        #expect(model["most"] as? String == "40 %")
        let nothing = ReportChart(
            form: .heat, labels: ["09"], series: [.init(name: "Mon", values: [0])], unit: "calls")
        let flat = try #require(ReportHeat(nothing).model["rows"] as? [[String: Any]])
        #expect((flat.first?["cells"] as? [[String: Any]])?.first?["step"] as? Int == 0)
    }

    @Test("a chart's numbers are JSON whatever they are")
    func charts() throws {
        let chart = ReportChart(
            form: .bars, labels: ["a\"</script>"],
            series: [.init(name: "x", values: [.nan, nil, 1.5])], unit: "attempts")
        let json = try JSONDecoder().decode(JSONValue.self, from: Data(ReportChartData(chart).json.utf8))
        #expect(json["labels"] == ["a\"</script>"])
        guard case .array(let series)? = json["series"] else {
            Issue.record("no series")
            return
        }
        #expect(series.first?["values"] == JSONValue.array([.null, .null, .number(1.5)]))
    }

    @Test("a long table says that it is cut, and a long one beside its field of shades is folded away")
    func long() throws {
        let rows = (1...501).map { [Cell(Int64($0)), .share(0.5)] }
        let chart = ReportChart(
            form: .heat, labels: ["09"], series: [.init(name: "Mon", values: [1])], unit: "calls")
        let report = Report(
            name: .hours, title: "t", subtitle: "s",
            sections: [
                ReportSection(
                    id: "hours", title: "t", table: Table(columns: ["hour", "share"], rows: rows), chart: chart,
                    empty: "e"),
                ReportSection(id: "best", title: "t", table: Table(columns: ["hour"], rows: []), empty: "why"),
            ])
        let model = ReportView(report, .utc, hasCharts: true) { "csv:\($0 ?? "main")" }.model
        let sections = try #require(model["sections"] as? [[String: Any]])
        #expect((sections[0]["rows"] as? [Any])?.count == 500)
        #expect((sections[0]["more"] as? String)?.contains("first 500 of 501") == true)
        #expect(sections[0]["isFolded"] as? Bool == true && sections[0]["csv"] as? String == "csv:main")
        #expect(sections[1]["isEmpty"] as? Bool == true && sections[1]["csv"] as? String == "csv:best")
        #expect(sections[1]["empty"] as? String == "why" && sections[1]["rows"] == nil)
    }
}
