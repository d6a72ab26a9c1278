import Supervision
import Campaigns
import CampaignStore
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import OffhookServer

@Suite("Pages of campaigns") struct CampaignPageTests {
    @Test("the form writes a file that the editor goes on with")
    func form() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        try await bench.run { client async throws in
            #expect(try await client.get("/campaigns/new", session.headers).text.contains("By a form"))
            let made = try await client.submit(
                "/campaigns",
                "way=form&name=spring&region=US&pack=us&pack=ca&weekdays_from=09%3A00&weekdays_to=20%3A00&mode=preview"
                    + "&wrap_up=30s&calls_per_minute=60&code=SALE&label=Sale+%22now%22&class=success&code=&label=&class=other"
                    + "&script=Good+day+%7B%7Bname%7D%7D", session)
            #expect(made.status == .seeOther, "\(made.text)")
            let stored = try #require(bench.store.campaigns().first)
            #expect(made.headers[.location] == "/campaigns/\(stored.id.value)")
            #expect(stored.campaign.callingRules.packs == ["us", "ca"])
            #expect(stored.campaign.pacing.mode == .preview && stored.campaign.pacing.callsPerMinute == 60)
            #expect(stored.campaign.dispositions.map(\.label) == ["Sale \"now\""])
            #expect(stored.script == "Good day {{name}}")
            let page = try await client.get("/campaigns/\(stored.id.value)", session.headers)
            #expect(page.status == .ok)
            #expect(page.text.contains("data-version=\"\(stored.version)\"") && page.text.contains("mon-fri"))
        }
    }

    @Test("what is wrong with a form or a file is said above it, and what was typed stays")
    func mistakes() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        try await bench.run { client async throws in
            let form = try await client.submit("/campaigns", "way=form&name=two+words&region=US&mode=preview", session)
            #expect(form.status == .unprocessableContent)
            #expect(form.text.contains("value=\"two words\"") && form.text.contains("role=\"alert\""))
            let file = try await client.submit(
                "/campaigns", "way=file&yaml=\("campaign: x\nregion: US\npace: <b>".encoded)&script=", session)
            #expect(file.status == .unprocessableContent)
            #expect(file.text.contains("pace: &lt;b&gt;") && !file.text.contains("<b>"))
            #expect(try bench.store.campaigns().isEmpty)
        }
    }

    @Test(
        "a text in the form is never anything else in the file", arguments: ["x: y", "a\n- b", "yes", "\"", "#1", "{"])
    func quoting(label: String) throws {
        let bench = try ServerBench()
        var form = CampaignForm()
        form.name = "spring"
        form.words = [CampaignForm.Word(code: label, label: label, dispositionClass: "other")]
        let (check, draft) = try CampaignChecking.check(
            CampaignDraftBody(yaml: form.yaml, script: nil), bench.parts)
        #expect(check.isWell, "\(check.mistakes)")
        #expect(draft?.campaign.dispositions.map(\.code) == [label])
    }

    @Test("a file that leaves the registry unsaid is stored, and its page says what to write; either answer ends that")
    func unsaid() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        try await bench.run { client async throws in
            let made = try await client.submit("/campaigns", "way=form&name=bare&region=US&mode=preview", session)
            #expect(made.status == .seeOther, "\(made.text)")
            let bare = try await client.get(try #require(made.headers[.location]), session.headers).text
            #expect(bare.contains("registries: [") && bare.contains("none_because:"), "\(bare)")
            for (name, answer) in [
                ("customers", "none_because=own+customers"), ("listed", "registries=us-dnc%2C+us-tx"),
            ] {
                let made = try await client.submit(
                    "/campaigns", "way=form&name=\(name)&region=US&mode=preview&\(answer)", session)
                let page = try await client.get(try #require(made.headers[.location]), session.headers).text
                #expect(!page.contains("“suppression” is missing"), "\(page)")
            }
            let settings = try bench.store.campaigns().reduce(into: [:]) {
                $0[$1.campaign.name] = $1.campaign.suppression
            }
            #expect(settings["customers"]?.noneBecause == "own customers")
            #expect(settings["listed"]?.registries == ["us-dnc", "us-tx"])
        }
    }

    @Test("that no law's rules are applied is said on every page and report of such a campaign, and on no other's")
    func withoutRules() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        let (none, ruled) = (try bench.campaign("none"), try bench.campaign("ruled", "", pack: nil))
        try await bench.run { client async throws in
            // Pages escape the apostrophes of the sentence.
            let said = "file says pack: none: no law"
            for path in ["", "/webhooks", "/closing"] {
                #expect(
                    try await client.get("/campaigns/\(none.id.value)\(path)", session.headers).text.contains(said),
                    "\(path)")
                #expect(
                    try await !client.get("/campaigns/\(ruled.id.value)\(path)", session.headers).text.contains(said),
                    "\(path)")
            }
            for report in ["outcomes", "hours", "callbacks", "inventory"] {
                let page = { (name: String) in
                    try await client.get("/reports/\(report)?campaign=\(name)", session.headers).text
                }
                #expect(try await page("none").contains(said), "\(report)")
                #expect(try await !page("ruled").contains(said), "\(report)")
            }
            let list = try await client.get("/campaigns", session.headers).text
            #expect(list.components(separatedBy: said).count == 2)
        }
    }

    @Test("buttons start, pause and archive; the list shows it")
    func states() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        let stored = try bench.campaign("spring")
        try await bench.run { client async throws in
            #expect(try await client.get("/campaigns", session.headers).text.contains("spring"))
            let start = try await client.submit(
                "/campaigns/\(stored.id.value)/state", "state=started&back=list", session)
            #expect(start.headers[.location] == "/campaigns")
            #expect(try bench.store.campaign(stored.id).state == .started)
            _ = try await client.submit("/campaigns/\(stored.id.value)/state", "state=archived", session)
            let list = try await client.get("/campaigns", session.headers).text
            #expect(list.contains("Archived campaigns"))
        }
    }

    @Test("an audit entry keeps the lines that went and came, and no more than fits")
    func difference() {
        #expect(LineDifference.text(from: "a\nb\nc", to: "a\nB\nc") == "-2: b\n+2: B")
        #expect(LineDifference.text(from: "a", to: "a") == nil)
        let long = (0..<2000).map { "line \($0)" }.joined(separator: "\n")
        #expect((LineDifference.text(from: "", to: long)?.count ?? 0) <= LineDifference.most + 2)
    }
}
