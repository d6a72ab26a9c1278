import Campaigns
import Eligibility
import GRDB
import PhoneNumbers
import RetryPolicy

/// Enters what a lost database tells of the time since a back-up into the restored one.
struct LostCallBringing {
    let lost: LostDatabase
    let mark: BackupMark
    let calls: CallBringing
    var brought = BroughtIn()
    /// Numbers whose holders asked to be erased since.
    var erased: [PhoneNumber] = []
    /// Contacts that the journal says were erased since.
    private(set) var erasedContacts: [Int64] = []
    /// Do-not-call entries that the journal tells of.
    var suppressed: [LostCalls.Suppressed] = []
    /// What the journal says of imports whose people asked not to be called.
    var importsWithWishes: [String] = []
    /// Every event since the back-up was read.
    var isJournalWhole = false
    /// Campaigns here by their ids there.
    let campaigns: [Int64: Int64]

    private var database: Database { calls.database }

    init(lost: LostDatabase, mark: BackupMark, calls: CallBringing) throws {
        (self.lost, self.mark, self.calls) = (lost, mark, calls)
        let here = Dictionary(
            uniqueKeysWithValues: try Row.fetchAll(calls.database, sql: "SELECT id, name FROM campaigns").map {
                ($0["name"] as String, $0["id"] as Int64)
            })
        var campaigns: [Int64: Int64] = [:]
        let last = lost.highest(in: "campaigns") ?? 0
        if (1..<1_000_000).contains(last) {
            _ = lost.rows(of: "campaigns", 1...last) { row in
                if let id = row.integer("id"), let name = row.text("name") { campaigns[id] = here[name] }
            }
        }
        // What cannot be read there is the same here: campaigns keep their ids.
        for id in here.values where campaigns[id] == nil && !campaigns.values.contains(id) { campaigns[id] = id }
        self.campaigns = campaigns
    }

    /// The attempts since the back-up, in their order, and the ends of those that were open in it.
    mutating func bringAttempts() throws {
        let open = Set(try Int64.fetchAll(database, sql: "SELECT id FROM attempts WHERE phase <> 'settled'"))
        let told = LostCalls(lost, since: mark, open: open)
        brought.lastEventAt = told.lastEventAt
        brought.unread = told.unread.count
        noteGaps(told)
        for attempt in told.attempts { try bring(attempt, isFromJournal: attempt.row == nil) }
        brought.settled += try calls.settleOthers()
        suppressed = told.suppressed
        importsWithWishes = told.importsWithWishes
        erasedContacts = told.erasedContacts
        isJournalWhole = told.unreadEvents == 0 && !told.endIsUnknown
    }

    private mutating func noteGaps(_ told: LostCalls) {
        if told.endIsUnknown {
            brought.gaps.append("Nothing in \(lost.path) tells how far its calls go.")
        }
        if !told.unread.isEmpty {
            brought.gaps.append(
                "\(told.unread.count) attempts in \(lost.path) cannot be read, and its journal does not tell of them.")
        }
        if lost.logBreaksOff {
            brought.gaps.append("The log \(lost.path)-wal is damaged before its end: the newest calls are lost.")
        }
        if told.unreadEvents > 0, told.unread.isEmpty {
            brought.notes.append("\(told.unreadEvents) events of its journal cannot be read; the attempts can.")
        }
    }

    private mutating func bring(_ attempt: LostAttempt, isFromJournal: Bool) throws {
        let known = try calls.known(
            station: attempt.station, number: attempt.number, intendedAt: attempt.intendedAt)
        let campaign = attempt.campaign.flatMap { campaigns[$0] }
        let ending = try ending(of: attempt, campaign: campaign)
        if let known {
            guard known.isOpen else {
                brought.known += 1
                return
            }
            try calls.settleOpen(known.id, ending, ended: try endedColumns(of: attempt))
            brought.settled += 1
            return
        }
        let holder = try campaign.flatMap { try self.holder(of: attempt, campaign: $0) }
        let id = try insert(attempt, ending, campaign: campaign, holder: holder)
        try calls.journalIntent(id)
        try calls.finish(id, ending)
        brought.attempts += 1
        if isFromJournal { brought.fromJournal += 1 }
    }

    /// How an attempt ended there; one that was open is unknown, as after a crash.
    private func ending(of attempt: LostAttempt, campaign: Int64?) throws -> CallBringing.Ending {
        var outcome = attempt.outcome ?? .unknown
        // The journal may not have told that it was connected.
        if outcome.isConversation, attempt.connectedAt == nil { outcome = .unknown }
        var disposition: Disposition?
        if let code = attempt.disposition {
            let rules = campaign.flatMap { calls.rules[CampaignID($0)] }
            let dispositionClass =
                attempt.dispositionClass
                ?? rules?.campaign.dispositions.first { $0.code == code }?.dispositionClass
                ?? (code == LostAttempt.noneGiven ? DispositionClass.noneGiven : .other)
            disposition = Disposition(code: code, label: code, dispositionClass: dispositionClass)
        }
        let settledAt = attempt.settledAt ?? calls.now.milliseconds
        return CallBringing.Ending(
            outcome: outcome, disposition: disposition, callback: callback(of: attempt, settledAt: settledAt),
            note: attempt.row?.text("note"), settledAt: settledAt)
    }

    /// The time that was agreed in a call: agreed when it was settled, or said before.
    private func callback(of attempt: LostAttempt, settledAt: Int64) -> CallbackTime? {
        guard attempt.dispositionClass == .callbackAgent || attempt.dispositionClass == .callbackAny,
            let contact = attempt.contact
        else { return nil }
        if let said = attempt.row?.text("said_callback") { return CallbackTime(said) }
        let due = lost.ask {
            try Row.fetchOne(
                $0, sql: "SELECT due_at FROM agreed_callbacks WHERE contact_id = ? AND agreed_at = ?",
                arguments: [contact, settledAt])
        }.flatMap { LooseRow($0).integer("due_at") }
        return due.map { .at(Instant(milliseconds: $0)) }
    }

    private func endedColumns(of attempt: LostAttempt) throws -> [String: DatabaseValue] {
        guard let row = attempt.row, attempt.outcome != nil else {
            return [
                "ended_at": (attempt.endedAt ?? calls.now.milliseconds).databaseValue,
                "connected_at": attempt.connectedAt.databaseValue,
                "evidence": try CallBringing.evidence(.openAtRestore).databaseValue,
            ]
        }
        let columns = [
            "commanded_at", "seen_at", "connected_at", "ended_at", "ring_ms", "talk_ms", "gap_ms", "evidence", "line",
        ]
        return Dictionary(uniqueKeysWithValues: columns.map { ($0, row.value($0)) })
    }
}
