import CallingRules
import Campaigns
import Eligibility
import Foundation
import GRDB
import PhoneNumbers
import RetryPolicy

/// Enters calls that were placed since a back-up into the restored database, inside one transaction: attempts with what they mean
/// for their contacts, for caps and for reports, and the events that the journal would have had.
struct CallBringing {
    let database: Database
    /// The rules of a campaign, by its id here.
    let rules: [CampaignID: EligibilityRules]
    let now: Instant

    /// What is known of how an attempt ended.
    struct Ending {
        var outcome: Outcome
        var disposition: Disposition?
        var callback: CallbackTime?
        var note: String?
        /// When it was settled where it was placed.
        var settledAt: Int64
    }

    /// The attempt to a number at a station that was intended at an instant: the same call, in whatever copy of the database.
    func known(station: String, number: PhoneNumber, intendedAt: Int64) throws -> (id: Int64, isOpen: Bool)? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: "SELECT id, phase FROM attempts WHERE number = ? AND intended_at = ? AND station = ?"),
            arguments: [number.digits, intendedAt, station]
        ).map { ($0["id"], $0["phase"] != AttemptPhase.settled.rawValue) }
    }

    /// Follows up an attempt that is settled in its row: sums, callbacks, its contact, and the journal.
    func finish(_ id: Int64, _ ending: Ending) throws {
        guard let row = try Row.fetchOne(database, sql: "SELECT * FROM attempts WHERE id = ?", arguments: [id]) else {
            return
        }
        try CallRollups.add(id, database)
        if ending.outcome.countsForCaps {
            try AgreedCallbacks.called(
                contact: row["contact_id"], attempt: id, at: row["intended_at"], database)
        }
        if let contact = row["contact_id"] as Int64? {
            if try enterAttempt(contact, at: ending.settledAt) {
                let campaign = (row["campaign_id"] as Int64?).map(CampaignID.init)
                guard let rules = campaign.flatMap({ rules[$0] }) else {
                    throw StoreError.refused("The rules of campaign \(campaign?.value ?? 0) are not at hand.")
                }
                _ = try CampaignStore.followUp(
                    row, ending.outcome, ending.disposition, ending.callback, rules: rules,
                    at: Instant(milliseconds: ending.settledAt), database)
                // What ended since, or begins later, is seen as of now.
                try ContactNumbers.refresh(
                    contact: contact, database, at: now.milliseconds,
                    keep: try Int64.fetchOne(
                        database, sql: "SELECT next_number_id FROM contacts WHERE id = ?", arguments: [contact]))
            } else {
                try database.execute(
                    sql: "UPDATE attempts SET follow_up = 'The contact is on the do-not-call list.' WHERE id = ?",
                    arguments: [id])
            }
        }
        try database.journal(
            "attempt_settled", at: now,
            JournalSubject(
                campaign: row["campaign_id"], contact: row["contact_id"], attempt: id, number: row["number"],
                station: row["station"], agent: row["agent"]),
            detail: ending.disposition.map { "\(ending.outcome.rawValue), \($0.code)" } ?? ending.outcome.rawValue)
    }

    /// Writes down in the journal that an attempt was intended, as its own transaction did where it was placed.
    func journalIntent(_ id: Int64) throws {
        let row = try Row.fetchOne(database, sql: "SELECT * FROM attempts WHERE id = ?", arguments: [id])
        guard let row else { return }
        try database.journal(
            "attempt_intended", at: now,
            JournalSubject(
                campaign: row["campaign_id"], contact: row["contact_id"], attempt: id, number: row["number"],
                station: row["station"], agent: row["agent"]))
    }

    /// Takes a contact into the attempt that it had where it was called, from whatever state it has here.
    ///
    /// - Returns: false where it is on the do-not-call list, and stays there.
    private func enterAttempt(_ contact: Int64, at instant: Int64) throws -> Bool {
        let text = try String.fetchOne(database, sql: "SELECT state FROM contacts WHERE id = ?", arguments: [contact])
        guard let state = text.flatMap(ContactState.init(rawValue:)) else { return false }
        switch state {
        case .inAttempt: return true
        case .suppressed: return false
        case .done, .exhausted: try ContactStates.apply(.reconsider, to: contact, at: instant, database)
        case .ready, .waitingRetry, .callback:
            try ContactStates.apply(.reserve, to: contact, at: instant, database)
            try ContactStates.apply(.recordIntent, to: contact, at: instant, database)
        case .reserved: try ContactStates.apply(.recordIntent, to: contact, at: instant, database)
        }
        return true
    }

    /// Settles an attempt that was open in the back-up.
    ///
    /// What its agent had said of it by then was confirmed to them, and counts unless something was said of it later.
    /// - Parameter ended: columns of how it ended, by their names.
    func settleOpen(_ id: Int64, _ ending: Ending, ended: [String: DatabaseValue]) throws {
        _ = try CampaignStore.next(AttemptID(id), .settle, database)
        var ending = ending
        let row = try Row.fetchOne(database, sql: "SELECT * FROM attempts WHERE id = ?", arguments: [id])
        if let kept = row.flatMap({ SaidDisposition($0) }) {
            if ending.disposition.map({ $0.dispositionClass == .noneGiven }) ?? true {
                (ending.disposition, ending.callback) = (kept.disposition, kept.callback)
            } else if ending.disposition?.code == kept.disposition.code {
                ending.callback = ending.callback ?? kept.callback
            }
        }
        var columns = ended.merging(AttemptColumns.settled(ending)) { $1 }
        columns["said_callback"] = .null
        if let note = ending.note { columns["note"] = note.databaseValue }
        let sets = columns.keys.sorted().map { "\($0) = :\($0)" }.joined(separator: ", ")
        columns["id"] = id.databaseValue
        try database.execute(
            sql: "UPDATE attempts SET \(sets) WHERE id = :id", arguments: StatementArguments(columns))
        try finish(id, ending)
    }

    /// Settles the attempts that were open in the back-up and of which nothing more is known.
    func settleOthers() throws -> Int {
        let open = try Row.fetchAll(database, sql: "SELECT id, phase, outcome FROM attempts WHERE phase <> 'settled'")
        for row in open {
            // A wrap-up has its outcome; what was said of it, if anything, stands in its row.
            let told = (row["outcome"] as String?).flatMap(Outcome.init(rawValue:))
            let ending = Ending(
                outcome: told ?? .unknown, disposition: told == nil ? nil : Self.nothingSaid,
                settledAt: now.milliseconds)
            let ended: [String: DatabaseValue] =
                told == nil
                ? [
                    "ended_at": now.milliseconds.databaseValue,
                    "evidence": try Self.evidence(.openAtRestore).databaseValue,
                ] : [:]
            try settleOpen(row["id"], ending, ended: ended)
        }
        return open.count
    }

    /// What stands where nobody said anything.
    static let nothingSaid = Disposition(
        code: LostAttempt.noneGiven, label: "None given", dispositionClass: .noneGiven)

    static func evidence(_ note: Evidence.Note) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(Evidence(notes: [note])), as: UTF8.self)
    }
}
