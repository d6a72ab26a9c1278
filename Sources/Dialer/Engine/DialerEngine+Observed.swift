import CampaignStore
import Campaigns
import PhoneNumbers

/// A call that we did not place, as it stands in the database.
struct ObservedRow {
    let row: Int64
    let isIncoming: Bool
    var number: PhoneNumber?
    var connectedAt: Instant?
}

/// Writes down incoming and hand-dialled calls: the latter count for caps, so their numbers have to be read as they were meant.
extension DialerEngine {
    func writeObserved(_ effect: DialerEffect, at now: Instant) throws {
        switch effect {
        case .observedCall(let name, let line, let incoming, let remote):
            let number = remote.flatMap { observedNumber($0, at: name, incoming: incoming) }
            let row = try store.noteObservedCall(station: name, line: line, incoming: incoming, number: number, at: now)
            observedRows["\(name)/\(line)"] = ObservedRow(row: row, isIncoming: incoming, number: number)
        case .observedCallNumber(let name, let line, let remote):
            // A name that takes the number's place tells nothing of the number.
            guard let known = observedRows["\(name)/\(line)"], remote.contains(where: \.isNumber) else { return }
            let number = observedNumber(remote, at: name, incoming: known.isIncoming)
            guard number != known.number else { return }
            try store.noteObservedNumber(known.row, number)
            observedRows["\(name)/\(line)"]?.number = number
        case .observedCallConnected(let name, let line): observedRows["\(name)/\(line)"]?.connectedAt = now
        case .observedCallEnded(let name, let line):
            guard let observed = observedRows["\(name)/\(line)"] else { return }
            try store.noteObservedCallEnded(observed.row, connectedAt: observed.connectedAt, at: now)
            observedRows["\(name)/\(line)"] = nil
        default: break
        }
    }

    /// The number that a phone shows of a call that we did not place; nil where it is none.
    func observedNumber(_ shown: String, at name: String, incoming: Bool) -> PhoneNumber? {
        guard let setup = setups[name] else { return nil }
        let campaigns = runners.sorted { $0.key < $1.key }.map(\.value.stored.campaign)
        return ObservedNumber(
            station: setup, campaigns: campaigns.map { (plan: $0.dial.plan, region: $0.region) }
        ).read(shown, incoming: incoming)
    }
}
