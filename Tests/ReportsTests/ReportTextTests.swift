import Reports
import Testing

@Suite("A report on a terminal") struct ReportTextTests {
    private func report(_ rows: [[Cell]]) -> Report {
        Report(
            name: .hours, title: "When people answer", subtitle: "All time, clock of UTC",
            figures: [
                ReportFigure(column: "calls", label: "Calls", value: Cell(12), before: Cell(10)),
                ReportFigure(column: "contact_rate", label: "Contact rate", value: .none),
            ],
            sections: [
                ReportSection(
                    id: "hours", title: "Hours",
                    table: Table(
                        columns: ["hour", "rate", "contact_rate"], rows: rows, totals: [.text("all"), .none, .none]),
                    empty: "Nothing was dialled yet.")
            ], notes: ["Read it right."])
    }

    @Test("title, figures beside those before, the last column of shares as bars, and notes")
    func whole() {
        let text = report([
            [.text("09:00"), .share(0.5), .share(0.55)], [.text("10:00"), .none, .share(1)],
            [.text("11:00"), .share(0), .none],
        ]).text
        #expect(
            text == """
                When people answer
                All time, clock of UTC

                Calls 12 (before: 10)   Contact rate –

                hour   rate      contact rate
                -----  ----  ----------------
                09:00  50 %   55 % █████▌
                10:00        100 % ██████████
                11:00   0 %
                -----  ----  ----------------
                all

                - Read it right.
                """)
    }

    @Test("an empty table is its sentence")
    func empty() {
        #expect(report([]).text.contains("\n\nNothing was dialled yet.\n\n"))
    }

    @Test("machines are given shares as numbers, without bars")
    func machines() {
        let table = report([[.text("09:00"), .none, .share(0.55)]]).sections[0].table
        #expect(table.csv == "hour,rate,contact_rate\r\n09:00,,0.55\r\n")
        #expect(table.json == #"[{"hour":"09:00","rate":null,"contact_rate":0.55}]"#)
    }
}

@Suite("Tables of two periods") struct TableComparisonTests {
    @Test("rows meet by their keys, what was only there before is kept in its place, and both add up")
    func compared() {
        let row = { (key: String, calls: Int) -> [Cell] in [.text(key), Cell(calls), .share(0.5)] }
        let now = Table(
            columns: ["agent", "calls", "share"], rows: [row("b", 2), row("d", 3)],
            totals: [.text("all"), Cell(5), .none])
        let before = Table(
            columns: now.columns, rows: [row("a", 1), row("b", 4), row("c", 6)],
            totals: [.text("all"), Cell(11), .none])
        let both = now.compared(with: before, keys: ["agent"], additive: ["calls"])
        #expect(both.columns == ["agent", "calls", "share", "calls_before"])
        #expect(
            both.rows == [
                [.text("a"), Cell(0), .none, Cell(1)], [.text("b"), Cell(2), .share(0.5), Cell(4)],
                [.text("c"), Cell(0), .none, Cell(6)], [.text("d"), Cell(3), .share(0.5), Cell(0)],
            ])
        #expect(both.totals == [.text("all"), Cell(5), .none, Cell(11)])
    }
}
