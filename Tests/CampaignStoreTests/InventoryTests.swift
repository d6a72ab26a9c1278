import CallingRules
import Campaigns
import Eligibility
import GRDB
import PhoneNumbers
import Testing

@testable import CampaignStore

@Suite("The inventory") struct InventoryTests {
    let bench: RuleBench

    init() throws {
        bench = try RuleBench()
    }

    private typealias Remembered = InventoryQuestion.Remembered

    /// - Parameter names: of the fields that are read, where an index may find them; nil for a look at each contact.
    private func groups(
        _ id: CampaignID, _ remembered: [Remembered] = [Remembered(.all, within: nil)], total: Int = 100,
        names: [String]? = nil, fields: (@Sendable ([[String]], PhoneNumber?) -> String)? = nil
    ) throws -> [InventoryGroup] {
        var groups: [InventoryGroup] = []
        let reading = fields.map {
            InventoryQuestion.FieldReading(of: names ?? [], readsNumbers: names == nil, read: $0)
        }
        let needs = InventoryQuestion.Needs(remembered: remembered, fields: reading)
        let question = InventoryQuestion(of: id, totalAttempts: total) { _ in needs }
        try bench.store.inventory(of: [question], at: bench.now) { groups.append($1) }
        return groups
    }

    /// Each contact by itself, with all that is known of it.
    private func alone(_ id: CampaignID) throws -> [InventoryGroup] {
        try bench.store.read { database in
            try Row.fetchAll(
                database, sql: "SELECT id, coalesce(next_number_id, id * 16) FROM contacts WHERE campaign_id = ?",
                arguments: [id.value]
            ).compactMap {
                try FactsReader.facts(contact: $0[0], numberID: $0[1], at: bench.now, withPast: true, database)
            }.map { InventoryGroup(facts: $0, contacts: 1) }
        }
    }

    @Test("contacts that nothing tells apart come as one group; those with a past one by one; each contact once")
    func grouping() throws {
        let first = try bench.campaign("first")
        let second = try bench.campaign("second")
        try bench.load((1...50).map { [$0] }, into: first.id)
        bench.area = Area(zones: ["America/Los_Angeles"], region: "US", jurisdiction: "US-CA")
        try bench.load((51...80).map { [$0] }, into: first.id)
        try bench.load([[1, 90], [91]], into: second.id)
        try bench.call(first, .noAnswer)
        let found = try groups(first.id)
        #expect(found.map(\.contacts).sorted() == [1, 30, 49])
        #expect(found.first { $0.contacts == 1 }?.facts.pastCalls.count == 1)
        // The other campaign's contact that shares the called number has a past as well.
        #expect(try groups(second.id).map(\.facts.pastCalls.count).sorted() == [0, 1])
    }

    @Test("the groups' verdicts are those of each contact alone")
    func agreement() throws {
        let campaign = try bench.campaign("a", "caps: [{ attempts: 1, within: 24h }]\n")
        try bench.load((1...20).map { [$0, $0 + 100] }, into: campaign.id)
        for _ in 0..<5 { try bench.call(campaign, .noAnswer) }
        _ = try bench.store.suppress([bench.number(20), bench.number(120)], campaign: nil, source: "t", at: bench.now)
        let count = { (groups: [InventoryGroup]) in
            groups.reduce(into: [String: Int]()) { counts, group in
                let verdict = Eligibility.evaluate(
                    group.facts, under: campaign.rules, at: bench.now, margin: .seconds(25), claimed: false)
                counts[verdict.reasons.map(\.code).joined(separator: ","), default: 0] += group.contacts
            }
        }
        let together = count(try groups(campaign.id))
        #expect(together == count(try alone(campaign.id)))
        #expect(together[""] == 14)
        #expect(together.values.reduce(0, +) == 20)
    }

