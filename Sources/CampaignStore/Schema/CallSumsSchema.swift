/// The sums of calls that reports go by, as they are now.
///
/// All that they hold is derived from the attempts, so that a migration that changes them takes whatever former one there is
/// away and adds up anew.
enum CallSumsSchema {
    static let sql = """
        \(CallRollup.all.map { "DROP TABLE IF EXISTS \($0.table);" }.joined(separator: "\n"))

        -- Sums of settled attempts by when they were intended: span 0 in quarter hours, span 1 in UTC days, slot counted
        -- from 1970. Kept in the transaction that settles, changes or erases an attempt; `offhook check` adds up anew.
        -- 0, '' and -1 stand for what an attempt does not have. NAME, NAME_ring_ms, NAME_talk_ms: attempts of an outcome
        -- and their times; said_NAME: attempts of a class of disposition; persons: attempts that spoke to somebody.
        \(CallRollup.lists.definition)

        \(CallRollup.agents.definition)

        -- local_hour: of the contact's week, 0 for Monday 00:00 to 01:00.
        \(CallRollup.hours.definition)

        -- What tells much apart has many rows, and so few columns.
        \(CallRollup.passes.definition)

        \(CallRollup.areas.definition)

        \(CallRollup.agentHours.definition)

        -- For questions about one list: its rows stand together.
        \(CallRollup.listAgents.definition)

        \(CallRollup.listHours.definition)

        -- What agents said, by code.
        \(CallRollup.dispositions.definition)

        \(CallRollup.listDispositions.definition)

        -- Under which rules calls were placed.
        \(CallRollup.packs.definition)
        """
}
