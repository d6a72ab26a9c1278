import Campaigns
import Testing

@Suite("Rules, pacing and retries in campaign.yaml") struct RuleSettingsTests {
    static let full = """
        campaign: full
        region: US
        calling_rules:
          pack: [us, ca]
          purpose: debt_collection
          automated: false
          not_automated_because: "agents press Dial for each call"
          time_zone: contact
          windows: { mon-fri: "09:00-20:00", sat: "10:00-16:00" }
          pack_age: { warn: 90d, stop: 200d }
        caps:
          - { attempts: 3, within: 24h }
          - { conversations: 1, within: 7d, per: number }
          - { attempts: 10, within: ever }
          - { silence_after: refusal, lasting: 60d, days: calendar }
        relationship: { purchase_field: last_order, inquiry_field: asked }
        consent: { required: true, field: agreed, lasts: 365d }
        holidays: [2026-12-24, { day: "07-04 or nearest", name: Independence Day }]
        brakes: { agent_absent: { share: 2.5%, over: 200 }, failed_fast: off }
        callbacks: { grace: 30m, after: 2h }
        trunks: { front-office: 4 }
        stations: ["desk-*", base-1/2]
        priority: 5
        weight: 3
        pause_reasons: [Tea, Training]
        pacing:
          mode: preview
          wrap_up: until_disposed
          wrap_up_limit: 10m
          preview_limit: 30s
          station_gap: 5s
          calls_per_minute: 10
          calls_per_hour: 200
        retry:
          order: fresh_first
          no_answer: { attempts: 4, after: 1h, up_to: 2h, growth: 1.5, longest: 1d, other_weekday: true, next_number: true }
          failed_fast: stop
          dispositions: { machine: { attempts: 2, after: 1d }, not_interested: { attempts: 2, after: 90d } }
        """

