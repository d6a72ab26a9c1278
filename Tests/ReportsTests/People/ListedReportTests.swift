import Campaigns
import Reports
import Testing

@testable import CampaignStore

@Suite("Reports that list calls and acts") struct ListedReportTests {
    @Test("call detail has the newest first on a page and every call in a file, and its figures count what is over")
    func attempts() throws {
        let campaign = try CalledCampaign()
        let ids = [
            try campaign.call(.answered, .success, after: 0), try campaign.call(.noAnswer, after: 1),
            try campaign.call(.notSent, after: 2, agent: "bob"),
        ].map { Cell($0.value) }
        let question = try ReportBench.everything(.attempts)
        let report = try CallDetailReport.answer(question, in: campaign.store)
        let table = report.sections[0].table
        #expect(table.columns == AttemptReport.columns)
        #expect(try table.cells("attempt") == ids.reversed())
        #expect(report.figures.first?.value == Cell(2))
        #expect(report.notes.count == 1)
        var bob = question
        bob.scope.agent = "bob"
        #expect(try CallDetailReport.answer(bob, in: campaign.store).sections[0].table.cells("attempt") == [ids[2]])
        bob.scope.agent = "eve"
        let empty = try CallDetailReport.answer(bob, in: campaign.store).sections[0]
        #expect(empty.table.rows.isEmpty && empty.text.contains("leave a filter out"))
    }

    @Test("of more calls than a page can hold the newest are shown, and the file is named that has all")
    func manyAttempts() throws {
        let campaign = try CalledCampaign()
        try campaign.call(.answered, .success, after: 0)
        let question = try ReportBench.everything(.attempts)
        let row = try #require(try campaign.store.newestAttempts(in: question.scope, limit: 1).first)
        let shown = { (count: Int) in
            CallDetailReport.report(
                Array(repeating: row, count: count), calls: TalliedCalls(now: []), for: question, CallNames())
        }
        let full = shown(CallDetailReport.mostShown)
        #expect(full.sections[0].table.rows.count == 10_000 && full.notes.count == 1)
        let cut = shown(CallDetailReport.mostShown + 1)
        #expect(cut.sections[0].table.rows.count == 10_000)
        #expect(cut.notes.contains { $0.contains("newest 10000 calls") && $0.contains("CSV") })
    }

    @Test("the audit report has the acts of its time, the newest first, and counts them by their words")
    func audit() throws {
        let campaign = try CalledCampaign()
        let at = { (seconds: Int64) in campaign.start + .seconds(seconds) }
        try campaign.store.audit(
            "user_added", by: "eve", from: "192.0.2.7", subject: "user 7", detail: "agent", at: at(0))
        try campaign.store.audit("logged_in", by: nil, from: "192.0.2.8", at: at(60))
        try campaign.store.audit("logged_in", by: "zoe", from: "192.0.2.8", at: at(900))
        var question = try ReportBench.everything(.audit)
        question.scope = question.scope.during(at(0), at(900))
        let report = try AuditReport.answer(question, in: campaign.store)
        let rows: [[Cell]] = [
            [
                .text("2026-03-10T14:01:00.000Z"), .none, .text("192.0.2.8"), .text("logged_in"), .none, .none,
            ],
            [
                .text("2026-03-10T14:00:00.000Z"), .text("eve"), .text("192.0.2.7"), .text("user_added"),
                .text("user 7"), .text("agent"),
            ],
        ]
        #expect(report.sections[0].table.rows == rows)
        #expect(report.figures.first?.value == Cell(2))
        let all = try AuditReport.answer(ReportBench.everything(.audit), in: campaign.store)
        let acts: [[Cell]] = [
            [.text("logged_in"), Cell(2), .share(2.0 / 3)], [.text("user_added"), Cell(1), .share(1.0 / 3)],
        ]
        #expect(all.sections[1].table.rows == acts)
        #expect(try all.sections[1].table.addsUp("entries"))
        question.scope = question.scope.during(at(9000), at(9900))
        let empty = try AuditReport.answer(question, in: campaign.store).sections[0]
        #expect(empty.text.hasPrefix("Nothing was changed"))
    }
}
