import GRDB

/// The contacts that calls matter to: those that were called, and all that share one of their numbers.
struct CallReach {
    private struct Call: Hashable {
        /// 0 where it was of no contact.
        var contact: Int64
        var number: Int64
    }

    /// The numbers of a contact.
    private let numbers: BulkStatement
    /// The contacts that have a number.
    private let holders: BulkStatement

    init(_ database: Database) throws {
        numbers = try BulkStatement(database, InventorySQL.numbers)
        holders = try BulkStatement(database, InventorySQL.holders)
    }

    /// How many of some calls (number, contact) reach each contact; may count one too often, never too seldom.
    func contacts(_ calls: BulkStatement) throws -> [Int64: Int] {
        var times: [Call: Int] = [:]
        try calls.forEach { row in times[Call(contact: row[1], number: row[0]), default: 0] += 1 }
        var reached: [Int64: Int] = [:]
        // In the order of contacts, which stand beside each other in the file with their numbers.
        for (call, times) in times.sorted(by: { ($0.key.contact, $0.key.number) < ($1.key.contact, $1.key.number) }) {
            // A call may have gone to a number that its contact does not have, or no more.
            var isElsewhere = true
            numbers.bind(call.contact, at: 1)
            try numbers.forEach { row in
                if row[0] == call.number { isElsewhere = false }
                try add(times, of: row[0], to: &reached)
            }
            if isElsewhere { try add(times, of: call.number, to: &reached) }
        }
        return reached
    }

    private func add(_ times: Int, of number: Int64, to reached: inout [Int64: Int]) throws {
        holders.bind(number, at: 1)
        try holders.forEach { reached[$0[0], default: 0] += times }
    }
}
