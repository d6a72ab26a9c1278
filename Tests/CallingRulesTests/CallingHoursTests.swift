import CallingRules
import Campaigns
import Foundation
import Testing

@Suite("Calling hours") struct CallingHoursTests {
    static let us: RulePack = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        guard let text = try? String(contentsOf: root.appendingPathComponent("share/rules/us.yaml"), encoding: .utf8),
            let pack = try? RulePackFile.read(text, file: "us.yaml")
        else { preconditionFailure("share/rules/us.yaml must be readable") }
        return pack
    }()

    private let margin: Duration = .seconds(25)

    private func hours(
        _ zones: [String], _ jurisdiction: String?, region: String? = "US", pack: RulePack = us,
        windows: WeeklyWindows? = nil
    ) -> CallingHours {
        var rules = CallingRulesSettings(pack: pack.name)
        rules.windows = windows
        return CallingHours(
            area: Area(zones: zones, region: region, jurisdiction: jurisdiction), rules: rules, holidays: .none,
            book: RuleBook([pack]), clocks: ZoneClocks())
    }

    private func at(_ text: String) throws -> Instant { try #require(Instant(iso8601: text)) }

    @Test(
        "the federal hours hold to the second, the ring included",
        arguments: [
            ("2026-03-10T11:59:59Z", false), ("2026-03-10T12:00:00Z", true), ("2026-03-11T00:59:34Z", true),
            ("2026-03-11T00:59:35Z", false), ("2026-03-11T00:59:59Z", false), ("2026-03-11T01:00:00Z", false),
        ])
    func federalEdges(text: String, open: Bool) throws {
        let verdict = hours(["America/New_York"], "US-NY").verdict(at: try at(text), margin: margin)
        #expect(verdict.isAllowed == open)
    }

    @Test("a number that can be in two zones is called only where both are open")
    func twoZones() throws {
        let both = hours(["America/Chicago", "America/New_York"], "US-KS")
        #expect(!both.verdict(at: try at("2026-03-10T12:30:00Z"), margin: margin).isAllowed)
        #expect(both.verdict(at: try at("2026-03-10T13:00:00Z"), margin: margin).isAllowed)
        #expect(
            both.nextOpening(from: try at("2026-03-10T02:00:00Z"), margin: margin) == (try at("2026-03-10T13:00:00Z")))
    }

    @Test("the day on which clocks go forward keeps local hours, and so does the one on which they go back")
    func clockChanges() throws {
        let newYork = hours(["America/New_York"], "US-NY")
        // 8 March 2026: 08:00 is 13:00 UTC on Saturday, 12:00 UTC on Sunday.
        #expect(
            newYork.nextOpening(from: try at("2026-03-07T10:00:00Z"), margin: margin)
                == (try at("2026-03-07T13:00:00Z")))
        #expect(
            newYork.nextOpening(from: try at("2026-03-08T10:00:00Z"), margin: margin)
                == (try at("2026-03-08T12:00:00Z")))
        #expect(
            newYork.nextOpening(from: try at("2026-11-01T10:00:00Z"), margin: margin)
                == (try at("2026-11-01T13:00:00Z")))
    }

    @Test("Arizona keeps its clock in summer, the Navajo Nation does not; a number of area code 928 minds both")
    func arizona() throws {
        let both = hours(["America/Denver", "America/Phoenix"], "US-AZ")
        // In July 08:00 in Phoenix is 15:00 UTC, in Denver 14:00; 21:00 in Denver is 03:00 UTC.
        #expect(!both.verdict(at: try at("2026-07-07T14:30:00Z"), margin: margin).isAllowed)
        #expect(both.verdict(at: try at("2026-07-07T15:00:00Z"), margin: margin).isAllowed)
        #expect(!both.verdict(at: try at("2026-07-08T03:10:00Z"), margin: margin).isAllowed)
    }

    @Test("Newfoundland's half hour counts")
    func newfoundland() throws {
        let windows = WeeklyWindows(Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [540..<600]) }))
        let hours = hours(["America/St_Johns"], "CA-NL", region: "CA", pack: .none, windows: windows)
        #expect(
            hours.nextOpening(from: try at("2026-07-07T00:00:00Z"), margin: margin) == (try at("2026-07-07T11:30:00Z")))
    }

    @Test("Alabama has no Sunday: the next call is on Monday")
    func sunday() throws {
        let alabama = hours(["America/Chicago"], "US-AL")
        let sunday = try at("2026-03-15T18:00:00Z")
        guard case .denied(let until, let reasons) = alabama.verdict(at: sunday, margin: margin) else {
            Issue.record("Sunday must be closed")
            return
        }
        #expect(until == (try at("2026-03-16T13:00:00Z")))
        #expect(reasons.first?.text.contains("US-AL") == true)
    }

    @Test("what cannot be evaluated denies, with no date: no zone, no state, another country")
    func unknown() throws {
        let noon = try at("2026-03-10T16:00:00Z")
        for hours in [
            hours([], "US-NY"), hours(["America/New_York"], nil), hours(["Europe/London"], "GB", region: "GB"),
            hours(["Mars/Olympus"], "US-NY"),
        ] {
            guard case .denied(nil, let reasons) = hours.verdict(at: noon, margin: margin) else {
                Issue.record("must deny for good")
                continue
            }
            #expect(!reasons.isEmpty)
            #expect(hours.nextOpening(from: noon, margin: margin) == nil)
        }
    }

    @Test("the stricter of campaign and pack wins")
    func stricter() throws {
        let windows = WeeklyWindows([.tuesday: [0..<1440]])
        let kentucky = hours(["America/New_York"], "US-KY", windows: windows)
        #expect(
            kentucky.nextOpening(from: try at("2026-03-09T00:00:00Z"), margin: margin)
                == (try at("2026-03-10T14:00:00Z")))
        #expect(!kentucky.verdict(at: try at("2026-03-11T01:00:00Z"), margin: margin).isAllowed)
    }

    @Test("between two edges the answer never changes, over a year with both clock changes")
    func edges() throws {
        let hours = hours(["America/Denver", "America/New_York"], "US-TX")
        var instant = try at("2026-01-01T00:00:00Z")
        let end = try at("2027-01-01T00:00:00Z")
        while instant < end {
            let edge = try #require(hours.nextEdge(after: instant, margin: margin))
            #expect(edge > instant)
            let start = hours.verdict(at: instant, margin: margin).isAllowed
            let middle = instant + .milliseconds(edge.since(instant).wholeMilliseconds / 2)
            for probe in [middle, edge - .milliseconds(1)] where probe > instant {
                #expect(hours.verdict(at: probe, margin: margin).isAllowed == start, "\(probe)")
            }
            instant = edge
        }
    }

    @Test("every state's rule of the pack is open at some time of the week")
    func everyPlaceOpens() throws {
        let now = try at("2026-03-09T00:00:00Z")
        for place in Self.us.places where place != "US" {
            #expect(hours(["America/Chicago"], place).nextOpening(from: now, margin: margin) != nil, "\(place)")
        }
    }
}
