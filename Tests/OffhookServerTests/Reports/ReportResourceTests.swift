import CampaignStore
import Campaigns
import Foundation
import HTTPTypes
import HummingbirdTesting
import Reports
import Testing

@testable import OffhookServer

@Suite("Reports, rules, numbers and explanations in the interface") struct ReportResourceTests {
    @Test("each report comes as JSON, and as CSV where that is asked for")
    func formats() async throws {
        let bench = try await InterfaceBench()
        try bench.bench.call(301, of: bench.campaign)
        try await bench.bench.run { client async throws in
            for name in ["outcomes", "attempts", "inventory"] {
                let json = try await bench.ask(client, .get, "/api/v1/reports/\(name)")
                #expect(json.status == .ok && json.text.hasPrefix("[{") && json.text.hasSuffix("]"), "\(name)")
                let csv = try await bench.ask(client, .get, "/api/v1/reports/\(name)?format=csv")
                #expect(csv.headers[.contentType] == "text/csv; charset=utf-8", "\(name)")
                #expect(csv.text.contains("spring") && csv.text.hasSuffix("\r\n"), "\(name)")
                let asked = try await bench.ask(
                    client, .get, "/api/v1/reports/\(name)", as: bench.headers.with("Accept", "text/csv"))
                #expect(asked.text == csv.text, "\(name)")
            }
            let wrong = try await bench.ask(client, .get, "/api/v1/reports/outcomes?by=mood")
            #expect(wrong.status == .unprocessableContent)
        }
    }

