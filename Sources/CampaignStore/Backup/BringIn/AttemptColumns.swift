import Campaigns
import GRDB
import PhoneNumbers
import RetryPolicy

/// Attempts that are stored after the fact, column by column.
enum AttemptColumns {
    /// The columns of a call of which little is known.
    static func made(
        number: PhoneNumber, station: String, intendedAt: Int64, note: Evidence.Note?
    ) throws -> [String: DatabaseValue] {
        [
            "kind": AttemptKind.manual.rawValue.databaseValue, "number": number.digits.databaseValue,
            "dialled": String(number.digits).databaseValue, "station": station.databaseValue,
            "pass": 1.databaseValue, "rule_pack": "".databaseValue, "rule_pack_version": "".databaseValue,
            "allowed_by": "[]".databaseValue, "account": 0.databaseValue,
            "dial_with": DialMethod.makeCall.rawValue.databaseValue, "lines_before": "[]".databaseValue,
            "intended_at": intendedAt.databaseValue,
            "evidence": try note.map(CallBringing.evidence).databaseValue,
        ]
    }

    /// Stores a settled attempt.
    ///
    /// - Returns: its number.
    static func insert(
        _ columns: [String: DatabaseValue], _ ending: CallBringing.Ending, _ database: Database
    ) throws -> Int64 {
        let columns = columns.merging(settled(ending)) { $1 }
        let names = columns.keys.sorted()
        try database.execute(
            sql: """
                INSERT INTO attempts (\(names.joined(separator: ", ")))
                VALUES (\(names.map { ":\($0)" }.joined(separator: ", ")))
                """, arguments: StatementArguments(columns))
        return database.lastInsertedRowID
    }

    /// What an attempt's row says once the attempt is settled.
    static func settled(_ ending: CallBringing.Ending) -> [String: DatabaseValue] {
        [
            "phase": AttemptPhase.settled.rawValue.databaseValue,
            "settled_at": ending.settledAt.databaseValue,
            "outcome": ending.outcome.rawValue.databaseValue,
            "disposition": (ending.disposition?.code).databaseValue,
            "disposition_class": (ending.disposition?.dispositionClass.rawValue).databaseValue,
            "ending": RetryPolicy.ending(outcome: ending.outcome, disposition: ending.disposition?.dispositionClass)
                .databaseValue,
        ]
    }
}
