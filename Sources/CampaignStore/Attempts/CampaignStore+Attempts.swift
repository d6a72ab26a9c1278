import Campaigns
import Foundation
import GRDB
import PhoneNumbers

extension CampaignStore {
    /// The phone answered the dial command.
    public func noteCommanded(_ attempt: AttemptID, at now: Instant) throws {
        try write { database in
            try database.execute(
                sql: "UPDATE attempts SET commanded_at = ? WHERE id = ? AND commanded_at IS NULL",
                arguments: [now.milliseconds, attempt.value])
            try database.journal("attempt_commanded", at: now, JournalSubject(attempt: attempt.value))
        }
    }

    /// Our line was seen in use; it is stored at once, so that a restart can find the call.
    public func noteSeen(_ attempt: AttemptID, line: Int, at now: Instant) throws {
        try advance(attempt, .seenCalling, at: now, sets: "line = :line, seen_at = coalesce(seen_at, :now)", line: line)
    }

    /// Our line was seen connected.
    public func noteConnected(_ attempt: AttemptID, line: Int, at now: Instant) throws {
        try advance(
            attempt, .seenConnected, at: now,
            sets: "line = :line, seen_at = coalesce(seen_at, :now), connected_at = coalesce(connected_at, :now)",
            line: line)
    }

    private func advance(
        _ attempt: AttemptID, _ event: AttemptEvent, at now: Instant, sets: String, line: Int
    ) throws {
        try write { database in
            let next = try Self.next(attempt, event, database)
            try database.execute(
                sql: "UPDATE attempts SET phase = :phase, \(sets) WHERE id = :id",
                arguments: ["phase": next.rawValue, "now": now.milliseconds, "line": line, "id": attempt.value])
            try database.journal(
                "attempt_\(next.rawValue)", at: now, JournalSubject(attempt: attempt.value), detail: "line \(line)")
        }
    }

    /// The call is over and its agent has until an instant to say what came of it.
    public func beginWrapUp(_ attempt: AttemptID, _ ending: CallEnding, until: Instant, at now: Instant) throws {
        try write { database in
            let next = try Self.next(attempt, .beginWrapUp, database)
            try Self.store(ending, attempt, database)
            try database.execute(
                sql: "UPDATE attempts SET phase = ?, wrap_up_until = ? WHERE id = ?",
                arguments: [next.rawValue, until.milliseconds, attempt.value])
            try database.journal(
                "attempt_wrap_up", at: now, JournalSubject(attempt: attempt.value), detail: ending.outcome.rawValue)
        }
    }

    /// The agent takes longer to say what came of a call.
    public func extendWrapUp(_ attempt: AttemptID, until: Instant, at now: Instant) throws {
        try write { database in
            try database.execute(
                sql: "UPDATE attempts SET wrap_up_until = ? WHERE id = ? AND phase = 'wrap_up'",
                arguments: [until.milliseconds, attempt.value])
            try database.journal(
                "wrap_up_extended", at: now, JournalSubject(attempt: attempt.value), detail: "until \(until.iso8601)")
        }
    }

    static func next(_ attempt: AttemptID, _ event: AttemptEvent, _ database: Database) throws -> AttemptPhase {
        let text = try String.fetchOne(
            database, sql: "SELECT phase FROM attempts WHERE id = ?", arguments: [attempt.value])
        guard let phase = text.flatMap(AttemptPhase.init(rawValue:)) else {
            throw StoreError.notFound(what: "attempt", name: String(attempt.value), hint: "")
        }
        guard let next = AttemptLifeCycle.next(phase, event) else {
            throw StoreError.refused(
                "Attempt \(attempt.value) is “\(phase.rawValue)”; “\(event.rawValue)” is no step from there.")
        }
        return next
    }