    @Test("every report answers programs with rows and with CSV whose header has the same columns")
    func every() async throws {
        let bench = try await InterfaceBench()
        try bench.bench.call(301, of: bench.campaign)
        try await bench.bench.run { client async throws in
            for name in ReportName.allCases {
                let query = name == .closing ? "?campaign=spring&" : "?"
                let json = try await bench.ask(client, .get, "/api/v1/reports/\(name.rawValue)\(query)format=json")
                #expect(json.status == .ok, "\(name): \(json.text)")
                #expect(json.headers[.contentType] == "application/json", "\(name)")
                let csv = try await bench.ask(client, .get, "/api/v1/reports/\(name.rawValue)\(query)format=csv")
                #expect(csv.status == .ok, "\(name): \(csv.text)")
                #expect(
                    csv.headers[.contentDisposition] == "attachment; filename=\"\(name.rawValue).csv\"", "\(name)")
                let rows = try JSONDecoder().decode([[String: JSONValue]].self, from: Data(json.text.utf8))
                guard let row = rows.first else { continue }
                let header = csv.text.prefix { $0 != "\r\n" }.split(separator: ",").map(String.init)
                #expect(Set(header) == Set(row.keys), "\(name)")
            }
            let section = try await bench.ask(
                client, .get, "/api/v1/reports/closing?campaign=spring&section=outcomes&format=csv")
            #expect(section.headers[.contentDisposition] == "attachment; filename=\"closing-outcomes.csv\"")
            #expect(section.text.hasPrefix("outcome,"))
        }
    }

    @Test("a report is of the time that is asked for, on the clock that is asked for")
    func periods() async throws {
        let bench = try await InterfaceBench()
        // 14:00 UTC on 10 March 2026, which is 23:00 in Tokyo.
        try bench.bench.call(301, of: bench.campaign)
        try await bench.bench.run { client async throws in
            for (query, isThere) in [
                ("", true), ("since=all", true), ("since=today&zone=UTC", true), ("since=yesterday&zone=UTC", false),
                ("since=2026-03-10&until=2026-03-10&zone=UTC", true), ("until=2026-03-09&zone=UTC", false),
                ("since=2026-03-10T23:00&zone=Asia/Tokyo", true),
                ("since=2026-03-10T22:00&until=2026-03-10T23:00&zone=Asia/Tokyo", false),
                ("list=l301", true), ("station=desk-1", true), ("station=desk-9", false), ("agent=nobody", false),
            ] {
                for name in ["outcomes", "attempts"] {
                    let rows = try await bench.ask(client, .get, "/api/v1/reports/\(name)?\(query)").text
                    #expect((rows != "[]") == isThere, "\(name)?\(query): \(rows)")
                }
            }
        }
    }

    @Test(
        "a mistake is a problem that names its field",
        arguments: [
            ("outcomes?by=mood", "by"), ("outcomes?since=soon", "since"), ("outcomes?since=2026-03-10T14:07", "since"),
            ("attempts?since=2026-03-10&until=2026-03-01", "until"), ("hours?zone=Mars", "zone"),
            ("hours?place=Texas", "place"), ("outcomes?place=US-TX", "place"), ("inventory?since=today", "since"),
            ("outcomes?compare=maybe", "compare"), ("outcomes?section=moods", "section"), ("closing", "campaign"),
            ("audit?agent=anna", "agent"), ("outcomes?format=xml", "format"), ("inventory?at=now", "at"),
        ])
    func mistakes(asked: String, field: String) async throws {
        let bench = try await InterfaceBench()
        try await bench.bench.run { client async throws in
            let answer = try await bench.ask(client, .get, "/api/v1/reports/\(asked)")
            #expect(answer.status == .unprocessableContent, "\(answer.text)")
            let fields = try answer.problem().fields ?? [:]
            #expect(Array(fields.keys) == [field] && fields[field]?.hasSuffix(".") == true, "\(fields)")
        }
    }

    @Test("no cell of a CSV is a formula for a spreadsheet")
    func formulas() async throws {
        let bench = try await InterfaceBench()
        try bench.bench.store.audit(
            "list_imported", by: "root", from: "10.0.0.2", subject: "@SUM(A1)", detail: "=1+1, \"x\"",
            at: bench.bench.now)
        try await bench.bench.run { client async throws in
            let csv = try await bench.ask(client, .get, "/api/v1/reports/audit?since=all&format=csv").text
            #expect(csv.contains("'@SUM(A1),\"'=1+1, \"\"x\"\"\""), "\(csv)")
        }
    }

    @Test("the audit needs its own scope, and an administrator's token")
    func scopes() async throws {
        let reading = try await InterfaceBench(scopes: [.reportsRead])
        let manager = try await InterfaceBench(role: .manager)
        try await reading.bench.run { client async throws in
            #expect(try await reading.ask(client, .get, "/api/v1/reports/outcomes").status == .ok)
            #expect(try await reading.ask(client, .get, "/api/v1/reports/audit").status == .forbidden)
        }
        try await manager.bench.run { client async throws in
            #expect(try await manager.ask(client, .get, "/api/v1/reports/compliance").status == .ok)
            #expect(try await manager.ask(client, .get, "/api/v1/reports/audit").status == .forbidden)
        }
    }

    @Test("a long report is whole: the pieces in which it is read do not show", arguments: [1, 2, 5, 6])
    func long(piece: Int) async throws {
        let bench = try await InterfaceBench()
        for index in 1...5 { try bench.bench.call(Int64(300 + index), of: bench.campaign) }
        let whole = { (isCSV: Bool, piece: Int) in
            var report = AttemptReportText(
                store: bench.bench.store, filter: AttemptFilter(), isCSV: isCSV, piece: piece)
            var text = ""
            while let next = try report.next() { text += next }
            return text
        }
        #expect(try whole(true, piece) == whole(true, 1000))
        #expect(try whole(false, piece) == whole(false, 1000))
        let rows = try JSONDecoder().decode([[String: JSONValue]].self, from: Data(whole(false, piece).utf8))
        #expect(rows.map { $0["attempt"] } == [1, 2, 3, 4, 5])
    }

    @Test("rule packs, what holds for a number, all that is known of it, and why it is or is not called")
    func rules() async throws {
        let bench = try await InterfaceBench()
        try bench.bench.call(301, of: bench.campaign)
        try await bench.bench.run { client async throws in
            #expect(try await bench.ask(client, .get, "/api/v1/rules").text.contains("\"name\":\"us\""))
            #expect(try await bench.ask(client, .get, "/api/v1/rules/us").text.contains("\"source\""))
            #expect(try await bench.ask(client, .get, "/api/v1/rules/..%2Fus").status == .notFound)
            let held = try await bench.ask(
                client, .get, "/api/v1/numbers/+12125550301/rules?at=2026-03-10T03:00:00Z")
            #expect(held.text.contains("\"is_allowed\":false") && held.text.contains("\"opens_at\""))
            let wrong = try await bench.ask(client, .get, "/api/v1/numbers/+12125550301/rules?pack=mars")
            #expect(wrong.status == .unprocessableContent)
            let number = try await bench.ask(client, .get, "/api/v1/numbers/(212)%20555-0301")
            #expect(number.text.contains("+12125550301") && number.text.contains("America/New_York"))
            #expect(try await bench.ask(client, .get, "/api/v1/numbers/x").status == .unprocessableContent)
            let nowhere = try await bench.ask(client, .get, "/api/v1/numbers/2125550301?region=XX")
            #expect(nowhere.status == .unprocessableContent)
            let why = try await bench.ask(client, .get, "/api/v1/numbers/+12125550301/why")
            #expect(why.text.contains("\"contact_id\":1") && why.text.contains("\"rules\""))
            let before = try await bench.ask(
                client, .get, "/api/v1/numbers/+12125550301/why?at=2026-03-10T13:00:00Z")
            #expect(before.text.contains("\"attempts\":[]"))
            let campaign = try await bench.ask(client, .get, "/api/v1/campaigns/spring/why")
            // The engine is there, and has not seen a station yet.
            #expect(campaign.text.contains("no_station_ready"))
            let byNumber = try await bench.ask(client, .get, "/api/v1/campaigns/\(bench.campaign.value)/why")
            #expect(byNumber.status == .ok && byNumber.text.contains("\"campaign\":\"spring\""))
            #expect(try await bench.ask(client, .get, "/api/v1/campaigns/autumn/why").status == .notFound)
        }
    }

    @Test("me tells a token's scopes and a session's role")
    func me() async throws {
        let bench = try await InterfaceBench(scopes: [.callsRead])
        let anna = try await bench.bench.user("anna", .agent)
        let session = try bench.bench.session(of: anna)
        try await bench.bench.run { client async throws in
            let token = try await bench.ask(client, .get, "/api/v1/me")
            #expect(token.text.contains("\"scopes\":[\"calls:read\"]"))
            let mine = try await bench.ask(client, .get, "/api/v1/me", as: session.headers)
            #expect(mine.text.contains("\"role\":\"agent\"") && !mine.text.contains("scopes"))
            #expect(try await bench.ask(client, .get, "/api/v1/me", as: [:]).status == .unauthorized)
            #expect(try await bench.ask(client, .get, "/api/v1/rules").status == .forbidden)
        }
    }
}
