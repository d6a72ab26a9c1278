import Campaigns
import GRDB

/// Attempts as the journal alone tells them, event by event.
struct JournalReplay {
    /// What the events say of one attempt.
    struct Attempt: Hashable {
        var campaign: Int64?
        var contact: Int64?
        var number: Int64?
        var station: String?
        var phase = AttemptPhase.intended
        var outcome: String?
        var disposition: String?
    }

    private(set) var attempts: [Int64: Attempt] = [:]
    /// Events that cannot follow those before, as sentences.
    private(set) var problems: [String] = []

    /// Takes the next event in.
    mutating func take(_ row: Row) {
        let event: String = row["event"]
        if event == RemovedAttempts.event {
            for range in RemovedAttempts.ranges(row["detail"] ?? "") { for id in range { attempts[id] = nil } }
            return
        }
        guard event.hasPrefix("attempt_"), let id = row["attempt_id"] as Int64? else { return }
        let seq: Int64 = row["seq"]
        switch event {
        case "attempt_intended":
            if attempts[id] != nil { problems.append("Event \(seq) intends attempt \(id) a second time.") }
            attempts[id] = Attempt(
                campaign: row["campaign_id"], contact: row["contact_id"], number: row["number"],
                station: row["station"])
        case "attempt_calling": step(id, .seenCalling, seq)
        case "attempt_connected": step(id, .seenConnected, seq)
        case "attempt_wrap_up":
            step(id, .beginWrapUp, seq)
            attempts[id]?.outcome = row["detail"]
        case "attempt_settled":
            step(id, .settle, seq)
            let words = ((row["detail"] as String?) ?? "").split(separator: ", ", maxSplits: 1).map(String.init)
            attempts[id]?.outcome = words.first
            attempts[id]?.disposition = words.count > 1 ? words[1] : nil
        // What is said of an open call stands in its row from then on, and gives way to what it is settled with.
        case "attempt_said", "attempt_disposed_anew": attempts[id]?.disposition = row["detail"]
        case "attempt_erased": attempts[id] = nil
        default: break
        }
    }

    private mutating func step(_ id: Int64, _ event: AttemptEvent, _ seq: Int64) {
        guard let phase = attempts[id]?.phase else {
            return problems.append("Event \(seq) speaks of attempt \(id), which was never intended.")
        }
        guard let next = AttemptLifeCycle.next(phase, event) else {
            return problems.append("Event \(seq) is no step of attempt \(id), which is \(phase.rawValue) by then.")
        }
        attempts[id]?.phase = next
    }
}

extension CampaignStore {
    /// Rebuilds every attempt's outcome from the journal alone and holds it against the attempts as stored.
    ///
    /// - Returns: how many attempts were rebuilt, and each difference as a sentence.
    public func replayJournal() throws -> (attempts: Int, differences: [String]) {
        try read { database in
            var replay = JournalReplay()
            let events = try Row.fetchCursor(
                database,
                sql: """
                    SELECT seq, event, campaign_id, contact_id, attempt_id, number, station, detail FROM journal
                    WHERE attempt_id IS NOT NULL OR event = '\(RemovedAttempts.event)' ORDER BY seq
                    """)
            while let row = try events.next() { replay.take(row) }
            var rebuilt = replay.attempts
            var differences = replay.problems
            let stored = try Row.fetchCursor(database, sql: "SELECT * FROM attempts ORDER BY id")
            while let row = try stored.next() {
                let id: Int64 = row["id"]
                guard let told = rebuilt.removeValue(forKey: id) else {
                    differences.append("Attempt \(id) is stored, but the journal does not know it.")
                    continue
                }
                differences += Self.differences(id, told, row)
            }
            differences += rebuilt.keys.sorted().map { "The journal tells of attempt \($0), which is not stored." }
            return (replay.attempts.count, differences)
        }
    }

    private static func differences(_ id: Int64, _ told: JournalReplay.Attempt, _ row: Row) -> [String] {
        let pairs: [(String, String?, String?)] = [
            ("campaign", told.campaign.map(String.init), (row["campaign_id"] as Int64?).map(String.init)),
            ("contact", told.contact.map(String.init), (row["contact_id"] as Int64?).map(String.init)),
            ("number", told.number.map(String.init), (row["number"] as Int64?).map(String.init)),
            ("station", told.station, row["station"]), ("phase", told.phase.rawValue, row["phase"]),
            ("outcome", told.outcome, row["outcome"]), ("disposition", told.disposition, row["disposition"]),
        ]
        return pairs.filter { $0.1 != $0.2 }.map { name, journal, stored in
            "Attempt \(id): its \(name) is \(stored ?? "not set"), by the journal \(journal ?? "not set")."
        }
    }
}
