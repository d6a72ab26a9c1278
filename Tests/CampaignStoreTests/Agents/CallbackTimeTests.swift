import CallingRules
import Campaigns
import Eligibility
import Testing

@testable import CampaignStore

@Suite("Times at which no callback can be agreed") struct CallbackTimeTests {
    private let bench: RuleBench
    private let campaign: (id: CampaignID, rules: EligibilityRules)

    init() throws {
        bench = try RuleBench()
        campaign = try bench.campaign(
            "a", "calling_rules: { pack: none, windows: { mon-fri: \"09:00-20:00\" } }\n")
        // Monday 30 November 2026, 13:00 in New York.
        bench.now = try #require(Instant(iso8601: "2026-11-30T18:00:00Z"))
        try bench.load([[1], [2]], into: campaign.id)
    }

    private func local(_ text: String) throws -> CallbackTime { .local(try #require(LocalTime(text))) }

    private func refusal(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch StoreError.callbackRefused(let sentence) {
            return sentence
        } catch {
            return "another error: \(error)"
        }
    }

    @Test(
        "a time that is over, or that no rule will allow, is refused by every way to agree one, with the nearest that is allowed",
        arguments: [
            ("2026-01-05 10:00", "did you mean 2027-01-05?"),
            // The fifth of January 2027 is a Tuesday; the second a Saturday, at which nobody is called.
            ("2026-01-02 10:00", "over in the contact's time zone. The nearest allowed time is 2026-11-30 13:01"),
            ("2026-11-30 12:59", "over in the contact's time zone. The nearest allowed time is 2026-11-30 13:01"),
            ("2025-12-08 10:00", "did you mean 2026-12-08?"),
            ("2026-12-05 10:00", "The nearest allowed time is 2026-12-07 09:00"),
            ("2026-12-01 20:30", "The nearest allowed time is 2026-12-02 09:00"),
        ])
    func refused(time: String, what: String) throws {
        try bench.call(campaign, .answered, .notInterested)
        let time = try local(time)
        let callBack = Disposition(code: "CBA", label: "Call back", dispositionClass: .callbackAny)
        let sentences = [
            refusal {
                _ = try bench.store.changeDisposition(
                    of: AttemptID(1), to: callBack, callback: time, by: "eve", rules: campaign.rules, at: bench.now)
            },
            refusal {
                _ = try bench.store.reopen(
                    ContactID(1), .callback(time, agent: nil), by: "eve", rules: campaign.rules, at: bench.now)
            },
            refusal {
                _ = try bench.store.scheduleCallback(
                    ContactID(2), at: time, agent: nil, by: "eve", rules: campaign.rules, now: bench.now)
            },
            try bench.store.callbackRefusal(of: AttemptID(1), at: time, rules: campaign.rules, now: bench.now)?
                .sentence,
        ]
        for sentence in sentences { #expect(sentence?.contains(what) == true, "\(sentence ?? "agreed")") }
        #expect(try bench.store.attempt(AttemptID(1)).disposition == "X")
        #expect(try bench.store.contacts(holding: bench.number(1), at: bench.now).first?.state == .done)
    }

    @Test("an instant is held against the same rules; where no time is allowed, the reason is told alone")
    func instants() throws {
        try bench.call(campaign, .answered, .notInterested)
        let agreed = try #require(Instant(iso8601: "2026-01-05T15:00:00Z"))
        let over = try bench.store.callbackRefusal(
            of: AttemptID(1), at: .at(agreed), rules: campaign.rules, now: bench.now)
        #expect(over?.sentence.contains("did you mean 2027-01-05?") == true)
        _ = try bench.store.suppress([bench.number(1)], campaign: nil, source: "t", at: bench.now)
        let never = try #require(
            try bench.store.callbackRefusal(
                of: AttemptID(1), at: .at(bench.now + .seconds(3600)), rules: campaign.rules, now: bench.now))
        #expect(never.nearest == nil && !never.sentence.contains("nearest"))
    }

    @Test("a number that was called wrong is alive again with the callback that is agreed now")
    func revived() throws {
        try bench.call(campaign, .answered, .wrongNumber)
        let callBack = Disposition(code: "CBA", label: "Call back", dispositionClass: .callbackAny)
        let changed = try bench.store.changeDisposition(
            of: AttemptID(1), to: callBack, callback: local("2026-12-01 10:00"), by: "eve", rules: campaign.rules,
            at: bench.now)
        #expect(changed.text.contains("A call back was agreed for 2026-12-01T15:00:00"), "\(changed.text)")
    }
}
