import Campaigns
import GRDB

/// Adds wrong sums up anew beside the dialer: each quarter hour, and each day, in a short transaction of its own.
///
/// What is wrong is sought without the write lock; what is written is added up in the transaction that writes it, so a call that is
/// settled meanwhile counts once.
struct SumRepair {
    let store: CampaignStore
    let turns: LockTurns

    init(_ store: CampaignStore) {
        self.store = store
        turns = LockTurns(database: store.path)
    }

    /// - Returns: how many quarter hours and days of sums, and contacts, were fixed.
    func run() throws -> Int {
        var fixed = 0
        for rollup in CallRollup.all {
            for span in RollupSpan.allCases {
                var slots = try store.read { try Int64.fetchAll($0, sql: rollup.wrongSlots(of: span)) }[...]
                fixed += slots.count
                try turns.inPieces { _ in
                    guard let slot = slots.popFirst() else { return 0 }
                    try store.write { database in
                        try database.execute(sql: rollup.deletion(of: span, slot))
                        try database.execute(sql: rollup.addition(of: span, slot))
                    }
                    // A slot may hold thousands of calls: one at a time, with a rest after each.
                    return 1
                }
            }
        }
        var contacts = try store.read { try Int64.fetchAll($0, sql: AttemptsMade.wrongContacts) }[...]
        fixed += contacts.count
        try turns.inPieces { rows in
            let piece = contacts.prefix(rows)
            contacts = contacts.dropFirst(piece.count)
            guard !piece.isEmpty else { return 0 }
            try store.write { database in
                for contact in piece {
                    try database.cachedStatement(sql: AttemptsMade.correction).execute(arguments: [contact])
                }
            }
            return piece.count
        }
        return fixed
    }
}
