import GRDB

/// Tells, row by row of a list, whose holder was erased: what such a row says is not stored again.
final class ErasedRows {
    /// What stands in place of the reason of a row that is no contact.
    static let reason = "The row names a number whose holder was erased; its text was not stored."
    /// Digits by which a number is known, however it is written: its last nine.
    private static let digits = 9
    private static let modulus: Int64 = 1_000_000_000

    private let database: Database
    /// Read with the first row, in the transaction of the rows.
    private var known: (numbers: Set<Int64>, ends: Set<Int64>)?

    init(_ database: Database) {
        self.database = database
    }

    /// Whether the holder of a number, as E.164 digits, was erased.
    func contains(_ number: Int64) throws -> Bool {
        let numbers = try all().numbers
        return !numbers.isEmpty && numbers.contains(number)
    }

    /// Whether the digits of a text, read without anything between them, hold an erased number.
    func names(_ text: String) throws -> Bool {
        let ends = try all().ends
        guard !ends.isEmpty else { return false }
        var window: Int64 = 0
        var count = 0
        for byte in text.utf8 where (0x30...0x39).contains(byte) {
            window = (window * 10 + Int64(byte - 0x30)) % Self.modulus
            count += 1
            if count >= Self.digits, ends.contains(window) { return true }
        }
        return false
    }

    private func all() throws -> (numbers: Set<Int64>, ends: Set<Int64>) {
        if let known { return known }
        let numbers = try Set(
            Int64.fetchAll(
                database,
                sql: """
                    SELECT s.number FROM suppression_sources q JOIN suppressions s ON s.source_id = q.id
                    WHERE q.state = 'current' AND q.campaign_id = 0 AND q.name IN ('', '\(ErasedNumbers.source)')
                        AND (s.note = '\(ErasedNumbers.source)' OR q.name = '\(ErasedNumbers.source)')
                    """))
        let made = (numbers: numbers, ends: Set(numbers.map { $0 % Self.modulus }))
        known = made
        return made
    }
}
