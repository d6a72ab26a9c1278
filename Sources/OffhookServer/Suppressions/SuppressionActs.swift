import CampaignStore
import Campaigns
import Hummingbird
import Supervision

/// What pages and the interface do to the do-not-call list, each written down in the audit log.
enum SuppressionActs {
    /// What is taken off everywhere would be called by campaigns that a limited manager may not see.
    ///
    /// - Throws: ``Problem`` 403.
    static func mayChangeAll(_ context: ServeContext) throws {
        guard try context.known().visibleCampaigns == nil else {
            throw Problem(
                .forbidden,
                "The entry holds in all campaigns, and you are limited to some; ask a manager who is not.",
                code: "limited")
        }
    }

    /// Reads a number or prefix.
    ///
    /// - Parameter campaign: in whose region national numbers are read; nil for the United States.
    static func subject(
        _ text: String?, region: String?, _ campaign: StoredCampaign?, _ parts: ServerParts
    ) throws -> SuppressionSubject {
        guard let text else { throw Problem.invalid(["number": "Type a number, or a prefix such as +1201*."]) }
        let region = try ReadingChoices.region(region ?? campaign?.campaign.region ?? "US")
        return try SuppressionText.subject(text, region: region, parts.share)
    }

    /// Puts a number or prefix on the list. Anybody may: it only ever stops calls.
    static func add(
        _ body: SuppressionBody, _ parts: ServerParts, _ context: ServeContext
    ) async throws -> (subject: SuppressionSubject, added: Int, contacts: Int) {
        let campaign = try body.campaignId.map { try parts.campaign(CampaignID($0), for: context.known()) }
        let subject = try subject(body.number, region: body.region, campaign, parts)
        var end: Instant?
        if let until = body.until, !until.isEmpty {
            end = Instant(iso8601: until) ?? Instant(iso8601: "\(until)T00:00:00Z")
            guard let end, end > parts.now() else {
                throw Problem.invalid(["until": "An end is a date to come, such as 2027-01-31."])
            }
        }
        let source = body.source.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 } ?? "by hand"
        let result = try await parts.act(
            "suppression_added", context, subject: subject.description, detail: body.campaignId.map { "campaign \($0)" }
        ) {
            try parts.store.suppress([subject], campaign: campaign?.id, source: source, until: end, at: parts.now())
        }
        return (subject, result.added, result.contacts)
    }

    /// Takes a number or prefix off the list of one scope.
    ///
    /// - Parameter confirmed: `erased` where it is meant that an entry goes which keeps an erased person from coming back.
    /// - Throws: ``Problem`` 404 where it is not on it, 403 where the scope is not the identity's to change, 409 `erased` where
    ///   the number's holder was erased and that is not confirmed.
    static func remove(
        _ text: String?, region: String?, campaign id: Int64?, confirmed: String?, _ parts: ServerParts,
        _ context: ServeContext
    ) async throws -> SuppressionSubject {
        let campaign = try id.map { try parts.campaign(CampaignID($0), for: context.known()) }
        let subject = try subject(text, region: region, campaign, parts)
        if campaign == nil { try mayChangeAll(context) }
        let removed = try parts.store.unsuppress(
            subject, campaign: campaign?.id, evenIfErased: confirmed == "erased", at: parts.now())
        guard removed > 0 else {
            let scope = campaign.map { "of campaign \($0.campaign.name)" } ?? "that holds everywhere"
            throw Problem(.notFound, "\(subject) is not on the do-not-call list \(scope).", code: "not_found")
        }
        try await parts.act(
            "suppression_removed", context, subject: subject.description,
            detail: id.map { "campaign \($0)" } ?? (confirmed == "erased" ? "of an erased person" : nil)
        ) {}
        return subject
    }

    /// Entries that may be seen.
    ///
    /// - Parameters:
    ///   - text: a number, or the digits that it begins with; nil for all.
    ///   - source: only those of a source.
    static func find(
        _ text: String?, source: String?, limit: Int, _ parts: ServerParts, _ context: ServeContext
    ) throws -> [SuppressionEntry] {
        let identity = try context.known()
        let names = Set(try parts.campaigns(for: identity).map(\.campaign.name))
        let isVisible = { (entry: SuppressionEntry) in
            identity.visibleCampaigns == nil || (entry.campaign.map(names.contains) ?? true)
        }
        guard let text else {
            var entries: [SuppressionEntry] = []
            try parts.store.suppressions(source: source, limit: limit) { entries.append($0) }
            return entries.filter(isVisible)
        }
        if let subject = try? subject(text, region: nil, nil, parts), case .number(let number) = subject {
            let exact = try parts.store.suppressions(of: number, at: parts.now()).filter(isVisible)
            if !exact.isEmpty { return exact }
        }
        let digits = text.filter { ("0"..."9").contains($0) }
        guard (1...15).contains(digits.count), let beginning = Int64(digits), beginning > 0 else {
            throw Problem.invalid(["number": "Type a number, or the digits that it begins with, country code first."])
        }
        return try parts.store.suppressions(beginning: beginning, limit: limit).filter(isVisible)
    }
}
