import CampaignStore
import Campaigns
import Foundation
import HTTPTypes
import HummingbirdTesting
import Reports
import Testing

@testable import OffhookServer

@Suite("Pages of reports") struct ReportPageTests {
    @Test("the index leads to a page of each report; of the audit administrators alone")
    func index() async throws {
        let bench = try ServerBench()
        let stored = try bench.campaign("spring")
        let manager = try await bench.manager()
        let root = try bench.session(of: try await bench.user("root", .administrator))
        try await bench.run { client async throws in
            let index = try await client.get("/reports", manager.headers).text
            let whole = try await client.get("/reports", root.headers).text
            #expect(index.contains("href=\"/campaigns/\(stored.id.value)/closing\""))
            #expect(index.contains("href=\"/reports\" aria-current=\"page\""))
            for name in ReportName.allCases where name != .closing {
                let path = "/reports/\(name.rawValue)"
                #expect(whole.contains("href=\"\(path)\""), "\(name)")
                #expect(index.contains("href=\"\(path)\"") == (name != .audit), "\(name)")
                let page = try await client.get(path, root.headers)
                #expect(page.status == .ok, "\(name): \(page.text)")
                let asManager = try await client.get(path, manager.headers).status
                #expect(asManager == (name == .audit ? .forbidden : .ok), "\(name)")
            }
            #expect(try await client.get("/reports/closing", root.headers).status == .notFound)
            #expect(try await client.get("/reports/moods", root.headers).status == .notFound)
            let campaign = try await client.get("/campaigns/\(stored.id.value)", manager.headers).text
            #expect(campaign.contains("href=\"/campaigns/\(stored.id.value)/closing\""))
            let closing = try await client.get("/campaigns/\(stored.id.value)/closing", manager.headers)
            #expect(closing.status == .ok && closing.text.contains("format=csv"), "\(closing.text)")
            #expect(closing.text.contains("/api/v1/reports/closing?since=all&amp;zone="))
        }
    }

    @Test("what was asked stays in the form, in the ways to other stretches of time, and in the files")
    func links() async throws {
        let bench = try ServerBench()
        let manager = try await bench.manager()
        try bench.campaign("spring")
        try await bench.run { client async throws in
            let page = try await client.get(
                "/reports/outcomes?since=2026-03-09&until=2026-03-10&campaign=spring&list=&agent=anna%26co"
                    + "&station=desk-1&by=hour&compare=true&zone=Europe/Berlin", manager.headers
            ).text
            let kept = "campaign=spring&amp;agent=anna%26co&amp;station=desk-1&amp;by=hour"
            let dates = "since=2026-03-09&amp;until=2026-03-10"
            let rest = "&amp;compare=true&amp;zone=Europe%2FBerlin"
            #expect(page.contains("/api/v1/reports/outcomes?\(dates)&amp;\(kept)\(rest)&amp;format=csv"))
            #expect(page.contains("/api/v1/reports/outcomes?\(dates)&amp;\(kept)\(rest)&amp;format=json"))
            #expect(page.contains("/reports/outcomes?\(kept)\(rest)&amp;since=yesterday\""))
            #expect(page.contains("value=\"2026-03-09\"") && page.contains("value=\"2026-03-10\""))
            #expect(page.contains("value=\"anna&amp;co\"") && page.contains("<option value=\"hour\" selected>"))
            #expect(page.contains("value=\"true\" checked") && page.contains("value=\"Europe/Berlin\""))
            // A page that is asked for without a time says in its files which one it took.
            let usual = try await client.get("/reports/hours", manager.headers).text
            #expect(usual.contains("/api/v1/reports/hours?since=28d&amp;zone="))
            // Dates that somebody emptied are no dates that nobody gave.
            let all = try await client.get("/reports/hours?since=&until=&zone=UTC", manager.headers).text
            #expect(all.contains("/api/v1/reports/hours?since=all&amp;zone=UTC"))
        }
    }