    @Test("every key is taken as written")
    func read() throws {
        let campaign = try CampaignFile.read(Self.full, file: "c.yaml")
        #expect(campaign.callingRules.packs == ["us", "ca"])
        #expect(campaign.callingRules.purposes == ["debt_collection"])
        #expect(campaign.callingRules.packAge.stop == .seconds(200 * 86_400))
        #expect(
            campaign.caps.map(\.sentence) == [
                "3 attempts to a contact within 24 h", "1 conversations to a number within 7 d",
                "10 attempts to a contact for ever",
            ])
        #expect(campaign.silences.map(\.sentence) == ["silence for 60 calendar days after a refusal"])
        #expect(!campaign.callingRules.isAutomated)
        #expect(campaign.callingRules.notAutomatedBecause == "agents press Dial for each call")
        #expect(campaign.relationship.purchaseField == "last_order" && campaign.relationship.inquiryField == "asked")
        #expect(campaign.consent.isRequired)
        #expect(campaign.consent.field == "agreed")
        #expect(campaign.holidays.map(\.text) == ["2026-12-24", "07-04 or nearest"])
        #expect(campaign.brakes.agentAbsent == BrakeSettings.Limit(share: 0.025, over: 200))
        #expect(campaign.brakes.failedFast == nil)
        #expect(campaign.callbacks.grace == .seconds(1800))
        #expect(campaign.trunks == ["front-office": 4])
        #expect(campaign.stations == ["desk-*", "base-1/2"])
        #expect(campaign.priority == 5)
        #expect(campaign.weight == 3)
        #expect(campaign.pauseReasons == ["Tea", "Training"])
        #expect(campaign.pacing.mode == .preview)
        #expect(campaign.pacing.longestWrapUp == .seconds(600))
        #expect(campaign.pacing.callsPerHour == 200)
        #expect(campaign.retry.order == .freshFirst)
        #expect(campaign.retry.outcomes[.failedFast] == .stop)
        let rule = campaign.retry.outcomes[.noAnswer]
        #expect(rule?.upTo == .seconds(7200))
        #expect(rule?.growth == 1.5)
        #expect(rule?.nextNumber == true)
        #expect(campaign.retry.rule(for: .notInterested)?.after == .seconds(90 * 86_400))
    }

    @Test("what “campaign show” prints reads back as the same campaign, defaults included")
    func roundTrip() throws {
        for text in [Self.full, "campaign: a\nregion: US\n", "campaign: b\nregion: NZ\npause_reasons: Tea\n"] {
            let campaign = try CampaignFile.read(text, file: "c.yaml")
            var again = try CampaignFile.read(campaign.yaml, file: "shown.yaml")
            // The written form names the rules of classes that the read one leaves to their outcomes.
            again.retry.classes = campaign.retry.classes
            #expect(again == campaign)
        }
    }

    /// A line that is wrong, and a word of the message that says so.
    static let mistakes: [(String, String)] = [
        ("caps: [{ attempts: 3 }]", "within"), ("caps: [{ within: 1d }]", "silence_after"),
        ("caps: [{ attempts: 3, conversations: 1, within: 1d }]", "one of"),
        ("caps: [{ attempts: 3, within: 1s }]", "1m"), ("caps: [{ silence_after: dinner, lasting: 1d }]", "refusal"),
        ("holidays: [12-32]", "holiday"), ("consent: maybe", "required"),
        ("brakes: { agent_absent: { share: 4 } }", "share"),
        ("weight: 0", "1000"), ("trunks: { a: none }", "whole number"),
        ("calling_rules: { pack: [us, none] }", "alone"),
        ("calling_rules: { purpose: charty }", "did you mean “charity”?"),
        ("calling_rules: { automated: false }", "say why"),
        ("calling_rules: { not_automated_because: it is not }", "go together"),
        ("relationship: { purchase_fields: last_order }", "purchase_field”"),
        ("calling_rules: { pack_age: { warn: 300d, stop: 30d } }", "warn"),
        ("retry: { no_answer: { after: 2h, up_to: 1h } }", "up_to"),
        ("retry: { no_answer: { growth: 0.5 } }", "growth"),
        ("retry: { order: random }", "retries_first"), ("pacing: { mode: predictive }", "preview"),
        ("calling_rules: { time_zone: GMT-0500 }", "America/New_York"),
        ("calling_rules: { time_zone: EST }", "contact"),
        ("calling_rules: { time_zone: Etc/GMT+5 }", "contact"), ("calling_rules: { time_zone: \"-05:00\" }", "contact"),
        ("calling_rules: { pack: \"fr, de\" }", "[fr, de]"), ("stations: desk-1,desk-2", "[desk-1, desk-2]"),
        (
            "calling_rules: { windows: { fri: \"18:00-02:00\" } }",
            "18:00-24:00 on this day, and 00:00-02:00 on the next"
        ),
        ("calling_rules: { windows: { fri: \"18:00-00:00\" } }", "18:00-24:00"),
        ("dial: { region: UK }", "the code that is meant is GB"),
        ("callbacks: { grace: 90d }", "30d"), ("stations: [{ a: b }]", "list of names"),
    ]

    @Test(
        "the windows' clock is the contact's, UTC, or that of a place", arguments: ["contact", "UTC", "Europe/Paris"])
    func zones(zone: String) throws {
        let text = "campaign: a\nregion: US\ncalling_rules: { time_zone: \(zone) }\n"
        let settings = try CampaignFile.read(text, file: "c.yaml").callingRules
        #expect(settings.timeZone == (zone == "contact" ? .contact : .fixed(zone)))
    }

    @Test("a country's name in daily use is answered with its code", arguments: [("UK", "GB"), ("usa", "US")])
    func region(written: String, code: String) {
        #expect {
            try CampaignFile.read("campaign: a\nregion: \(written)\n", file: "c.yaml")
        } throws: {
            "\($0)".contains("c.yaml:2") && "\($0)".contains("the code that is meant is \(code)")
        }
    }

    @Test("a mistake is named with its line and what to do", arguments: mistakes)
    func mistake(line: String, word: String) {
        do {
            _ = try CampaignFile.read("campaign: a\nregion: US\n\(line)\n", file: "c.yaml")
            Issue.record("“\(line)” must be refused")
        } catch {
            #expect(error.problems.first?.line == 3)
            #expect(error.description.contains(word), "\(error)")
        }
    }
}
