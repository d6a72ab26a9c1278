import Campaigns
import GRDB
import PhoneNumbers

@testable import CampaignStore
@testable import RuleProperties

/// Nobody waits who could be called.
extension StoreLife {
    /// A contact that stands in the selection, by what the store says of it.
    private struct Waiting {
        var person: Int
        var campaign: Int
        /// Its next number.
        var number: Int
        /// When the store looks at it again; 0 for at once.
        var due: Int64
    }

    /// Right after nothing more could be reserved: a contact that the checker allows now must not be there.
    func nobodyWaits() throws {
        guard open.count < Self.stations.count else { return }
        for index in persons.indices {
            let person = persons[index]
            // A call that is open, or an entry that came or went, may have made it wait for half a minute; and for a minute
            // more it is left to another phone than the one that refused it.
            guard !person.hasChangedNumbers, !open.contains(where: { $0.person == index }),
                now > person.touchedAt + 60_000
            else { continue }
            for campaign in Self.names.indices where !person.isFinished[campaign] && person.agent[campaign] == nil {
                let isCallable = person.checker.numbers[campaign].contains {
                    person.checker.allows(campaign, $0, at: now, due: person.due[campaign])
                }
                let due = person.due[campaign] + 60_000
                guard isCallable, let waiting = try waiting(index, campaign) else { continue }
                if person.checker.allows(campaign, waiting.number, at: now, due: due) {
                    fault("number \(waiting.number) of person \(index) waits in campaign \(campaign)")
                }
            }
        }
    }

    /// At the end: no contact waits longer than until the first moment at which the checker allows a call.
    func nobodyIsParked() throws {
        let isUntouched = { (person: Person) in self.now > person.touchedAt + 60_000 }
        for index in persons.indices where isUntouched(persons[index]) {
            let person = persons[index]
            for campaign in Self.names.indices where !person.isFinished[campaign] {
                guard let waiting = try waiting(index, campaign) else { continue }
                let horizon = min(waiting.due, now + 40 * 86_400_000)
                let due = person.due[campaign] + (person.agent[campaign] == nil ? 0 : plain[campaign].grace)
                guard horizon > now + 1, waiting.due == Parking.never || !person.hasChangedNumbers else { continue }
                var moments = (0..<15).map { _ in draw.number(now...horizon - 1) }
                moments.append(horizon - 1)
                for moment in moments
                where person.checker.allows(campaign, waiting.number, at: moment, due: due) {
                    let until = waiting.due == Parking.never ? "for ever" : "until \(Instant(milliseconds: horizon))"
                    fault(
                        "number \(waiting.number) of person \(index) waits in campaign \(campaign) \(until) and could be called at "
                            + "\(Instant(milliseconds: moment))")
                    break
                }
            }
        }
    }

    /// The contact of a person in a campaign, if the selection may pick it.
    private func waiting(_ index: Int, _ campaign: Int) throws -> Waiting? {
        for local in persons[index].checker.numbers[campaign] {
            let known = try store.contacts(holding: number(index, local), at: instant).first {
                $0.campaign == Self.names[campaign]
            }
            guard let known, known.isNextNumber else { continue }
            guard known.state.isSelectable else { return nil }
            let due = try store.read {
                try Int64.fetchOne(
                    $0, sql: "SELECT due_at FROM contacts WHERE id = ?", arguments: [known.contact.value])
            }
            return Waiting(person: index, campaign: campaign, number: local, due: due ?? 0)
        }
        return nil
    }
}
