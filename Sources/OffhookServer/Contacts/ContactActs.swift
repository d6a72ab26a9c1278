import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import Hummingbird
import PhoneNumbers
import Reports
import Supervision

/// What pages and the interface do with contacts, each change written down in the audit log without names or fields.
enum ContactActs {
    static func subject(_ id: ContactID) -> String { "contact \(id.value)" }

    /// The contact whose number stands in the path.
    ///
    /// - Throws: ``Problem`` 404, for one of a campaign that may not be seen as well.
    static func contact(_ parts: ServerParts, _ context: ServeContext) throws -> StoredContact {
        let id = try context.number("contact")
        let contact = try parts.store.contact(ContactID(id))
        guard try context.known().maySee(contact.campaign) else { throw Problem.notFound("contact “\(id)”") }
        return contact
    }

    /// Bytes that one may search for: each is looked for in every name.
    static let longestSearch = 200

    /// Reads what somebody typed to look for: a number, the digits it begins with, a part of a name, or `field: text`.
    ///
    /// - Throws: ``Problem`` 422 where nothing can be looked for.
    static func query(_ text: String, region: String, _ parts: ServerParts) throws -> ContactQuery {
        guard text.utf8.count <= longestSearch else {
            throw Problem.invalid(["q": "A search has at most \(longestSearch) bytes; search for a part of the name."])
        }
        let text = text.trimmed
        let digits = text.filter { ("0"..."9").contains($0) }
        let isNumber = digits.count >= 3 && text.allSatisfy { $0.isNumber || "+-. ()/x".contains($0) }
        if isNumber {
            if case .success(let reading) = try parts.share.numberReader().read(text, region: region) {
                return .number(reading.number)
            }
            if let number = PhoneNumber(e164: text.filter { !" -.()".contains($0) }) { return .number(number) }
            if digits.count <= 14, let prefix = Int64(digits), prefix > 0 { return .numberPrefix(prefix) }
        }
        if let split = text.firstIndex(of: ":") {
            let name = String(text[..<split]).trimmed
            let value = String(text[text.index(after: split)...]).trimmed
            if !name.isEmpty, !value.isEmpty { return .field(name: name, text: value) }
        }
        guard text.count >= 2 else {
            throw Problem.invalid(["q": "Type a number, at least two letters of a name, or a field as in “City: Ely”."])
        }
        return .name(text)
    }

    /// Looks for contacts that may be seen.
    static func search(
        _ query: ContactQuery, campaign: CampaignID?, before: Int64?, limit: Int = 50, _ parts: ServerParts,
        _ context: ServeContext
    ) async throws -> ContactSearchResult {
        let identity = try context.known()
        if let campaign, !identity.maySee(campaign) { throw Problem.notFound("campaign \(campaign.value)") }
        let visible = campaign.map { [$0] } ?? identity.visibleCampaigns
        return try await parts.longWork.run {
            try parts.store.searchContacts(query, campaigns: visible, before: before.map(ContactID.init), limit: limit)
        }
    }

    /// Changes what a body names of a contact; the rest stays.
    ///
    /// - Throws: ``Problem`` 412 where somebody else changed it, 422 for a field without a name.
    static func change(
        _ contact: StoredContact, _ body: ContactBody, version: Int64?, _ parts: ServerParts, _ context: ServeContext
    ) async throws -> StoredContact {
        let fields = (body.fields ?? []).map { (name: $0.name.trimmed, value: $0.value) }
        try check(fields.map { ($0.name, $0.value ?? "") })
        let change = ContactChange(
            name: body.name, externalID: body.externalId, fields: fields)
        try check(name: body.name.applied(to: nil), externalID: body.externalId.applied(to: nil))
        let person = try context.known().auditName
        return try await parts.act("contact_edited", context, subject: subject(contact.id)) {
            try parts.store.changeContact(contact.id, change, version: version, by: person, at: parts.now())
        }
    }

    /// Takes a contact as the page's form shows it, whole: a field that is left out goes.
    ///
    /// - Throws: ``Problem`` 412 where somebody else changed it, 422 for a field that is there twice.
    static func edit(
        _ contact: StoredContact, name: String, externalID: String, fields: [(name: String, value: String)],
        version: Int64?, _ parts: ServerParts, _ context: ServeContext
    ) async throws -> StoredContact {
        let named = fields.map { (name: $0.name.trimmed, value: $0.value) }
        try check(named)
        let edit = ContactEdit(
            name: ContactChange.Text(name).applied(to: nil),
            externalID: ContactChange.Text(externalID).applied(to: nil), fields: ContactFields(named))
        try check(name: edit.name, externalID: edit.externalID)
        let person = try context.known().auditName
        return try await parts.act("contact_edited", context, subject: subject(contact.id)) {
            try parts.store.editContact(contact.id, edit, version: version, by: person, at: parts.now())
        }
    }

