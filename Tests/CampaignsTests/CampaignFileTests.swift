import Campaigns
import PhoneNumbers
import Testing

@Suite("campaign.yaml") struct CampaignFileTests {
    static let full = """
        campaign: spring-renewals
        region: US                      # how to read national numbers
        dial: { ring_timeout: 25s }
        calling_rules: { pack: us, time_zone: contact, windows: { mon-fri: "09:00-20:00", sat: "10:00-16:00" } }
        pacing: { mode: progressive, wrap_up: 20s, calls_per_minute: 60, max_concurrent: 30 }
        retry:
          no_answer: { attempts: 3, after: 4h, other_day_part: true }
          busy_or_rejected: { attempts: 3, after: 20m }
          dispositions: { machine: { attempts: 2, after: 1d } }
          total_attempts: 6
        dispositions:
          - { code: SALE, label: Sale, class: success }
          - { code: NI, label: Not interested, class: not_interested }
        script: script.md
        """

    private func problems(_ yaml: String) -> [FileProblem] {
        do {
            _ = try CampaignFile.read(yaml, file: "c.yaml")
            return []
        } catch {
            return error.problems
        }
    }

    @Test("the design's example is read as it says")
    func example() throws {
        let campaign = try CampaignFile.read(Self.full, file: "campaign.yaml")
        #expect(campaign.name == "spring-renewals")
        #expect(campaign.callingRules.windows?.spans[.saturday] == [600..<960])
        #expect(campaign.callingRules.windows?.spans[.sunday] == nil)
        #expect(campaign.pacing.maxConcurrent == 30)
        #expect(
            campaign.retry.outcomes[.noAnswer] == RetryRule(attempts: 3, after: .seconds(14_400), otherDayPart: true))
        #expect(campaign.retry.rule(for: .machine)?.after == .seconds(86_400))
        #expect(campaign.dispositions.map(\.dispositionClass) == [.success, .notInterested])
    }

    @Test("only campaign and region are needed; the rest has the design's defaults")
    func defaults() throws {
        let campaign = try CampaignFile.read("campaign: a\nregion: us\n", file: "c.yaml")
        #expect(campaign.region == "US")
        #expect(campaign.callingRules.pack == "us")
        #expect(campaign.dial.ringTimeout == .seconds(25))
        #expect(campaign.pacing.wrapUp == .seconds(20))
        #expect(campaign.retry.outcomes[.failedFast] == RetryRule(attempts: 2, after: .seconds(3600)))
        #expect(campaign.retry.totalAttempts == 6)
        #expect(try CampaignFile.read("campaign: a\nregion: GB\n", file: "c.yaml").callingRules.pack == "uk")
        #expect(try CampaignFile.read("campaign: a\nregion: NZ\n", file: "c.yaml").callingRules.pack == "none")
    }

    @Test(
        "a campaign written out with its defaults reads back the same", arguments: [full, "campaign: a\nregion: FR\n"])
    func roundTrip(yaml: String) throws {
        let campaign = try CampaignFile.read(yaml, file: "c.yaml")
        var again = try CampaignFile.read(campaign.yaml, file: "again.yaml")
        // The written form names the classes' rules that the read one leaves to their outcomes.
        for dispositionClass in RetrySettings.settableClasses {
            #expect(again.retry.rule(for: dispositionClass) == campaign.retry.rule(for: dispositionClass))
        }
        again.retry.classes = campaign.retry.classes
        #expect(again == campaign)
    }

    @Test("all mistakes come at once, each with its line")
    func allAtOnce() {
        let found = problems(
            """
            campaign: two words
            region: XX
            dial: { ring_timeout: 5s }
            pacing: { calls_per_minut: 60 }
            retry:
              no_answer: { attempts: 0, after: soon }
            """)
        #expect(found.map(\.line) == [1, 2, 3, 4, 6, 6])
        #expect(found.first { $0.line == 4 }?.message.contains("did you mean “calls_per_minute”?") == true)
        #expect(found.first { $0.line == 3 }?.message.contains("15s") == true)
    }

    @Test("text that is no YAML is one sentence with its line", arguments: ["a: [1, 2\nb: 3", "a: b: c", "\tx: 1"])
    func malformed(yaml: String) {
        let found = problems(yaml)
        #expect(found.count == 1)
        #expect(found.first?.message.contains("not YAML") == true)
    }

    @Test("a reserved key is refused rather than ignored")
    func reservedKey() {
        let found = problems("campaign: a\nregion: US\nwebhooks: { url: x }\n")
        #expect(found.count == 1)
        #expect(found.first?.message.contains("reserved") == true)
    }

    @Test("an empty file, a list, and a file without its keys are refused", arguments: ["", "- a\n", "region: US\n"])
    func missing(yaml: String) {
        #expect(!problems(yaml).isEmpty)
    }

    @Test(
        "windows that cannot be, are refused",
        arguments: ["mon: \"20:00-09:00\"", "mon: \"9-17\"", "weekend: \"09:00-10:00\"", "mon: \"09:00-25:00\""])
    func badWindows(entry: String) {
        let yaml = "campaign: a\nregion: US\ncalling_rules: { windows: { \(entry) } }\n"
        #expect(problems(yaml).map(\.line) == [3])
    }
}
