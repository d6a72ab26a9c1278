import Supervision
import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import HTTPTypes
import Hummingbird
import PhoneNumbers

/// Campaigns: the list, a new one, one with its editor.
enum CampaignPages {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/campaigns", .page(.manager), "all campaigns with their states") { request, context in
            let identity = try context.known()
            let all = try parts.campaigns(for: identity)
            let (archived, current) = (all.filter { $0.state == .archived }, all.filter { $0.state != .archived })
            return try parts.pages.page(
                "campaigns/campaigns", title: "Campaigns",
                [
                    "campaigns": current.map { row($0) }, "hasCampaigns": !current.isEmpty,
                    "archived": archived.map { row($0) }, "hasArchived": !archived.isEmpty,
                    "mayCreate": identity.visibleCampaigns == nil,
                ], scripts: ["campaigns.js", "zone.js"], request, context)
        }
        table.get("/campaigns/new", .page(.manager), "asks for a new campaign") { request, context in
            try newPage(CampaignForm(), nil, parts, request, context)
        }
        table.post("/campaigns", .page(.manager), "stores a new campaign from its form or file") { request, context in
            try await create(parts, request, context)
        }
        table.get("/campaigns/{campaign}", .page(.manager), "one campaign: its state, file, script and history") {
            request, context in
            try page(try context.campaignInPath(parts.store), parts, request, context)
        }
        table.post("/campaigns/{campaign}/state", .page(.manager), "starts, pauses or archives a campaign") {
            _, context in
            let stored = try context.campaignInPath(parts.store)
            let changed = try await CampaignActs.setState(stored, to: context.form.text("state"), parts, context)
            let path = context.form["back"] == "list" ? "/campaigns" : "/campaigns/\(stored.id.value)"
            return Response.seeOther(path, saying: "\(changed.campaign.name) is \(changed.state.rawValue).")
        }
    }

    /// What lists of campaigns show of one.
    static func row(_ stored: StoredCampaign) -> [String: Any] {
        let look: [CampaignState: String] = [.started: "good", .paused: "warn", .new: "", .archived: ""]
        var row: [String: Any] = [
            "id": stored.id.value, "name": stored.campaign.name, "state": stored.state.rawValue,
            "look": look[stored.state] ?? "", "region": stored.campaign.region,
            "mode": stored.campaign.pacing.mode.rawValue, "packs": stored.campaign.callingRules.pack,
            "isStarted": stored.state == .started, "isArchived": stored.state == .archived,
            "mayStart": stored.state == .new || stored.state == .paused,
        ]
        row["withoutRules"] = withoutRules(stored)
        return row
    }

    /// That the file says `pack: none`; nil where it does not.
    static func withoutRules(_ stored: StoredCampaign) -> String? {
        stored.campaign.callingRules.isWithoutRules ? CallingRulesSettings.withoutRulesText : nil
    }

    /// What its file leaves unsaid, with the lines to add, and what it takes on itself.
    private static func warnings(_ stored: StoredCampaign, _ parts: ServerParts) throws -> [String] {
        guard let rules = try? CampaignRules.of(stored, in: parts.store, parts.share) else { return [] }
        let check = CampaignCheck(
            rules, areas: try parts.store.areasInUse(by: stored.id),
            sampleZones: try parts.share.atlas().zones(ofRegion: stored.campaign.region), at: parts.now())
        return check.fileFindings
    }

    private static func newPage(
        _ form: CampaignForm, _ problem: String?, yaml: String? = nil, _ parts: ServerParts, _ request: Request,
        _ context: ServeContext
    ) throws -> Response {
        let packs = try parts.share.packs().merging(parts.store.rulePacks()) { shipped, _ in shipped }
        let option = { (value: String, label: String, chosen: String) -> [String: Any] in
            ["value": value, "label": label, "isChosen": value == chosen]
        }
        let words =
            form.words
            + Array(
                repeating: CampaignForm.Word(code: "", label: "", dispositionClass: ""), count: CampaignForm.freeRows)
        return try parts.pages.page(
            "campaigns/new", title: "New campaign",
            [
                "problem": problem, "isFile": yaml != nil, "yaml": yaml ?? "", "name": form.name,
                "region": form.region, "regions": NumberReader.knownRegions.map { ["value": $0] },
                "packs": packs.values.sorted { $0.name < $1.name }.map { pack -> [String: Any] in
                    ["name": pack.name, "isChosen": form.packs.contains(pack.name)]
                },
                "weekdaysFrom": form.weekdays.from, "weekdaysTo": form.weekdays.to,
                "saturdayFrom": form.saturday.from, "saturdayTo": form.saturday.to,
                "sundayFrom": form.sunday.from, "sundayTo": form.sunday.to,
                "modes": [
                    option("progressive", "Progressive: the phone dials as soon as its station is ready", form.mode),
                    option("preview", "Preview: the contact is shown first", form.mode),
                    option("manual", "Manual: agents dial contacts they pick", form.mode),
                ],
                "silences": [
                    option("pause", "Pause the station until its agent is ready", form.noDisposition),
                    option("continue", "Go on with the next call", form.noDisposition),
                ],
                "registries": form.registries, "noneBecause": form.noneBecause, "wrapUp": form.wrapUp,
                "callsPerMinute": form.callsPerMinute, "script": form.script,
                "words": words.enumerated().map { index, word -> [String: Any] in
                    [
                        "index": index + 1, "code": word.code, "label": word.label,
                        "classes": DispositionClass.allCases.filter { $0 != .noneGiven }.map {
                            option($0.rawValue, $0.rawValue.replacing("_", with: " "), word.dispositionClass)
                        },
                    ]
                },
            ], scripts: ["campaign-new.js", "zone.js"], status: problem == nil ? .ok : .unprocessableContent, request,
            context)
    }

    private static func create(_ parts: ServerParts, _ request: Request, _ context: ServeContext) async throws
        -> Response
    {
        let pasted = context.form["yaml"].flatMap { context.form["way"] == "file" ? $0 : nil }
        let form = CampaignForm(context.form)
        let body = CampaignDraftBody(
            yaml: (pasted ?? form.yaml).replacing("\r\n", with: "\n"),
            script: context.form["script"].map { $0.replacing("\r\n", with: "\n") })
        do {
            let stored = try await CampaignActs.create(body, parts, context)
            return Response.seeOther(
                "/campaigns/\(stored.id.value)",
                saying: "\(stored.campaign.name) is stored. Load a list, then start it.")
        } catch {
            guard let problem = Problem(error), [422, 409].contains(problem.status.code) else { throw error }
            return try newPage(form, problem.detail, yaml: pasted, parts, request, context)
        }
    }

    private static func page(
        _ stored: StoredCampaign, _ parts: ServerParts, _ request: Request, _ context: ServeContext
    ) throws -> Response {
        let time = ViewerTime(request, context)
        let history = try CampaignActs.history(stored.id, parts).map { entry -> [String: Any] in
            var row: [String: Any] = [
                "at": time.element(entry.at), "user": entry.user ?? "nobody",
                "act": entry.act.replacing("_", with: " "),
            ]
            if let detail = entry.detail, !detail.isEmpty { row["detail"] = detail }
            return row
        }
        let brake = try parts.store.brakeReason(of: stored)
        return try parts.pages.page(
            "campaigns/campaign", title: stored.campaign.name,
            [
                "campaign": row(stored), "warnings": try warnings(stored, parts).map { ["text": $0] },
                "yaml": stored.yaml, "script": stored.script ?? "",
                "version": stored.version, "whole": stored.campaign.yaml, "brake": brake,
                "since": time.element(stored.stateAt), "history": history, "hasHistory": !history.isEmpty,
            ], scripts: ["campaign.js", "zone.js"], request, context)
    }
}
