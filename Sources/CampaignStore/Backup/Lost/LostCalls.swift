import Campaigns
import GRDB
import PhoneNumbers

/// What a lost database tells of the time since a back-up.
struct LostCalls {
    /// A do-not-call entry as the journal has it.
    struct Suppressed {
        var number: PhoneNumber
        /// Of the lost database; nil for everywhere.
        var campaign: Int64?
        var source: String
        var at: Int64
    }

    /// Attempts in the order of their numbers.
    var attempts: [LostAttempt] = []
    /// Attempts that were read in the journal alone.
    var fromJournal = 0
    /// Numbers of attempts of which nothing can be read.
    var unread: [Int64] = []
    /// Events that cannot be read.
    var unreadEvents = 0
    /// Numbers that the journal says were put on the do-not-call list.
    var suppressed: [Suppressed] = []
    /// What is said of imports whose people asked not to be called.
    var importsWithWishes: [String] = []
    /// Contacts that the journal says were erased.
    var erasedContacts: [Int64] = []
    /// When the newest event was written.
    var lastEventAt: Instant?
    /// Nothing says how far the calls go.
    var endIsUnknown = false

    /// A file that gives out more numbers than this since a back-up is not believed.
    private static let most: Int64 = 20_000_000

    /// Reads the attempts since a back-up, and those that were open in it.
    ///
    /// - Parameter open: attempts that are open in the back-up.
    init(_ lost: LostDatabase, since mark: BackupMark, open: Set<Int64>) {
        var told: [Int64: LostAttempt] = [:]
        var named: Int64 = 0
        let lastEvent = lost.highest(in: "journal", by: "seq")
        if let lastEvent, lastEvent > mark.lastEvent, lastEvent - mark.lastEvent < Self.most {
            unreadEvents =
                lost.rows(of: "journal", by: "seq", (mark.lastEvent + 1)...lastEvent) { row in
                    if let at = row.integer("at") { lastEventAt = Instant(milliseconds: at) }
                    guard let event = row.text("event") else { return }
                    note(event, row)
                    guard event.hasPrefix("attempt_"), let id = row.integer("attempt_id") else { return }
                    named = max(named, id)
                    switch event {
                    case "attempt_intended": told[id] = LostAttempt(intent: row)
                    case "attempt_erased": told[id] = nil
                    default: told[id]?.take(event, row)
                    }
                }.count
        }
        let stored = lost.highest(in: "attempts")
        let last = max(stored ?? 0, named)
        // Nothing tells how far the calls go where neither the attempts nor the journal say their last number.
        guard stored != nil || lastEvent != nil, last - mark.lastAttempt < Self.most else {
            endIsUnknown = true
            return
        }
        var read: [Int64: LostAttempt] = [:]
        var failed: Set<Int64> = []
        var ranges = open.sorted().map { $0...$0 }
        if last > mark.lastAttempt { ranges.append((mark.lastAttempt + 1)...last) }
        for range in ranges {
            let unreadable = lost.rows(of: "attempts", range) { row in
                guard let id = row.integer("id") else { return }
                if let attempt = LostAttempt(row) { read[id] = attempt } else { failed.insert(id) }
            }
            failed.formUnion(unreadable)
        }
        for (id, attempt) in told where id > mark.lastAttempt && read[id] == nil {
            read[id] = attempt
            fromJournal += 1
        }
        // One that was open in the back-up is known there, whatever came of it; it is settled as after a crash.
        unread = failed.filter { read[$0] == nil && $0 > mark.lastAttempt }.sorted()
        attempts = read.values.sorted { $0.id < $1.id }
    }

    private mutating func note(_ event: String, _ row: LooseRow) {
        if event == "contact_erased", let contact = row.integer("contact_id") { erasedContacts.append(contact) }
        if event == "list_imported", let detail = row.text("detail"), detail.contains(", do not call ") {
            importsWithWishes.append(detail)
        }
        guard event == "suppression_added", let at = row.integer("at"),
            let number = row.integer("number").flatMap(PhoneNumber.init(digits:))
        else { return }
        suppressed.append(
            Suppressed(
                number: number, campaign: row.integer("campaign_id"), source: row.text("detail") ?? "agent", at: at))
    }
}
