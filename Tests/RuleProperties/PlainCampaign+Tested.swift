import CallingRules
import Campaigns

/// The plain rules as the code under test has them.
extension PlainCampaign {
    private static let packs: [String: RulePack] = Dictionary(
        uniqueKeysWithValues: CaseGenerator.packs.map { plain in
            do {
                return (plain.name, try RulePackFile.read(plain.yaml, file: plain.name))
            } catch {
                preconditionFailure("a generated pack must be readable: \(error)")
            }
        })

    /// Its pack, read from its file.
    var book: RuleBook {
        RuleBook(pack.flatMap { Self.packs[$0.name] }.map { [$0] } ?? [.none])
    }

    /// The campaign under test.
    func campaign(named name: String) -> Campaign {
        let plain = self
        var campaign = Campaign(name: name, region: "US")
        campaign.callingRules = CallingRulesSettings(pack: plain.pack?.name ?? "none")
        campaign.callingRules.timeZone = plain.fixedZone.map { .fixed($0) } ?? .contact
        campaign.callingRules.windows = plain.window.map { window in
            WeeklyWindows(
                Dictionary(
                    uniqueKeysWithValues: window.days.map { day, spans in
                        (Weekday.allCases[day], spans.map { $0.lowerBound..<$0.upperBound })
                    }))
        }
        campaign.callingRules.purposes = plain.isCharity ? ["charity"] : []
        campaign.holidays = (plain.window?.closed ?? []).sorted().compactMap { HolidayRule($0) }
        campaign.caps = plain.caps.map { cap in
            CallCap(
                limit: cap.limit, within: cap.seconds.map { .seconds($0) },
                counting: cap.onlyConversations ? .conversations : .attempts,
                subject: cap.onlyThisNumber ? .number : .contact, source: "generated",
                inCalendarDays: cap.isCalendar)
        }
        campaign.silences = plain.silences.map {
            Silence(
                after: $0.afterRefusal ? .refusal : .conversation, lasting: .seconds($0.seconds), source: "generated",
                inCalendarDays: $0.isCalendar)
        }
        campaign.consent.isRequired = plain.consent
        campaign.dial.ringTimeout = .milliseconds(plain.ring)
        campaign.callingRules.packAge.stop = .seconds(3653 * 86_400)
        campaign.retry.totalAttempts = plain.total
        campaign.callbacks.grace = .milliseconds(plain.grace)
        for (outcome, rule) in plain.retries {
            campaign.retry.outcomes[outcome] = RetryRule(
                attempts: rule.attempts, after: .seconds(rule.after), upTo: .seconds(rule.upTo), growth: rule.growth,
                longest: .seconds(rule.longest), otherDayPart: rule.otherPart, otherWeekday: rule.otherWeekday,
                nextNumber: rule.nextNumber)
        }
        return campaign
    }
}
