import CallingRules
import Campaigns
import Eligibility
import RetryPolicy
import Testing

@testable import CampaignStore

@Suite("Settling a call looks at the calling hours") struct RetryHoursTests {
    let bench: RuleBench

    init() throws {
        bench = try RuleBench()
    }

    @Test("in windows from 09:00 to 14:00, a call of the morning is followed by one at noon of the next day")
    func otherPart() throws {
        let campaign = try bench.campaign(
            "a", "calling_rules: { pack: none, windows: { all: \"09:00-14:00\" } }\n")
        try bench.load([[1]], into: campaign.id)
        // 10:00 in New York; four hours later the windows are closed.
        guard case .retry(let due, _) = try bench.call(campaign, .noAnswer) else {
            Issue.record("must be retried")
            return
        }
        #expect(due == Instant(iso8601: "2026-03-11T16:00:00Z"))
        bench.now = due - .milliseconds(1)
        #expect(try bench.reserve(campaign.id) == nil)
        bench.now = due
        #expect(try bench.verdict(1, campaign).verdict == .allowed)
        guard case .recorded = try bench.intend(try #require(try bench.reserve(campaign.id)), campaign.rules) else {
            Issue.record("the retry must be dialled when it is due")
            return
        }
    }

    @Test("windows that never reach another part of the day leave the plain delay, and say so")
    func unreachable() throws {
        let campaign = try bench.campaign(
            "a", "calling_rules: { pack: none, windows: { all: \"09:00-11:00\" } }\n")
        try bench.load([[1]], into: campaign.id)
        guard case .retry(let due, let reason) = try bench.call(campaign, .noAnswer) else {
            Issue.record("must be retried")
            return
        }
        #expect(due == bench.now + .seconds(4 * 3600))
        #expect(reason.text.contains("not in another part of the day"))
    }

    @Test("a disposition that is changed later looks at the hours as well")
    func secondThought() throws {
        let campaign = try bench.campaign(
            "a",
            "calling_rules: { pack: none, windows: { all: \"09:00-14:00\" } }\n"
                + "retry: { dispositions: { machine: { attempts: 3, after: 1h, other_day_part: true } } }\n")
        try bench.load([[1]], into: campaign.id)
        try bench.call(campaign, .answered, .success)
        let machine = Disposition(code: "M", label: "m", dispositionClass: .machine)
        let changed = try bench.store.changeDisposition(
            of: AttemptID(1), to: machine, by: nil, rules: campaign.rules, at: bench.now)
        guard case .decidedAnew(.retry(let due, _)) = changed else {
            Issue.record("must be decided anew: \(changed)")
            return
        }
        #expect(due == Instant(iso8601: "2026-03-10T16:00:00Z"))
    }
}
