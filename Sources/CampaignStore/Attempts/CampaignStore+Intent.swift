import CallingRules
import Campaigns
import Eligibility
import Foundation
import GRDB
import PhoneNumbers

extension CampaignStore {
    /// Writes an attempt down before its phone is told to dial: the instant that counts.
    ///
    /// One immediate, durable transaction reads the facts again, asks every rule with the ring timeout as margin, and only
    /// if all allow it inserts the attempt and moves the contact. If not, the contact is put back with the reason.
    public func recordIntent(
        _ request: IntentRequest, rules: EligibilityRules, at now: Instant
    ) throws -> IntentResult {
        try write { try intend(request, rules: rules, at: now, $0) }
    }

    func intend(
        _ request: IntentRequest, rules: EligibilityRules, at now: Instant, _ database: Database
    ) throws -> IntentResult {
        let reservation = request.reservation
        guard
            let facts = try FactsReader.facts(
                contact: reservation.contact.value, numberID: reservation.numberID, at: now, database)
        else {
            throw StoreError.notFound(what: "contact", name: String(reservation.contact.value), hint: "")
        }
        let verdict = Eligibility.evaluate(
            facts, under: rules, at: now, margin: rules.campaign.dial.ringTimeout, claimed: true)
        guard verdict.verdict.isAllowed else {
            try putBack(reservation, verdict.denials, at: now, database)
            return .denied(verdict)
        }
        let id = try insertAttempt(request, verdict, rules, at: now, database)
        try ContactStates.apply(.recordIntent, to: reservation.contact.value, at: now.milliseconds, database)
        // Whoever asked for a call knows of it.
        if request.kind == .manual || request.kind == .preview {
            try Self.noteSeen(id, byAgentAt: request.station, database)
        }
        try database.journal(
            "attempt_intended", at: now,
            JournalSubject(
                campaign: reservation.campaign.value, contact: reservation.contact.value, attempt: id.value,
                number: reservation.number.digits, station: request.station, agent: request.agent))
        return .recorded(id)
    }

    /// What the rules say of a reservation before the intent, without writing anything.
    public func eligibility(
        of reservation: Reservation, rules: EligibilityRules, at now: Instant
    ) throws -> EligibilityVerdict? {
        try read { database in
            try FactsReader.facts(
                contact: reservation.contact.value, numberID: reservation.numberID, at: now, database
            ).map {
                Eligibility.evaluate(
                    $0, under: rules, at: now, margin: rules.campaign.dial.ringTimeout, claimed: true)
            }
        }
    }

    /// Puts a denied contact back so that it costs one look a denial.
    public func putBack(
        _ reservation: Reservation, denied verdict: EligibilityVerdict, at now: Instant
    ) throws {
        guard !verdict.verdict.isAllowed else { return }
        try write { try putBack(reservation, verdict.denials, at: now, $0) }
    }

    private func putBack(
        _ reservation: Reservation, _ denials: [Eligibility.Denial], at now: Instant, _ database: Database
    ) throws {
        let contact = reservation.contact.value
        let rest = DenialRest.after(denials, at: now)
        try ContactStates.release(contact, notBefore: rest.until, reason: rest.reason, at: now, database)
        if denials.contains(where: { $0.reason.code == "suppressed" || $0.reason.code == "number_dead" }) {
            try ContactNumbers.refresh(contact: contact, database, at: now.milliseconds)
            guard try ContactNumbers.hasLive(contact, database) else { return }
            // Another of its numbers may be called, or this one when its entry is taken off: nothing else keeps it waiting,
            // unless what is left is in no known range.
            try database.execute(
                sql: "UPDATE contacts SET due_at = iif(class = 'fresh', 0, 1) WHERE id = ? AND reason IS NOT ?",
                arguments: [contact, ContactNumbers.outOfRange])
        }
    }

    private func insertAttempt(
        _ request: IntentRequest, _ verdict: EligibilityVerdict, _ rules: EligibilityRules, at now: Instant,
        _ database: Database
    ) throws -> AttemptID {
        let reservation = request.reservation
        let clock = rules.clock(of: reservation.area)
        let packs = rules.packNames(of: reservation.area)
        let allowedBy = RuleText(
            verdict.findings.map { [$0.rule, $0.facts] }, number: reservation.number.e164)
        let ruleText = try RuleTexts.id(of: allowedBy.shared, database)
        let encoder = JSONEncoder()
        let pass = try Int.fetchOne(
            database,
            sql: """
                SELECT 1 + attempts_made FROM contacts WHERE id = ?
                """, arguments: [reservation.contact.value])
        try database.cachedStatement(
            sql: """
                INSERT INTO attempts (kind, campaign_id, contact_id, list_id, number_id, number, dialled, station, agent, pass,
                    area_id, zone, utc_offset, local_minute_of_week, rule_pack, rule_pack_version, allowed_by, rule_text_id, consent, account,
                    dial_with, phase, lines_before, intended_at, zone_data)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'intended', ?, ?, ?)
                """
        ).execute(arguments: [
            request.kind.rawValue, reservation.campaign.value, reservation.contact.value,
            reservation.list, reservation.numberID, reservation.number.digits, request.dialled, request.station,
            request.agent,
            pass,
            reservation.areaID, clock?.name, clock?.utcOffset(at: now), clock?.local(at: now).minuteOfWeek,
            packs.names, packs.versions, allowedBy.own, ruleText, allowedBy.consent,
            request.account, request.dialWith.rawValue,
            String(decoding: try encoder.encode(request.linesBefore), as: UTF8.self), now.milliseconds,
            rules.zoneDataVersion,
        ])
        return AttemptID(database.lastInsertedRowID)
    }
}