    private static func check(name: String?, externalID: String?) throws {
        guard (name?.count ?? 0) <= 500, (externalID?.count ?? 0) <= 500 else {
            throw Problem.invalid(["name": "A name has at most 500 characters."])
        }
    }

    private static func check(_ named: [(name: String, value: String)]) throws {
        var names: Set<String> = []
        for field in named {
            guard !field.name.isEmpty else { throw Problem.invalid(["fields": "A field needs a name."]) }
            guard names.insert(field.name).inserted else {
                throw Problem.invalid(["fields": "The field “\(field.name)” stands twice."])
            }
            guard field.name.count <= 200, field.value.count <= 10_000 else {
                throw Problem.invalid(["fields": "The field “\(field.name.prefix(40))” is too long."])
            }
        }
    }

    /// Agrees a callback, whether the contact waits for its call or is finished.
    static func callBack(
        _ contact: StoredContact, _ body: CallbackBody, _ parts: ServerParts, _ context: ServeContext
    ) async throws -> CallbackView {
        let rules = try CampaignRules.of(
            parts.store.campaign(contact.campaign), in: parts.store, parts.share)
        let text = body.at.replacing("T", with: " ", maxReplacements: body.at.count == 16 ? 1 : 0)
        let time: CallbackTime
        if let local = LocalTime(text) {
            time = .local(local)
        } else if let instant = Instant(iso8601: body.at) {
            time = .at(instant)
        } else {
            throw Problem.invalid([
                "at": "Type a time on the contact's clock such as 2026-11-25 15:30, or an instant with its zone."
            ])
        }
        let agent = body.agent.flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed }
        if let agent, try parts.store.user(named: agent) == nil {
            throw Problem.invalid(["agent": "There is no user “\(agent)”; leave it empty for anyone."])
        }
        let area = (contact.numbers.first(where: \.isNext) ?? contact.numbers.first)?.area
        let agreed = try time.settled(in: area, zone: body.timeZone, rules.clock(named:))
        let person = try context.known().auditName
        let isFinished = contact.state == .done || contact.state == .exhausted
        let due = try await parts.act("callback_agreed", context, subject: subject(contact.id)) {
            isFinished
                ? try parts.store.reopen(
                    contact.id, .callback(agreed, agent: agent), by: person, rules: rules, at: parts.now())
                : try parts.store.scheduleCallback(
                    contact.id, at: agreed, agent: agent, by: person, rules: rules, now: parts.now())
        }
        let opens = area.flatMap {
            rules.hours(of: $0).nextOpening(from: due, margin: rules.campaign.dial.ringTimeout)
        }
        return CallbackView(dueAt: due.iso8601, hoursOpenAt: opens?.iso8601)
    }

    /// Brings a finished contact back as a retry.
    static func reopen(_ contact: StoredContact, _ parts: ServerParts, _ context: ServeContext) async throws {
        let rules = try CampaignRules.of(
            parts.store.campaign(contact.campaign), in: parts.store, parts.share)
        let person = try context.known().auditName
        _ = try await parts.act("contact_reopened", context, subject: subject(contact.id)) {
            try parts.store.reopen(
                contact.id, .retry(notBefore: parts.now()), by: person, rules: rules, at: parts.now())
        }
    }

    /// Puts all numbers of a contact on the do-not-call list, everywhere.
    ///
    /// - Returns: how many entries are new.
    static func doNotCall(
        _ contact: StoredContact, _ parts: ServerParts, _ context: ServeContext
    ) async throws -> Int {
        try await parts.act("contact_do_not_call", context, subject: subject(contact.id)) {
            try parts.store.suppress(
                contact.numbers.map(\.number), campaign: nil, source: "by hand", at: parts.now()
            ).added
        }
    }

    /// Asks every rule for each of a contact's numbers.
    static func why(_ contact: StoredContact, _ parts: ServerParts) async throws -> ContactWhyView {
        let now = parts.now()
        return try await parts.longWork.run {
            let rules = try CampaignRules.of(
                parts.store.campaign(contact.campaign), in: parts.store, parts.share, judgedAt: now)
            let numbers = try contact.numbers.flatMap { number in
                try parts.store.contacts(holding: number.number, at: now).filter { $0.contact == contact.id }.map {
                    ContactWhyView.Answer(ContactExplanation($0, under: rules, at: now))
                }
            }
            return ContactWhyView(contactId: contact.id.value, at: now.iso8601, numbers: numbers)
        }
    }

    /// All attempts and events of a contact.
    static func story(_ contact: StoredContact, _ parts: ServerParts) async throws -> ContactStoryView {
        try await parts.longWork.run {
            ContactStoryView(
                attempts: try parts.store.attempts(of: contact.id).map(ContactStoryView.Attempt.init),
                events: try parts.store.journal(of: contact.id).map(EventView.init))
        }
    }
}
