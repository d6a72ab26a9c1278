import Dialer
import CampaignStore
import Campaigns
import Foundation
import ListImport
import Supervision

/// What is done with uploaded files.
struct UploadWork: Sendable {
    let parts: ServerParts
    let upload: Upload
    /// Told of what was changed, for the audit log.
    let audit: @Sendable (_ act: String, _ subject: String, _ detail: String) throws -> Void

    /// Looks at the beginning of a list: how it is taken, its first rows, its problems. Nothing is stored.
    static func look(_ upload: Upload, _ plan: ImportPlan, for campaign: StoredCampaign, _ parts: ServerParts) throws
        -> LookView
    {
        let reading = try plan.open(try upload.listFile(), for: campaign, parts.share)
        let pipeline = reading.start(keepsRead: true)
        defer { pipeline.cancel() }
        var preview = ImportPreview()
        let first = try pipeline.next()
        if let first { preview.add(first) }
        let isWhole = try first == nil || pipeline.next() == nil
        return LookView(
            reading, preview, notes: try notes(preview, reading, nil, campaign, parts),
            rowsRead: first?.rows.count ?? 0,
            isWhole: isWhole)
    }

    /// Imports the list, or only tries to, and keeps the rows that are no contacts in a file.
    func importList(_ plan: ImportPlan, for campaign: StoredCampaign) throws -> UploadOutcome {
        let file = try upload.listFile()
        let reading = try plan.open(file, for: campaign, parts.share)
        let bad = try QuarantineFile(upload.quarantine.path, of: reading, reading: upload.file.path)
        var preview = ImportPreview()
        let result = try file.load(
            reading, into: parts.store, request: try plan.request(file, opened: reading, for: campaign),
            under: try CampaignRules.of(campaign, in: parts.store, parts.share), at: parts.now(),
            progress: upload.note
        ) { batch in
            preview.add(batch)
            try bad.add(batch.read)
        }
        try bad.close()
        let notes = try Self.notes(preview, reading, (result.counts, result.duplicates), campaign, parts)
        let look = LookView(
            reading, preview, notes: result.places.neverCallable.map(ImportPlaces.sentence) + notes,
            rowsRead: result.counts.read, isWhole: true)
        if !plan.isDryRun {
            try audit(
                "list_imported", CampaignActs.subject(campaign.id),
                "import \(result.id): read \(result.counts.read), imported \(result.counts.imported)"
                    + (result.counts.doNotCall > 0
                        ? ", \(result.counts.doNotCall) not to be called (\(plan.doNotCall.rawValue))" : "")
                    + (result.counts.letThrough > 0
                        ? ", \(result.counts.letThrough) let through though a column says so" : ""))
            announce(campaign.id)
        }
        return .list(result.counts, result.duplicates, importID: plan.isDryRun ? nil : result.id, look)
    }

    /// Loads the file onto the do-not-call list.
    func loadSuppressions(_ plan: SuppressionPlan) throws -> UploadOutcome {
        let result = try upload.listFile().loadSuppressions(
            plan, into: parts.store, parts.share, at: parts.now(), progress: upload.note)
        if let load = result.load {
            try audit(
                "suppressions_loaded", "source \(result.source)",
                "added \(load.added), known \(load.known), replaced \(load.replaced), not read \(result.unread)")
            announce(nil)
        }
        return .suppressions(result)
    }

    private func announce(_ campaign: CampaignID?) {
        let parts = parts
        Task(executorPreference: parts.threads.background) {
            if let campaign { await parts.standing.forget(campaign) }
            await parts.engine.noticeChanges()
            parts.hub.journalChanged()
        }
    }

    private static func notes(
        _ preview: ImportPreview, _ reading: ListReading, _ counts: (ImportCounts, DuplicateKinds)?,
        _ campaign: StoredCampaign, _ parts: ServerParts
    ) throws -> [String] {
        let script = try campaign.script.map { try CallScript($0, file: campaign.campaign.script ?? campaign.file) }
        return preview.notes(
            reading, counts, scriptFields: script?.fields ?? [],
            dialsPossible: campaign.campaign.dialsPossibleNumbers(at: parts.now()))
    }
}
