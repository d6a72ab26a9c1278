import CallingRules
import Campaigns
import Eligibility
import PhoneNumbers
import Testing

@testable import CampaignStore

@Suite("The numbers that were called most") struct MuchCalledTests {
    private static let again =
        "retry: { no_answer: { attempts: 9, after: 0s, other_day_part: false }, total_attempts: 9 }\n"
    private let bench: RuleBench
    private var store: CampaignStore { bench.store }

    init() throws { bench = try RuleBench() }

    /// Contact 1 is called eight days, three days, an hour and half an hour ago by campaign a, and by b a minute ago; contact 2
    /// an hour ago by a, whose phone refuses another call to it.
    private func called() throws -> (first: CampaignID, second: CampaignID) {
        let first = try bench.campaign("a", Self.again)
        let second = try bench.campaign("b", Self.again)
        try bench.load([[1]], into: first.id)
        try bench.load([[1]], into: second.id)
        let now = bench.now
        for ago: Int64 in [8 * 86_400, 3 * 86_400, 3600, 1800] {
            bench.now = now - .seconds(ago)
            try bench.call(first, .noAnswer)
        }
        bench.now = now - .seconds(60)
        try bench.call(second, .noAnswer)
        _ = try store.importList(campaign: first.id, list: "m", file: "m", sha256: "", options: "", at: now) { list in
            try list.add(
                NewContact(
                    name: nil, externalID: nil, priority: 9,
                    numbers: [
                        NewContact.Number(
                            number: try bench.number(2), fileExtension: nil, kind: .mobile, validity: .valid,
                            area: bench.area)
                    ]))
        }
        try store.setList("l", of: first.id, paused: true, at: now)
        bench.now = now - .seconds(3600)
        try bench.call(first, .phoneRefused)
        bench.now = now - .seconds(3000)
        try bench.call(first, .answered, .success)
        bench.now = now
        return (first.id, second.id)
    }

    @Test("calls that count are counted in 24 hours and seven days; caps are given those of every campaign and time")
    func counted() throws {
        let (first, second) = try called()
        let found = try store.muchCalled(in: nil, until: bench.now, limit: 50)
        #expect(found.map(\.campaign) == [first, second])
        #expect(found.allSatisfy { $0.isSince == nil })
        let numbers = found[0].numbers
        #expect(numbers.map(\.number) == [try bench.number(1), try bench.number(2)])
        #expect(numbers.map(\.lastDay) == [2, 1])
        #expect(numbers.map(\.lastWeek) == [3, 1])
        // Four of a and one of b; the refused call is none.
        #expect(numbers.map(\.pastCalls.count) == [5, 1])
        #expect(numbers.allSatisfy { $0.area == bench.area })
        #expect(found[1].numbers.map(\.lastDay) == [1])
        #expect(found[1].numbers.map(\.pastCalls.count) == [5])
    }

    @Test("a call is out of the last day when it is exactly 24 hours old, as for caps")
    func edge() throws {
        _ = try called()
        let day = { (now: Instant) in try store.muchCalled(in: nil, until: now, limit: 1)[0].numbers[0].lastDay }
        let hourAgo = bench.now - .seconds(3600)
        #expect(try day(hourAgo + .seconds(86_400) - .milliseconds(1)) == 2)
        #expect(try day(hourAgo + .seconds(86_400)) == 1)
    }

    @Test(
        "only the campaigns that are asked for, at most so many numbers, and none of a campaign that called nobody lately"
    )
    func narrowed() throws {
        let (first, second) = try called()
        #expect(try store.muchCalled(in: [second], until: bench.now, limit: 50).map(\.campaign) == [second])
        #expect(try store.muchCalled(in: [first], until: bench.now, limit: 1)[0].numbers.map(\.lastWeek) == [3])
        #expect(try store.muchCalled(in: nil, until: bench.now + .seconds(7 * 86_400), limit: 50).isEmpty)
    }

    @Test("of a campaign that called much only the latest attempts are looked at, and it says since when")
    func cut() throws {
        let (first, _) = try called()
        // The newest two of campaign a: half an hour and fifty minutes ago; the third is an hour old.
        let found = try #require(
            try store.muchCalled(in: [first], until: bench.now, limit: 50, lookingAtMost: 2).first)
        #expect(found.isSince == bench.now - .seconds(3600))
        #expect(found.numbers.map(\.lastWeek) == [1, 1])
        #expect(try store.muchCalled(in: [first], until: bench.now, limit: 50, lookingAtMost: 5)[0].isSince == nil)
    }
}
