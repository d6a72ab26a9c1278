import Campaigns
import CampaignStore
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import OffhookServer

@Suite("Campaigns through the interface") struct CampaignResourceTests {
    static let yaml =
        "campaign: spring\nregion: US\ncalling_rules: { pack: us }\nsuppression: { none_because: a test }\n"

    private func body(_ yaml: String, script: String? = nil) -> String {
        "{\"yaml\":\(yaml.quoted)\(script.map { ",\"script\":\($0.quoted)" } ?? "")}"
    }

    @Test("a campaign is created, read with its version, changed, and the change with its author is told")
    func whole() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        try await bench.run { client async throws in
            let made = try await client.send(.post, "/api/v1/campaigns", session, body(Self.yaml))
            #expect(made.status == .created, "\(made.text)")
            let id = try made.value(CampaignFileView.self).campaign.id
            let read = try await client.send(.get, "/api/v1/campaigns/\(id)", session)
            let tag = try #require(read.headers[.eTag])
            #expect(try read.value(CampaignFileView.self).yaml == Self.yaml)
            let changed = try await client.send(
                .put, "/api/v1/campaigns/\(id)", session,
                body(Self.yaml + "pacing: { wrap_up: 30s }\nscript: script.md\n", script: "Good day {{name}}"),
                ifMatch: tag)
            #expect(changed.status == .ok, "\(changed.text)")
            #expect(changed.headers[.eTag] != tag)
            #expect(try changed.value(CampaignFileView.self).script == "Good day {{name}}")
            let history = try await client.send(.get, "/api/v1/campaigns/\(id)/history", session)
                .value(CampaignHistoryView.self)
            #expect(history.acts.map(\.act) == ["campaign_changed", "campaign_added"])
            #expect(history.acts.first?.user == "mia")
            #expect(history.acts.first?.detail?.contains("+5: pacing: { wrap_up: 30s }") == true)
        }
    }

    @Test("of two editors the second is refused, and what the first wrote stays")
    func conflict() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        let stored = try bench.campaign("spring")
        try await bench.run { client async throws in
            let path = "/api/v1/campaigns/\(stored.id.value)"
            let tag = "\"\(stored.version)\""
            let first = try await client.send(
                .put, path, session, body(stored.yaml + "pacing: { wrap_up: 30s }\n"), ifMatch: tag)
            #expect(first.status == .ok)
            let second = try await client.send(
                .put, path, session, body(stored.yaml + "pacing: { wrap_up: 40s }\n"), ifMatch: tag)
            #expect(second.status == .preconditionFailed)
            #expect(second.code == "changed_meanwhile")
            #expect(try bench.store.campaign(stored.id).campaign.pacing.wrapUp == .seconds(30))
            let wrong = try await client.send(.put, path, session, body(stored.yaml), ifMatch: "\"guess\"")
            #expect(wrong.status == .badRequest)
        }
    }

    @Test("mistakes are told with their lines, and nothing is stored")
    func mistakes() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        try await bench.run { client async throws in
            let bad = "campaign: spring\nregion: US\npacing: { wrap_up: soon }\nunknown_key: 1\n"
            let check = try await client.send(.post, "/api/v1/campaigns/check", session, body(bad))
                .value(CampaignCheckView.self)
            #expect(!check.isWell)
            #expect(check.mistakes.map(\.line) == [3, 4])
            let made = try await client.send(.post, "/api/v1/campaigns", session, body(bad))
            #expect(made.status == .unprocessableContent)
            #expect(made.detail.contains("line 3") && made.detail.contains("line 4"))
            let pack = try await client.send(
                .post, "/api/v1/campaigns/check", session,
                body("campaign: spring\nregion: US\ncalling_rules: { pack: moon }\n")
            ).value(CampaignCheckView.self)
            #expect(!pack.isWell && pack.mistakes.first?.message.contains("moon") == true)
            let open = try await client.send(
                .post, "/api/v1/campaigns/check", session,
                body("campaign: spring\nregion: US\ncalling_rules: { pack: none }\n")
            ).value(CampaignCheckView.self)
            #expect(open.isWell && open.warnings.contains { $0.contains("at any hour") })
            let script = try await client.send(
                .post, "/api/v1/campaigns/check", session, body(Self.yaml + "script: script.md\n")
            ).value(CampaignCheckView.self)
            #expect(script.mistakes.first?.message.contains("script.md") == true)
            #expect(try await client.send(.post, "/api/v1/campaigns", session, "no JSON").status == .badRequest)
            #expect(try bench.store.campaigns().isEmpty)
        }
    }

    @Test("a name that is there is no new campaign's, and a campaign keeps its name")
    func names() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        let stored = try bench.campaign("spring")
        try await bench.run { client async throws in
            let again = try await client.send(.post, "/api/v1/campaigns", session, body(Self.yaml))
            #expect(again.status == .conflict)
            let other = try await client.send(
                .put, "/api/v1/campaigns/\(stored.id.value)", session,
                body("campaign: autumn\nregion: US\ncalling_rules: { pack: none }\n"))
            #expect(other.status == .unprocessableContent)
            #expect(try bench.store.campaigns().map(\.campaign.name) == ["spring"])
        }
    }

    @Test("campaigns are started, paused and archived; what is archived stays so")
    func states() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        let stored = try bench.campaign("spring")
        try await bench.run { client async throws in
            let path = "/api/v1/campaigns/\(stored.id.value)/state"
            for state in ["started", "paused", "started", "archived"] {
                let answer = try await client.send(.post, path, session, "{\"state\":\"\(state)\"}")
                #expect(try answer.value(CampaignView.self).state == state)
            }
            #expect(try await client.send(.post, path, session, "{\"state\":\"started\"}").status == .conflict)
            #expect(try await client.send(.post, path, session, "{\"state\":\"new\"}").status == .unprocessableContent)
            let change = try await client.send(
                .put, "/api/v1/campaigns/\(stored.id.value)", session, body(stored.yaml))
            #expect(change.status == .conflict)
        }
    }

    @Test("progress counts the campaign's own contacts, and its standstill says why nothing is dialled")
    func standing() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        let stored = try bench.campaign("spring")
        let other = try bench.campaign("autumn")
        try bench.load([("Ann", 12_125_550_101, []), ("Bob", 12_125_550_102, [])], into: stored.id)
        try bench.load([("Cy", 12_125_550_103, [])], into: other.id)
        try await bench.run { client async throws in
            let progress = try await client.send(.get, "/api/v1/campaigns/\(stored.id.value)/progress", session)
                .value(CampaignProgressView.self)
            #expect(progress.total == 2 && progress.remaining == 2)
            let why = try await client.send(.get, "/api/v1/campaigns/\(stored.id.value)/standstill", session)
                .value(StandstillView.self)
            #expect(why.causes.map(\.code).contains("campaign_new"))
            #expect(why.causes.map(\.code).contains("no_station"))
            #expect(!why.causes.contains { $0.text.contains("offhook ") })
        }
    }

    @Test("a limited manager sees and changes their own campaigns alone, and creates none")
    func limited() async throws {
        let bench = try ServerBench()
        let (own, other) = (try bench.campaign("own"), try bench.campaign("secret-one"))
        let session = try await bench.manager(campaigns: [own.id])
        try await bench.run { client async throws in
            let all = try await client.send(.get, "/api/v1/campaigns", session).value(CampaignListView.self)
            #expect(all.campaigns.map(\.name) == ["own"])
            let path = "/api/v1/campaigns/\(other.id.value)"
            for (method, end, text) in [
                (HTTPRequest.Method.get, "", nil), (.put, "", body(other.yaml)), (.get, "/progress", nil),
                (.get, "/standstill", nil), (.get, "/history", nil), (.post, "/state", "{\"state\":\"started\"}"),
            ] as [(HTTPRequest.Method, String, String?)] {
                let answer = try await client.send(method, path + end, session, text)
                #expect(answer.status == .notFound, "\(method) \(end)")
            }
            #expect(try bench.store.campaign(other.id).state == .new)
            #expect(try await client.send(.post, "/api/v1/campaigns", session, body(Self.yaml)).status == .forbidden)
            #expect(try await client.get("/campaigns/\(other.id.value)", session.headers).status == .notFound)
            #expect(try await !client.get("/campaigns", session.headers).text.contains("secret-one"))
        }
    }
}
