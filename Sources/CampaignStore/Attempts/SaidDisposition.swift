import CallingRules
import Campaigns
import GRDB

/// What an agent said of an attempt that is not settled yet.
public struct SaidDisposition: Sendable, Hashable {
    public var disposition: Disposition
    /// The time that was agreed, where the disposition is a callback.
    public var callback: CallbackTime?
    public var note: String?

    /// What is said, from its parts.
    public init(disposition: Disposition, callback: CallbackTime? = nil, note: String? = nil) {
        self.disposition = disposition
        self.callback = callback
        self.note = note
    }

    /// What an open attempt's row keeps; nil where nothing was said of it. The label is the code: only pages show one.
    init?(_ row: Row) {
        guard let code = row["disposition"] as String?,
            let known = (row["disposition_class"] as String?).flatMap(DispositionClass.init(rawValue:))
        else { return nil }
        disposition = Disposition(code: code, label: code, dispositionClass: known)
        callback = (row["said_callback"] as String?).flatMap { CallbackTime($0) }
        note = row["note"]
    }
}

extension CallbackTime {
    /// The time as ``init(_:)`` reads it.
    var text: String {
        switch self {
        case .at(let instant): instant.iso8601
        case .local(let time): time.text
        }
    }
}

extension CampaignStore {
    /// Keeps what an agent said of an attempt that is not settled yet, whatever its phase; what was said of it before gives way.
    ///
    /// It is on disk when this returns, and ``settleAttempt(_:_:disposition:callback:note:rules:at:)`` settles by it, whoever
    /// settles the attempt and whatever its outcome: also after a crash.
    public func keep(_ said: SaidDisposition, of attempt: AttemptID, at now: Instant) throws {
        try write { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM attempts WHERE id = ? AND phase <> 'settled'", arguments: [attempt.value])
            guard let row else { return }
            try database.execute(
                sql: """
                    UPDATE attempts SET disposition = ?, disposition_class = ?, said_callback = ?, note = coalesce(?, note)
                    WHERE id = ?
                    """,
                arguments: [
                    said.disposition.code, said.disposition.dispositionClass.rawValue, said.callback?.text,
                    try Self.isErased(attempt, database) ? nil : said.note, attempt.value,
                ])
            try database.journal(
                "attempt_said", at: now,
                JournalSubject(
                    campaign: row["campaign_id"], contact: row["contact_id"], attempt: attempt.value,
                    number: row["number"], station: row["station"], agent: row["agent"]),
                detail: said.disposition.code)
        }
    }
}
