import CallingRules
import Campaigns
import Eligibility
import GRDB
import PhoneNumbers

/// A number that was called since a back-up, as a phone's call list or a carrier's bill has it.
public struct CalledNumber: Sendable, Hashable {
    public var number: PhoneNumber
    /// When; nil where the list does not say.
    public var at: Instant?

    /// A called number.
    public init(number: PhoneNumber, at: Instant?) {
        self.number = number
        self.at = at
    }
}

extension CampaignStore {
    /// The station of calls that a list of numbers told of.
    public static let restoredStation = "restored"
    /// How far a list's clock may be from ours for two times to be one call's.
    static let listTolerance: Duration = .seconds(120)

    /// Brings in the calls of a list: each counts as one whose end is unknown, so that nobody is called again at once. Done
    /// again, it changes nothing.
    ///
    /// A call without a time counts as placed now, since it may have been: the review delay begins now.
    /// - Parameter rules: of every campaign.
    /// - Throws: `StoreError.refused` where this database was never restored.
    public func bringIn(
        _ called: [CalledNumber], rules: [CampaignID: EligibilityRules], at now: Instant
    ) throws -> BroughtIn {
        try write { database in
            let mark = try Self.restored(database)
            var bringing = ListedCallBringing(
                mark: mark, calls: CallBringing(database: database, rules: rules, now: now))
            // What rang when the back-up was made is over, and may be among the list's calls.
            bringing.brought.settled = try bringing.calls.settleOthers()
            let timed = called.filter { $0.at != nil }.sorted { ($0.at ?? now) < ($1.at ?? now) }
            for call in timed { try bringing.bring(call.number, at: call.at) }
            var seen = Set(timed.map(\.number))
            for call in called where seen.insert(call.number).inserted { try bringing.bring(call.number, at: nil) }
            try database.journal("calls_brought_in", at: now, JournalSubject(), detail: bringing.brought.summary)
            return bringing.brought
        }
    }
}

/// Enters calls that only a list tells of.
struct ListedCallBringing {
    let mark: BackupMark
    let calls: CallBringing
    var brought = BroughtIn()
    /// Attempts that calls of the list turned out to be.
    private var matched: Set<Int64> = []

    init(mark: BackupMark, calls: CallBringing) {
        self.mark = mark
        self.calls = calls
    }

    private var database: Database { calls.database }

    mutating func bring(_ number: PhoneNumber, at instant: Instant?) throws {
        let tolerance = CampaignStore.listTolerance
        if let instant, instant < mark.backedUpAt - tolerance {
            brought.older += 1
            return
        }
        if let known = try known(number, at: instant) {
            matched.formUnion(known)
            brought.known += 1
            return
        }
        let holders = try Row.fetchAll(
            database,
            sql: """
                SELECT c.id, c.campaign_id, c.list_id, n.id AS number_id, n.area_id FROM numbers n
                JOIN contacts c ON c.id = n.contact_id
                WHERE n.number = ? AND c.state NOT IN ('done', 'exhausted', 'suppressed') ORDER BY c.id
                """, arguments: [number.digits])
        let placed = instant ?? calls.now
        // Which campaign it was placed for, nobody knows: no contact with the number is called again at once.
        for holder in holders { try add(number, holder, at: placed) }
        if holders.isEmpty {
            try add(number, nil, at: placed)
            brought.withoutContact += 1
        }
        brought.attempts += 1
    }

    /// The attempts that are this call: those of one instant near its time, or, without a time, any since the back-up.
    private func known(_ number: PhoneNumber, at instant: Instant?) throws -> [Int64]? {
        let tolerance = CampaignStore.listTolerance.wholeMilliseconds
        let near = instant?.milliseconds
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT id, intended_at FROM attempts WHERE number = ? AND intended_at BETWEEN ? AND ?
                AND outcome NOT IN ('phone_refused', 'not_sent')
                """,
            arguments: [
                number.digits, near.map { $0 - tolerance } ?? mark.backedUpAt.milliseconds,
                near.map { $0 + tolerance } ?? Int64.max,
            ]
        ).filter { !matched.contains($0["id"]) }
        let nearest = rows.min {
            abs(($0["intended_at"] as Int64) - (near ?? 0)) < abs(($1["intended_at"] as Int64) - (near ?? 0))
        }
        guard let at = nearest?["intended_at"] as Int64? else { return nil }
        return rows.filter { $0["intended_at"] == at }.map { $0["id"] }
    }

    private func add(_ number: PhoneNumber, _ holder: Row?, at placed: Instant) throws {
        var columns = try AttemptColumns.made(
            number: number, station: CampaignStore.restoredStation, intendedAt: placed.milliseconds, note: .toldByList)
        if let holder {
            let campaign: Int64 = holder["campaign_id"]
            for name in ["campaign_id", "list_id", "number_id", "area_id"] { columns[name] = holder[name] }
            columns["contact_id"] = holder["id"]
            columns["pass"] =
                (1
                + (try Int.fetchOne(
                    database, sql: "SELECT attempts_made FROM contacts WHERE id = ?",
                    arguments: [holder["id"] as Int64]) ?? 0))
                .databaseValue
            let area = try Areas.area(id: holder["area_id"], database)
            if let clock = area.flatMap({ calls.rules[CampaignID(campaign)]?.clock(of: $0) }) {
                columns["zone"] = clock.name.databaseValue
                columns["utc_offset"] = clock.utcOffset(at: placed).databaseValue
                columns["local_minute_of_week"] = clock.local(at: placed).minuteOfWeek.databaseValue
            }
        }
        columns["ended_at"] = placed.milliseconds.databaseValue
        let ending = CallBringing.Ending(outcome: .unknown, settledAt: calls.now.milliseconds)
        let id = try AttemptColumns.insert(columns, ending, database)
        try calls.journalIntent(id)
        try calls.finish(id, ending)
    }
}