    @Test("what cannot be taken is said above the form, at its field, and what was typed stays")
    func mistakes() async throws {
        let bench = try ServerBench()
        let manager = try await bench.manager()
        try await bench.run { client async throws in
            for (query, field) in [
                ("zone=Mars%2F%3Cb%3E", "zone"), ("since=soon", "since"), ("since=7d&until=2d", "until"),
                ("place=Texas", "place"), ("agent=anna&place=Texas", "place"),
            ] {
                let page = try await client.get("/reports/hours?\(query)", manager.headers)
                #expect(page.status == .unprocessableContent, "\(query)")
                #expect(page.text.contains("role=\"alert\""), "\(query)")
                let input = try #require(page.text.range(of: "<input id=\"\(field)\""), "\(query)")
                #expect(
                    page.text[input.lowerBound...].prefix { $0 != ">" }.contains("aria-invalid=\"true\""), "\(query)")
                #expect(!page.text.contains("<b>") && !page.text.contains("report-head"), "\(query)")
            }
            let kept = try await client.get("/reports/hours?agent=anna&place=Texas", manager.headers).text
            #expect(kept.contains("value=\"anna\"") && kept.contains("value=\"Texas\""))
        }
    }

    @Test("a limited manager sees calls of their campaigns alone, and others as if they were not there")
    func limited() async throws {
        let bench = try ServerBench()
        try bench.phones(["desk-1"])
        let (mine, other) = (try bench.campaignToCall("spring"), try bench.campaignToCall("autumn"))
        try bench.call(301, of: mine)
        try bench.call(302, of: other)
        let lists = try bench.store.lists()
        let foreign = try #require(lists.first { $0.campaignID == other })
        let limited = try await bench.manager("mia", campaigns: [mine])
        try await bench.run { client async throws in
            let calls = try await client.get("/reports/attempts?since=all", limited.headers).text
            #expect(calls.contains("+12125550301") && !calls.contains("+12125550302"))
            #expect(calls.contains("spring / l301") && !calls.contains("autumn"))
            let outcomes = try await client.get("/api/v1/reports/outcomes", limited.headers).text
            #expect(outcomes.contains("spring") && !outcomes.contains("autumn"))
            let index = try await client.get("/reports", limited.headers).text
            #expect(index.contains(">spring</a>") && !index.contains("autumn"))
            for path in [
                "/reports/outcomes?campaign=autumn", "/reports/outcomes?list=\(foreign.id)",
                "/reports/outcomes?list=\(foreign.name)", "/campaigns/\(other.value)/closing",
                "/api/v1/reports/outcomes?campaign=autumn", "/api/v1/reports/attempts?list=\(foreign.id)",
                "/api/v1/reports/closing?campaign=autumn", "/api/v1/reports/hours?campaign=winter",
            ] {
                let answer = try await client.get(path, limited.headers)
                #expect(answer.status == .notFound, "\(path)")
                #expect(!answer.text.contains("+12125550302"), "\(path)")
            }
            #expect(try await client.get("/api/v1/reports/audit", limited.headers).status == .forbidden)
            #expect(try await client.get("/campaigns/\(mine.value)/closing", limited.headers).status == .ok)
        }
    }

    @Test("a report without a row says why; one with rows has a table whose every column is defined at one click")
    func tables() async throws {
        let bench = try ServerBench()
        try bench.phones(["desk-1"])
        let spring = try bench.campaignToCall("spring")
        let manager = try await bench.manager()
        try await bench.run { client async throws in
            let empty = try await client.get("/reports/attempts?since=today&zone=UTC", manager.headers).text
            #expect(empty.contains("No call was intended in this time") && !empty.contains("<table"))
            try bench.call(301, of: spring)
            let page = try await client.get("/reports/outcomes?since=today&zone=UTC", manager.headers).text
            #expect(page.contains("<caption>") && page.contains("<th scope=\"row\">spring</th>"))
            for column in ["Outcome", "Attempts", "Share", "Ring, s", "Talk, s"] {
                #expect(page.contains("<summary>\(column)</summary>"), "\(column)")
            }
            #expect(page.contains("data-chart=\"{&quot;form&quot;") == bench.parts.staticFiles.hasCharts)
        }
    }
}
