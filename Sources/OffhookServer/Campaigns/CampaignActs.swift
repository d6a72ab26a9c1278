import HTTPTypes
import CampaignStore
import Campaigns
import Supervision

/// What pages and the interface do to campaigns, each written down in the audit log.
enum CampaignActs {
    /// The subject of a campaign's entries in the audit log.
    static func subject(_ id: CampaignID) -> String { "campaign \(id.value)" }

    /// Stores a new campaign.
    ///
    /// - Throws: ``Problem`` 422 with every mistake, 403 for a manager who is limited to others, 409 for a name that is there.
    static func create(
        _ body: CampaignDraftBody, _ parts: ServerParts, _ context: ServeContext
    ) async throws -> StoredCampaign {
        guard try context.known().visibleCampaigns == nil else {
            throw Problem(
                .forbidden, "You are limited to the campaigns that an administrator gave you; ask them for a new one.",
                code: "limited")
        }
        let draft = try await parts.longWork.run { try CampaignChecking.draft(body, parts) }
        let id = try parts.store.applyCampaign(
            draft.campaign, yaml: draft.yaml, file: CampaignChecking.file, script: draft.script, expecting: .nothing,
            at: parts.now()
        ).id
        try await parts.act("campaign_added", context, subject: subject(id), detail: draft.campaign.name) {}
        return try parts.store.campaign(id)
    }

    /// Changes a campaign's file and script.
    ///
    /// - Parameter version: of the campaign as it was read; nil for whatever it is.
    /// - Throws: ``Problem`` 422 with every mistake, 412 where somebody else changed it.
    static func change(
        _ stored: StoredCampaign, _ body: CampaignDraftBody, version: Int64?, _ parts: ServerParts,
        _ context: ServeContext
    ) async throws -> StoredCampaign {
        guard version == nil || version == stored.version else {
            throw StoreError.changedMeanwhile(what: "campaign", name: stored.campaign.name)
        }
        let (draft, changes) = try await parts.longWork.run {
            let draft = try CampaignChecking.draft(body, parts)
            let changes = [
                LineDifference.text(from: stored.yaml, to: draft.yaml),
                LineDifference.text(from: stored.script ?? "", to: draft.script ?? "", of: "the script")
                    .map { "script:\n\($0)" },
            ]
            return (draft, changes.compactMap { $0 })
        }
        guard draft.campaign.name == stored.campaign.name else {
            throw Problem.invalid([
                "yaml":
                    "A campaign keeps its name, “\(stored.campaign.name)”; create another for “\(draft.campaign.name)”."
            ])
        }
        try await parts.act(
            "campaign_changed", context, subject: subject(stored.id), detail: changes.joined(separator: "\n")
        ) {
            _ = try parts.store.applyCampaign(
                draft.campaign, yaml: draft.yaml, file: stored.file, script: draft.script,
                expecting: .version(stored.version), at: parts.now())
        }
        await parts.standing.forget(stored.id)
        return try parts.store.campaign(stored.id)
    }

    /// Starts, pauses or archives a campaign.
    ///
    /// - Throws: ``Problem`` 422 for another word, 409 for one that is archived.
    static func setState(
        _ stored: StoredCampaign, to word: String?, _ parts: ServerParts, _ context: ServeContext
    ) async throws -> StoredCampaign {
        guard let state = word.flatMap(CampaignState.init(rawValue:)), state != .new else {
            throw Problem.invalid(["state": "The state is started, paused or archived."])
        }
        try await parts.act("campaign_\(state.rawValue)", context, subject: subject(stored.id)) {
            try parts.store.setState(state, of: stored.campaign.name, at: parts.now())
        }
        await parts.standing.forget(stored.id)
        return try parts.store.campaign(stored.id)
    }

    /// What was done to a campaign through pages and interface, newest first.
    static func history(_ id: CampaignID, _ parts: ServerParts) throws -> [AuditEntry] {
        try parts.store.auditLog(of: subject(id))
    }
}
