import Campaigns
import Foundation
import GRDB

/// Attempts of a filter, read a piece at a time in the order of their intents.
///
/// No transaction is open between two pieces, so whoever takes them may take hours: an open one would keep SQLite from emptying
/// its log, which then grows with every call. Which attempts belong is settled at the start; each row is right as of when its
/// piece was read, none comes twice, and none is missing that was there throughout.
public struct AttemptPieces: Sendable {
    private enum Rest: Sendable {
        /// Every attempt after one number, through another.
        case all(after: Int64, through: Int64)
        /// These, from a place on. Eight bytes an attempt.
        case chosen([Int64], from: Int)
    }

    private let store: CampaignStore
    private let piece: Int
    private var rest: Rest

    fileprivate init(_ store: CampaignStore, _ filter: AttemptFilter, piece: Int) throws {
        self.store = store
        self.piece = max(1, piece)
        let (conditions, arguments) = filter.conditions()
        rest = try store.read { database in
            guard !conditions.isEmpty else {
                return .all(after: 0, through: try Int64.fetchOne(database, sql: "SELECT max(id) FROM attempts") ?? 0)
            }
            // A piece by number and filter would be sorted anew each time: the numbers are read once, from an index mostly.
            let chosen = try Int64.fetchAll(
                database,
                sql: "SELECT t.id FROM attempts t WHERE \(conditions.joined(separator: " AND ")) ORDER BY t.id",
                arguments: arguments)
            return .chosen(chosen, from: 0)
        }
    }

    /// The next attempts; nil at the end, never empty.
    public mutating func next() throws -> [AttemptRow]? {
        while true {
            switch rest {
            case .all(let after, let through):
                let piece = piece
                let rows = try store.read { database in
                    try Row.fetchAll(
                        database.cachedStatement(
                            sql: "\(AttemptRow.select) WHERE t.id > ? AND t.id <= ? ORDER BY t.id LIMIT ?"),
                        arguments: [after, through, piece]
                    ).map(AttemptRow.init)
                }
                guard let last = rows.last else { return nil }
                rest = .all(after: last.attempt, through: through)
                return rows
            case .chosen(let ids, let start):
                guard start < ids.count else { return nil }
                let end = min(ids.count, start + piece)
                let wanted = "[" + ids[start..<end].map(String.init).joined(separator: ",") + "]"
                rest = .chosen(ids, from: end)
                let rows = try store.read { database in
                    try Row.fetchAll(
                        database.cachedStatement(
                            sql: AttemptRow.select(from: "json_each(?) k CROSS JOIN attempts t ON t.id = k.value")
                                + " ORDER BY t.id"), arguments: [wanted]
                    ).map(AttemptRow.init)
                }
                // All of a piece may be past their retention by now.
                if !rows.isEmpty { return rows }
            }
        }
    }
}

extension CampaignStore {
    /// The attempts of a filter, to be read a piece at a time.
    ///
    /// - Parameter piece: attempts that are read at once, 1 or more.
    public func attemptPieces(_ filter: AttemptFilter, piece: Int = 1000) throws -> AttemptPieces {
        try AttemptPieces(self, filter, piece: piece)
    }
}
