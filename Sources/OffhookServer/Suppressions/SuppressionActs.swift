import CampaignStore
import Campaigns
import Hummingbird
import Supervision

/// What pages and the interface do to the do-not-call list, each written down in the audit log.
enum SuppressionActs {
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

    /// Puts a number or prefix on the list. Anybody may put a number there: a wish not to be called is always honored; what reaches
    /// beyond a limited manager's campaigns otherwise is in ``HouseList``.
    ///
    /// - Returns: what was added, and how many contacts hold a number of it, as far as the identity may know.
    /// - Throws: ``Problem`` 409 `many_contacts` where it touches many and that is not confirmed.
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
        if campaign == nil {
            if case .prefix = subject { try HouseList.prefix.check(context) }
            if end != nil { try HouseList.end.check(context) }
            try HouseList.joining(source, try parts.store.suppressionSources())?.check(context)
        }
        let (now, visible) = (parts.now(), try context.known().visibleCampaigns)
        let contacts = try await parts.longWork.run {
            try parts.store.contactsStopped(by: subject, campaign: campaign?.id, visible: visible, at: now)
        }
        try meant(subject, contacts, isRemoval: false, isConfirmed: body.confirm ?? false)
        let result = try await parts.act(
            "suppression_added", context, subject: subject.description, detail: body.campaignId.map { "campaign \($0)" }
        ) {
            // A prefix may touch many contacts; half of it would be worse than late.
            let until = end
            return try await parts.longWork.run(within: nil, isEndable: false) {
                try parts.store.suppress([subject], campaign: campaign?.id, source: source, until: until, at: now)
            }
        }
        return (subject, result.added, contacts)
    }

    /// - Throws: ``Problem`` 409 `many_contacts`.
    private static func meant(
        _ subject: SuppressionSubject, _ contacts: Int, isRemoval: Bool, isConfirmed: Bool
    ) throws {
        guard contacts > SuppressionReach.most, !isConfirmed else { return }
        let doubt = SuppressionDoubt.many(subject, contacts: contacts, isRemoval: isRemoval)
        let word = isRemoval ? "confirm=contacts" : "confirm"
        var problem = Problem(
            .conflict, "\(doubt) Nothing was changed; to mean it, say so: \(word).", code: "many_contacts")
        problem.contacts = contacts
        throw problem
    }

    /// Takes a number or prefix off the list of one scope.
    ///
    /// - Parameter confirmed: words with commas between them: `erased` where it is meant that an entry goes which keeps an erased person
    ///   from coming back, `contacts` where it is meant that many contacts may be called again.
    /// - Throws: ``Problem`` 404 where it is not on it, 403 where the scope is not the identity's to change, 409 `erased` where
    ///   the number's holder was erased and that is not confirmed, 409 `many_contacts` likewise.
    static func remove(
        _ text: String?, region: String?, campaign id: Int64?, confirmed: String?, _ parts: ServerParts,
        _ context: ServeContext
    ) async throws -> SuppressionSubject {
        let campaign = try id.map { try parts.campaign(CampaignID($0), for: context.known()) }
        let subject = try subject(text, region: region, campaign, parts)
        if campaign == nil { try HouseList.removal.check(context) }
        let words = (confirmed ?? "").split(separator: ",").map { String($0).trimmed }
        let isMeantErased = words.contains("erased")
        if !words.contains("contacts"), try parts.store.stands(subject, campaign: campaign?.id, at: parts.now()) {
            let contacts = try await parts.longWork.run {
                try parts.store.contacts(coveredBy: subject, campaign: campaign?.id)
            }
            try meant(subject, contacts, isRemoval: true, isConfirmed: false)
        }
        let removed = try parts.store.unsuppress(
            subject, campaign: campaign?.id, evenIfErased: isMeantErased, at: parts.now())
        guard removed > 0 else {
            let scope = campaign.map { "of campaign \($0.campaign.name)" } ?? "that holds everywhere"
            throw Problem(.notFound, "\(subject) is not on the do-not-call list \(scope).", code: "not_found")
        }
        try await parts.act(
            "suppression_removed", context, subject: subject.description,
            detail: id.map { "campaign \($0)" } ?? (isMeantErased ? "of an erased person" : nil)
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
