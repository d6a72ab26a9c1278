import Campaigns
import Eligibility
import PhoneNumbers
import RetryPolicy

@testable import CampaignStore
@testable import RuleProperties

/// Calls, from the reservation to what follows.
extension StoreLife {
    /// Reserves and dials while stations are free and somebody may be called.
    func ask(_ campaign: Int, atMost most: Int = 40) throws {
        let settings = rules[campaign].campaign
        let areas = try openAreas(campaign)
        // A denied contact is put back, so that it is not offered again at the same instant.
        for _ in 0..<most {
            let free = Self.stations.filter { name in !open.contains { $0.station == name } }
            guard let station = free.first else { return }
            let agent = draw.pick([nil, "ada", "bob"] as [String?])
            guard
                let reservation = try store.reserveNextContact(
                    campaign: ids[campaign], station: station, agent: agent, openAreas: areas,
                    grace: settings.callbacks.grace, order: settings.retry.order, at: instant)
            else { return }
            try dial(reservation, campaign, station: station, agent: agent)
        }
    }

    /// An agent picks the contact that the other campaign has of a person whose call has just begun.
    private func pick(_ person: Int, _ campaign: Int) throws {
        guard let local = persons[person].checker.numbers[campaign].first,
            let station = Self.stations.first(where: { name in !open.contains { $0.station == name } }),
            let known = try store.contacts(holding: number(person, local), at: instant).first(where: {
                $0.campaign == Self.names[campaign]
            }),
            let reservation = try store.reserve(known.contact, of: ids[campaign], station: station, at: instant)
        else { return }
        try dial(reservation, campaign, station: station, agent: "ada", isPicked: true)
    }

    private func dial(
        _ reservation: Reservation, _ campaign: Int, station: String, agent: String?, isPicked: Bool = false
    ) throws {
        let (person, local) = place(reservation.number)
        let who = persons[person]
        if who.isFinished[campaign] { fault("campaign \(campaign) goes on with a contact that it is done with") }
        if let promised = who.agent[campaign], promised != agent, !isPicked,
            now < who.due[campaign] + plain[campaign].grace
        {
            fault("a callback of \(promised) is given to \(agent ?? "nobody") within its grace")
        }
        let isExpected = who.checker.allows(campaign, local, at: now, due: who.due[campaign])
        if draw.chance(30) {
            guard let verdict = try store.eligibility(of: reservation, rules: rules[campaign], at: instant) else {
                return fault("a reserved contact has no facts")
            }
            guard verdict.verdict.isAllowed else {
                if isExpected { fault("campaign \(campaign) may call but is denied: \(verdict.reasons)") }
                return try store.putBack(reservation, denied: verdict, at: instant)
            }
        }
        let request = IntentRequest(
            reservation: reservation, station: station, agent: agent, dialled: "1", dialWith: .sendKey, account: 0,
            linesBefore: [])
        switch try store.recordIntent(request, rules: rules[campaign], at: instant) {
        case .denied(let verdict):
            persons[person].touchedAt = now
            if isExpected { fault("campaign \(campaign) may call but is denied: \(verdict.reasons)") }
        case .recorded(let attempt):
            calls += 1
            if !isExpected { fault("campaign \(campaign) calls \(reservation.number) against the rules") }
            let ends = now + draw.number(500...180_000)
            open.append(
                OpenCall(
                    attempt: attempt, person: person, campaign: campaign, number: local, at: now, endsAt: ends,
                    station: station, agent: agent))
            // Until it is settled, it is a call of which nothing is known.
            persons[person].checker.log.append(
                PlainCall(
                    campaign: campaign, number: local, at: now, endedAt: .max, outcome: .unknown, said: nil))
            if draw.chance(30) { try pick(person, 1 - campaign) }
        }
    }

    /// The person and their number.
    private func place(_ number: PhoneNumber) -> (person: Int, number: Int) {
        let index = Int(number.digits - 12_125_550_000)
        return (index / 10, index % 10)
    }

    func settleEnded() throws {
        for call in open where call.endsAt <= now {
            if draw.chance(8) {
                try settle(call, draw.pick([.phoneRefused, .notSent]), nil)
            } else {
                let (outcome, said) = draw.outcome()
                try settle(call, outcome, said)
            }
        }
        open.removeAll { $0.endsAt <= now }
    }

    func settle(_ call: OpenCall, _ outcome: Outcome, _ said: DispositionClass?) throws {
        let isCallback = said == .callbackAny || said == .callbackAgent
        let agreed = isCallback && draw.chance(80) ? now + draw.number(-3_600_000...432_000_000) : nil
        let decision = try store.settleAttempt(
            call.attempt, CallEnding(outcome: outcome, endedAt: instant, ring: nil, talk: nil, evidence: Evidence()),
            disposition: said.map { Disposition(code: "X", label: "x", dispositionClass: $0) },
            callback: agreed.map { .at(Instant(milliseconds: $0)) }, rules: rules[call.campaign], at: instant)
        var person = persons[call.person]
        defer { persons[call.person] = person }
        person.touchedAt = now
        guard let entry = person.checker.log.firstIndex(where: { $0.endedAt == .max }) else {
            return fault("a call that is not in the log is settled")
        }
        let last = PlainCall(
            campaign: call.campaign, number: call.number, at: call.at, endedAt: now, outcome: outcome, said: said)
        person.checker.log.remove(at: entry)
        if outcome.countsForCaps { person.checker.log.append(last) }
        if said == .doNotCall {
            for local in person.checker.numbers[call.campaign] where person.checker.suppressedAt[local] == nil {
                person.checker.suppressedAt[local] = now
            }
            person.liftable = []
            person.hasChangedNumbers = true
        }
        if said == .wrongNumber { person.checker.deadNumbers.insert("\(call.campaign)/\(call.number)") }
        follow(decision, last, &person, agent: call.agent)
    }

    /// Notes what was decided, and holds its date against the plain rules.
    private func follow(_ decision: RetryDecision?, _ call: PlainCall, _ person: inout Person, agent: String?) {
        let campaign = call.campaign
        switch decision {
        case .retry(let at, _), .nextNumber(let at, _):
            person.due[campaign] = at.milliseconds
            person.agent[campaign] = nil
            guard call.said != .wrongNumber else { return }
            guard let bounds = person.checker.retryBounds(after: call) else {
                return fault("a retry beyond the policy's attempts after \(call)")
            }
            if at.milliseconds < bounds.lowerBound { fault("a retry is due nearer than its delay after \(call)") }
        case .asBefore(let at, _):
            person.due[campaign] = at.milliseconds
            if at.milliseconds < now + 60_000 { fault("what dialled nothing is tried again within a minute") }
        case .callback(let at, let isAgents, _):
            person.due[campaign] = at.milliseconds
            person.agent[campaign] = isAgents ? agent : nil
            if at.milliseconds < now { fault("a callback is due before its call is over") }
        case .done, .exhausted, .suppress: person.isFinished[campaign] = true
        case nil: fault("nothing follows \(call)")
        }
    }
}