    @Test("contacts whose fields say the same to the rules are a group, however much they have besides")
    func fields() throws {
        let campaign = try bench.campaign("a")
        try bench.load((1...10).map { [$0] }, into: campaign.id, fields: [["consent", "yes"]])
        try bench.load((11...15).map { [$0] }, into: campaign.id, fields: [["consent", "no"]])
        let answer: @Sendable ([[String]], PhoneNumber?) -> String = { fields, _ in fields.first?[1] ?? "" }
        #expect(try groups(campaign.id, fields: answer).map(\.contacts).sorted() == [5, 10])
        #expect(try groups(campaign.id).map(\.contacts) == [15])
        try bench.call(campaign, .noAnswer)
        #expect(try groups(campaign.id, fields: answer).map(\.contacts).sorted() == [1, 5, 9])
        #expect(
            try groups(campaign.id, fields: { fields, _ in fields.description + "x" }).reduce(0) { $0 + $1.contacts }
                == 15)
    }

    /// How many contacts may be called first when, by when they are due.
    private func told(_ groups: [InventoryGroup], under rules: EligibilityRules) -> [String: Int] {
        let now = bench.now
        return groups.reduce(into: [String: Int]()) { counts, group in
            for due in [0, 3, 20] as [Int64] {
                var facts = group.facts
                facts.notBefore = due == 0 ? nil : now + .seconds(due * 86_400)
                let first = Eligibility.earliest(facts, under: rules, from: now, margin: .seconds(25))
                counts["\(due): \(first?.iso8601 ?? "never")", default: 0] += group.contacts
            }
        }
    }

    @Test("where rules exempt some contacts, the groups' verdicts are those of each contact alone")
    func exemptions() throws {
        let pack = try RulePackFile.read(
            """
            pack: own
            version: "2026-03-01"
            region: US
            rules:
              - { places: [US], source: "federal hours", hours: { all: "08:00-21:00" } }
              - places: [US-NY]
                from: 2026-03-12
                source: "closed to all but customers and those who agreed within 35 days"
                closed: true
                unless: [consent, relationship]
                consent_age: 35d
                relationship: { purchase: 30d, inquiry: 10d }
              - { places: [US-NY], source: "mobiles until ten", numbers: [mobile], hours: { all: "08:00-10:30" } }
            """, file: "own.yaml")
        let campaign = try bench.campaign("a", "calling_rules: { pack: own }\n", pack: pack)
        let day = { (offset: Int64) in String((bench.now + .seconds(offset * 86_400)).iso8601.prefix(10)) }
        let given = { (offset: Int64) in
            [["consent", "yes"], ["consent_proof", "form 7"], ["consent_date", day(offset)]]
        }
        let all: [[[String]]] = [
            [], [["purchase_date", day(-3)]], [["purchase_date", day(-29)]], [["purchase_date", day(-40)]],
            [["purchase_date", day(5)]], [["inquiry_date", day(-3)]], [["inquiry_date", "soon"]], given(-3), given(-30),
            given(-40), given(-40) + [["inquiry_date", day(-9)]],
        ]
        for (index, fields) in all.enumerated() {
            try bench.load([[index * 2 + 1], [index * 2 + 2]], into: campaign.id, fields: fields)
        }
        let (area, now, rules) = (bench.area, bench.now, campaign.rules)
        let truth = told(try alone(campaign.id), under: rules)
        #expect(!rules.readsNumbers(in: area), "no number of the United States tells its kind")
        for names in [nil, rules.fieldsRead, rules.fieldsRead + ["opt_in"]] {
            let found = try groups(campaign.id, names: names) {
                rules.kind(fields: $0, number: $1, in: area, at: now)
            }
            #expect(told(found, under: rules) == truth, "\(names ?? [])")
            #expect(found.count <= all.count && found.reduce(0) { $0 + $1.contacts } == 22)
        }
    }

    @Test("contacts of lists in which nobody states anything are not looked at, and are told what they are told alone")
    func silent() throws {
        let campaign = try bench.campaign("a")
        let gold = [["Plan", "gold"]]
        try bench.load((1...8).map { [$0] }, into: campaign.id, list: "plain", columns: ["Plan"], fields: gold)
        try bench.load(
            [[9]], into: campaign.id, list: "agreed", columns: ["Consent Date"],
            fields: [["Consent Date", "2026-03-01"]])
        try bench.load([[10]], into: campaign.id, list: "agreed", columns: ["Plan"], fields: gold)
        try bench.call(campaign, .noAnswer)
        let read: @Sendable ([[String]], PhoneNumber?) -> String = { fields, _ in
            fields.first { $0[0].lowercased().hasPrefix("consent") }?[1] ?? "nothing"
        }
        let sizes = { (names: [String]?) in
            try groups(campaign.id, names: names, fields: read).map {
                "\($0.contacts) \($0.facts.fields.contains { $0[0] == "Consent Date" }) \($0.facts.pastCalls.count)"
            }.sorted()
        }
        #expect(try sizes(["consent"]) == sizes(nil))
        // Lists know whether somebody in them may state something.
        let lists = { try bench.store.read { try String.fetchAll($0, sql: "SELECT name FROM lists WHERE may_state") } }
        #expect(try lists() == ["agreed"])
        let first = try #require(try bench.store.cards(holding: bench.number(3), campaign: campaign.id).first)
        _ = try bench.store.editContact(
            first.contact, ContactEdit(name: nil, externalID: nil, fields: ContactFields([["CONSENT", "yes"]])),
            version: nil, by: nil, at: bench.now)
        #expect(try Set(lists()) == ["agreed", "plain"])
        #expect(try sizes(["consent"]) == sizes(nil))
        try bench.load([[11]], into: campaign.id, list: "unknown", fields: gold)
        #expect(try Set(lists()) == ["agreed", "plain", "unknown"], "without columns anything may be among the fields")
        for (name, isFound) in [("consent", true), ("Date of Purchase", true), ("opt_in", false), ("con sent", false)] {
            let reading = InventoryQuestion.FieldReading(of: [name], readsNumbers: false, read: read)
            #expect((reading.ofSilent != nil) == isFound, "\(name)")
        }
    }

    @Test("where consent is asked for, the groups' verdicts are those of each contact alone", arguments: [nil, 30])
    func consents(days: Int?) throws {
        let lasting = days.map { ", lasts: \($0)d" } ?? ""
        let campaign = try bench.campaign("a", "consent: { required: true\(lasting) }\n")
        let day = { (offset: Int64) in String((bench.now + .seconds(offset * 86_400)).iso8601.prefix(10)) }
        let proof = ["consent_proof", "form 7"]
        let given = [["consent", "yes"], proof]
        let all: [[[String]]] = [
            [], [["consent", "no"]], given, [["consent", "ja"], ["consent_date", day(-3)]],
            given + [["consent_date", day(-3)]], given + [["consent_date", day(-29)]],
            given + [["consent_date", day(-40)]],
            given + [["consent_date", day(5)]], given + [["consent_date", "soon"]],
        ]
        for (index, fields) in all.enumerated() {
            try bench.load([[index * 2 + 1], [index * 2 + 2]], into: campaign.id, fields: fields)
        }
        let settings = campaign.rules.campaign.consent
        let now = bench.now
        let told = { self.told($0, under: campaign.rules) }
        let truth = told(try alone(campaign.id))
        for names in [nil, campaign.rules.fieldsRead] {
            let found = try groups(campaign.id, names: names) { fields, _ in
                Consent(fields: fields, settings: settings).kind(at: now, lasts: settings.lasts)
            }
            #expect(told(found) == truth)
            #expect(found.count < 9 && found.reduce(0) { $0 + $1.contacts } == 18)
        }
    }

    @Test(
        "only contacts with as many calls as a rule remembers come one by one; those whose attempts are used up are a group"
    )
    func forgotten() throws {
        let campaign = try bench.campaign(
            "a",
            "caps: [{ attempts: 1, within: 24h }]\nretry: { total_attempts: 2, no_answer: { attempts: 9, after: 1h } }\n"
        )
        try bench.load((1...10).map { [$0] }, into: campaign.id)
        for _ in 0..<4 { try bench.call(campaign, .noAnswer) }
        let day = Remembered(.all, within: .seconds(86_400))
        let verdicts = { (groups: [InventoryGroup]) in
            groups.reduce(into: [String: Int]()) { counts, group in
                for due in group.dues.isEmpty ? [group.facts.notBefore] : group.dues.map(Optional.some) {
                    var facts = group.facts
                    facts.notBefore = due
                    let verdict = Eligibility.evaluate(
                        facts, under: campaign.rules, at: bench.now, margin: .seconds(25), claimed: false)
                    counts[verdict.reasons.map(\.code).joined(separator: ","), default: 0] +=
                        group.dues.isEmpty ? group.contacts : 1
                }
            }
        }
        // While they are remembered, the called ones come one by one; and so for as long as they may be.
        #expect(try groups(campaign.id, [day], total: 2).filter { $0.contacts == 1 }.count == 4)
        #expect(try groups(campaign.id, [Remembered(.all, limit: 2, within: nil)], total: 2).count == 2)
        #expect(try groups(campaign.id, [Remembered(.refusals, within: nil)], total: 2).count == 2)
        #expect(try verdicts(groups(campaign.id, [day], total: 2)) == verdicts(alone(campaign.id)))
        bench.now = bench.now + .seconds(10 * 86_400)
        let later = try groups(campaign.id, [day], total: 2)
        #expect(later.count == 2 && later.reduce(0) { $0 + $1.contacts } == 10)
        #expect(try verdicts(later) == verdicts(alone(campaign.id)))
        // With one attempt allowed, those that were called are used up.
        #expect(try groups(campaign.id, [day], total: 1).map(\.facts.totalAttempts).sorted() == [0, 1])
    }

    @Test("contacts that wait come with the times at which they are due, in order")
    func dues() throws {
        let campaign = try bench.campaign("a", "retry: { no_answer: { attempts: 9, after: 1h } }\n")
        try bench.load((1...6).map { [$0] }, into: campaign.id)
        let start = bench.now
        for _ in 0..<3 {
            try bench.call(campaign, .noAnswer)
            bench.now = bench.now + .seconds(60)
        }
        let waiting = try #require(try groups(campaign.id, []).first { !$0.dues.isEmpty })
        #expect(waiting.contacts == 3 && waiting.dues.count == 3 && waiting.dues == waiting.dues.sorted())
        #expect(waiting.dues.allSatisfy { $0 > start + .seconds(3000) })
        // One of them is called again, and stands alone: it is among the dues no more.
        let open = try groups(campaign.id, [Remembered(.all, limit: 1, within: .seconds(70))])
        #expect(open.first { !$0.dues.isEmpty }?.dues.count == 2)
        #expect(open.reduce(0) { $0 + $1.contacts } == 6)
    }

    @Test(
        "the attempts of a contact are counted with it: when placed, when they turn out not to count, when they are erased"
    )
    func attemptsMade() throws {
        let campaign = try bench.campaign("a")
        try bench.load([[1], [2]], into: campaign.id)
        let made = {
            try bench.store.read { try Int.fetchAll($0, sql: "SELECT attempts_made FROM contacts ORDER BY id") }
        }
        #expect(try made() == [0, 0])
        let reservation = try #require(try bench.reserve(campaign.id))
        guard case .recorded(let attempt) = try bench.intend(reservation, campaign.rules) else {
            Issue.record("must be recorded")
            return
        }
        #expect(try made() == [1, 0])
        let ending = CallEnding(
            outcome: .phoneRefused, endedAt: bench.now, ring: nil, talk: nil, evidence: Evidence())
        try bench.store.settleAttempt(attempt, ending, disposition: nil, rules: campaign.rules, at: bench.now)
        #expect(try made() == [0, 0])
        try bench.call(campaign, .noAnswer)
        #expect(try made().reduce(0, +) == 1)
        #expect(try bench.store.problems().isEmpty)
        try bench.store.write { try $0.execute(sql: "UPDATE contacts SET attempts_made = 7 WHERE id = 2") }
        #expect(try bench.store.problems().contains { $0.contains("contact 2: 7 attempts") })
        try bench.store.rebuildSums()
        #expect(try bench.store.problems().isEmpty)
        try bench.store.write { try $0.execute(sql: "DELETE FROM attempts") }
        #expect(try made() == [0, 0])
    }

    @Test("the last end of each station's calls is kept, wrap-up included, and an open call has none yet")
    func lastEnds() throws {
        let campaign = try bench.campaign("a")
        let start = bench.now
        try bench.load((1...4).map { [$0] }, into: campaign.id)
        #expect(try bench.store.lastEnds(since: start).isEmpty)
        try bench.call(campaign, .noAnswer)
        bench.now = start + .seconds(60)
        let reservation = try #require(try bench.reserve(campaign.id))
        guard case .recorded(let attempt) = try bench.intend(reservation, campaign.rules) else {
            Issue.record("must be recorded")
            return
        }
        #expect(try bench.store.lastEnds(since: start) == ["s": start])
        let ended = start + .seconds(90)
        try bench.store.noteSeen(attempt, line: 1, at: ended)
        try bench.store.noteConnected(attempt, line: 1, at: ended)
        let ending = CallEnding(outcome: .answered, endedAt: ended, ring: nil, talk: nil, evidence: Evidence())
        try bench.store.beginWrapUp(attempt, ending, until: ended + .seconds(20), at: ended)
        #expect(try bench.store.lastEnds(since: start) == ["s": ended])
        let settled = ended + .seconds(20)
        try bench.store.settleAttempt(attempt, nil, disposition: nil, rules: campaign.rules, at: settled)
        #expect(try bench.store.lastEnds(since: start) == ["s": settled])
        #expect(try bench.store.lastEnds(since: settled).isEmpty)
    }

    @Test("a campaign that a brake paused says so until a person starts it; a person's pause and a back-up's are none")
    func brakeReason() throws {
        _ = try bench.campaign("a")
        let reason = { try self.bench.store.brakeReason(of: self.bench.store.campaign(named: "a")) }
        #expect(try reason() == nil)
        try bench.store.setState(.paused, of: "a", because: "Too many calls failed.", at: bench.now)
        #expect(try reason() == "Too many calls failed.")
        try bench.store.setState(.started, of: "a", at: bench.now)
        #expect(try reason() == nil)
        try bench.store.setState(.paused, of: "a", at: bench.now)
        #expect(try reason() == nil)
        try bench.store.setState(.started, of: "a", at: bench.now)
        try bench.store.setState(.paused, of: "a", because: CampaignStore.backupPause, at: bench.now)
        #expect(try reason() == nil)
    }

    @Test("what the pacing remembers of the time before a restart is what was dialled")
    func pacingHistory() throws {
        let campaign = try bench.campaign("a")
        let start = bench.now
        try bench.load((1...6).map { [$0] }, into: campaign.id)
        for outcome in [Outcome.failedFast, .answered, .phoneRefused, .noAnswer] {
            try bench.call(campaign, outcome, outcome == .answered ? .success : nil)
            bench.now = bench.now + .seconds(1500)
        }
        let history = try bench.store.pacingHistory(of: campaign.id, startedAt: start, limit: 10, at: bench.now)
        // An hour ago and older are left out: 6000 s and 4500 s.
        #expect(history.starts.count == 2)
        #expect(history.failedFast == [true, false, false])
        #expect(history.agentAbsent == [false])
        let later = try bench.store.pacingHistory(
            of: campaign.id, startedAt: start + .seconds(1), limit: 10, at: bench.now)
        #expect(later.failedFast == [false, false])
    }
}
