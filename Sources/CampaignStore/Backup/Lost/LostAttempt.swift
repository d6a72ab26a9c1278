import Campaigns
import GRDB
import PhoneNumbers

/// An attempt of a lost database: its row where that can be read, else what the journal says of it.
struct LostAttempt {
    let id: Int64
    let number: PhoneNumber
    let station: String
    let intendedAt: Int64
    /// Ids of the lost database.
    let campaign: Int64?
    let contact: Int64?
    let kind: AttemptKind
    /// Nil where it was open when the database was lost.
    var outcome: Outcome?
    var disposition: String?
    var dispositionClass: DispositionClass?
    var settledAt: Int64?
    var endedAt: Int64?
    var connectedAt: Int64?
    /// The row; nil where only the journal tells.
    let row: LooseRow?

    /// An attempt from its row; nil where the row is none that Offhook writes.
    init?(_ row: LooseRow) {
        guard let id = row.integer("id"), let number = row.integer("number").flatMap(PhoneNumber.init(digits:)),
            let station = row.text("station"), let intendedAt = row.integer("intended_at"), intendedAt > 0,
            let phase = row.text("phase").flatMap(AttemptPhase.init(rawValue:)),
            let kind = row.text("kind").flatMap(AttemptKind.init(rawValue:))
        else { return nil }
        (self.id, self.number, self.station, self.intendedAt, self.kind) = (id, number, station, intendedAt, kind)
        self.row = row
        campaign = row.integer("campaign_id")
        contact = row.integer("contact_id")
        outcome = row.text("outcome").flatMap(Outcome.init(rawValue:))
        disposition = row.text("disposition")
        dispositionClass = row.text("disposition_class").flatMap(DispositionClass.init(rawValue:))
        settledAt = phase == .settled ? row.integer("settled_at") : nil
        endedAt = row.integer("ended_at")
        connectedAt = row.integer("connected_at")
        guard phase != .settled || (outcome != nil && settledAt != nil) else { return nil }
        // A wrap-up that nobody ended is settled as a restart would: none given.
        if phase == .wrapUp, disposition == nil {
            (disposition, dispositionClass) = (Self.noneGiven, .noneGiven)
        }
    }

    /// An attempt from the event of its intent; nil where that is none.
    init?(intent row: LooseRow) {
        guard let id = row.integer("attempt_id"), let number = row.integer("number").flatMap(PhoneNumber.init(digits:)),
            let station = row.text("station"), let at = row.integer("at"), at > 0
        else { return nil }
        (self.id, self.number, self.station, intendedAt) = (id, number, station, at)
        campaign = row.integer("campaign_id")
        contact = row.integer("contact_id")
        kind = contact == nil ? .manual : .campaign
        self.row = nil
    }

    /// Takes in what a later event of the journal says.
    mutating func take(_ event: String, _ row: LooseRow) {
        switch event {
        case "attempt_connected": connectedAt = connectedAt ?? row.integer("at")
        case "attempt_said": disposition = row.text("detail")
        case "attempt_wrap_up": outcome = row.text("detail").flatMap(Outcome.init(rawValue:))
        case "attempt_settled":
            let words = (row.text("detail") ?? "").split(separator: ", ", maxSplits: 1).map(String.init)
            outcome = words.first.flatMap(Outcome.init(rawValue:))
            disposition = words.count > 1 ? words[1] : nil
            settledAt = row.integer("at")
            endedAt = endedAt ?? settledAt
        case "attempt_disposed_anew": disposition = row.text("detail")
        default: break
        }
    }

    /// What stands where wrap-up ran out and nothing was said.
    static let noneGiven = "NONE_GIVEN"
}