    static func store(_ ending: CallEnding, _ attempt: AttemptID, _ database: Database) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        try database.execute(
            sql: """
                UPDATE attempts SET outcome = ?, ended_at = ?, ring_ms = ?, talk_ms = ?, gap_ms = ?, evidence = ? WHERE id = ?
                """,
            arguments: [
                ending.outcome.rawValue, ending.endedAt.milliseconds, ending.ring?.wholeMilliseconds,
                ending.talk?.wholeMilliseconds, ending.evidence.longestGapMilliseconds,
                String(decoding: try encoder.encode(ending.evidence), as: UTF8.self), attempt.value,
            ])
    }

    /// Every attempt that is not settled, in all campaigns, oldest first.
    public func openAttempts() throws -> [OpenAttempt] {
        try read { database in
            let backedUp = try BackupMark.last(database)?.lastAttempt ?? 0
            return try Row.fetchAll(
                database, sql: "SELECT * FROM attempts WHERE phase <> 'settled' ORDER BY id"
            ).compactMap { row in
                guard let number = PhoneNumber(digits: row["number"]), let phase = AttemptPhase(rawValue: row["phase"])
                else { return nil }
                return OpenAttempt(
                    id: AttemptID(row["id"]), campaign: (row["campaign_id"] as Int64?).map(CampaignID.init),
                    contact: (row["contact_id"] as Int64?).map(ContactID.init), number: number,
                    dialled: row["dialled"], station: row["station"], phase: phase,
                    linesBefore: (try? JSONDecoder().decode(
                        [LineWord].self, from: Data((row["lines_before"] as String).utf8))) ?? [],
                    line: row["line"], intendedAt: Instant(milliseconds: row["intended_at"]),
                    connectedAt: (row["connected_at"] as Int64?).map(Instant.init(milliseconds:)),
                    outcome: (row["outcome"] as String?).flatMap(Outcome.init(rawValue:)),
                    said: SaidDisposition(row),
                    isFromBackup: row["id"] <= backedUp)
            }
        }
    }

    /// Records a call that we did not place, seen on a line.
    ///
    /// - Returns: its row, for when it ends.
    public func noteObservedCall(
        station: String, line: Int, incoming: Bool, number: PhoneNumber?, at now: Instant
    ) throws -> Int64 {
        try write { database in
            try database.execute(
                sql: "INSERT INTO observed_calls (station, line, direction, number, started_at) VALUES (?, ?, ?, ?, ?)",
                arguments: [station, line, incoming ? "incoming" : "by_hand", number?.digits, now.milliseconds])
            return database.lastInsertedRowID
        }
    }

    /// The number of an observed call became known, or turned out to be another; nil where what the phone shows is none.
    public func noteObservedNumber(_ row: Int64, _ number: PhoneNumber?) throws {
        try write {
            try $0.execute(
                sql: "UPDATE observed_calls SET number = ? WHERE id = ?", arguments: [number?.digits, row])
        }
    }

    /// The observed call ended.
    public func noteObservedCallEnded(_ row: Int64, connectedAt: Instant?, at now: Instant) throws {
        try write {
            try $0.execute(
                sql: "UPDATE observed_calls SET ended_at = ?, connected_at = ? WHERE id = ?",
                arguments: [now.milliseconds, connectedAt?.milliseconds, row])
        }
    }
}

extension CampaignStore {
    /// The campaign of an attempt; nil for a manual call.
    public func campaignOfAttempt(_ attempt: AttemptID) throws -> CampaignID? {
        try read {
            try Int64.fetchOne($0, sql: "SELECT campaign_id FROM attempts WHERE id = ?", arguments: [attempt.value])
        }.map(CampaignID.init)
    }

    /// Which try of its contact an attempt is: 1 for the first; 0 where there is no such attempt.
    public func passOfAttempt(_ attempt: AttemptID) throws -> Int {
        try read {
            try Int.fetchOne($0, sql: "SELECT pass FROM attempts WHERE id = ?", arguments: [attempt.value]) ?? 0
        }
    }
}

extension CampaignStore {
    /// The extension behind a contact's number, by the number's row; nil where there is none.
    public func extensionToPress(ofNumber row: Int64) throws -> String? {
        try read {
            try String.fetchOne($0, sql: "SELECT extension FROM numbers WHERE id = ?", arguments: [row])
        }
    }

    /// The extension behind an attempt's number; nil where there is none, or the call was connected before: an extension is
    /// pressed once.
    public func extensionToPress(for attempt: AttemptID) throws -> String? {
        try read {
            try String.fetchOne(
                $0,
                sql: """
                    SELECT n.extension FROM attempts t JOIN numbers n ON n.id = t.number_id
                    WHERE t.id = ? AND t.connected_at IS NULL
                    """, arguments: [attempt.value])
        }
    }
}
