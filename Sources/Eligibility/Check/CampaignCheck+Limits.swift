import CallingRules
import Campaigns
import RetryPolicy

/// Caps and silences that hold a policy's calls back for longer than the policy says.
extension CampaignCheck {
    /// What a retry rule follows, as its key in the file.
    private struct Following {
        var key: String
        var rule: RetryRule
        var outcome: Outcome
        var said: DispositionClass?
        /// Whether a person was reached, by what caps and silences look at.
        var isConversation: Bool
        var isRefusal: Bool
    }

    /// One sentence a finding: rule by rule, then callbacks, then all attempts together.
    var limits: [String] {
        var found: [String] = []
        let here = areas.map { rules.demands(on: .unknown, in: $0.area, at: now) }
        for cap in Self.unique(here.flatMap { $0.caps.map(\.value) }, by: { "\($0.sentence) \($0.source)" }) {
            let retries = retries(against: cap)
            // Rules that ask for too much one by one do so together.
            found += retries.isEmpty ? total(against: cap) : retries
            found += callbacks(after: cap.limit, cap)
        }
        for silence in Self.unique(here.flatMap { $0.silences.map(\.value) }, by: { "\($0.sentence) \($0.source)" }) {
            found += retries(against: silence)
            if silence.after == .conversation {
                found += callbacks(during: silence.lasting, "a \(silence.sentence)", silence.source)
            }
        }
        return found
    }

    /// Every rule that the campaign has: of outcomes, and of dispositions where they differ.
    private var follows: [Following] {
        let retry = rules.campaign.retry
        let outcomes = RetrySettings.settableOutcomes.compactMap { outcome in
            retry.outcomes[outcome].map {
                Following(
                    key: outcome.rawValue, rule: $0, outcome: outcome, isConversation: outcome.isConversation,
                    isRefusal: false)
            }
        }
        let classes = RetrySettings.settableClasses.compactMap { said in
            retry.classes[said].map {
                Following(
                    key: "dispositions.\(said.rawValue)", rule: $0, outcome: .answered, said: said,
                    isConversation: ![.machine, .busyTone, .noAnswer].contains(said), isRefusal: said == .notInterested)
            }
        }
        return outcomes + classes
    }

    /// One sentence for every rule that asks for more than a cap allows.
    private func retries(against cap: CallCap) -> [String] {
        let over = follows.filter { asksForMore($0, than: cap) }
        guard let first = over.first else { return [] }
        let asked =
            over.count == 1
            ? "\(first.key) asks for \(attempts(first)) attempts"
            : "\(Self.list(over.map { "\($0.key) (\(attempts($0)) attempts)" })) ask for more"
        let allowed =
            "but \(cap.source) allows \(cap.limit)"
            + (cap.counting == .conversations ? " conversation\(cap.limit == 1 ? "" : "s")" : "")
        guard let within = cap.within else { return ["\(asked), \(allowed) for ever: the others never come"] }
        return [
            "\(asked), \(allowed) within \(DurationText.spoken(within)): the others come later than “after” says"
        ]
    }

    private func attempts(_ entry: Following) -> Int { min(entry.rule.attempts, rules.campaign.retry.totalAttempts) }

    private func asksForMore(_ entry: Following, than cap: CallCap) -> Bool {
        guard cap.counting == .attempts || entry.isConversation, attempts(entry) > cap.limit else { return false }
        guard let within = cap.within else { return true }
        return (1...cap.limit).reduce(0) { $0 + least(entry, after: $1) } < within.inSeconds
    }

    /// One sentence for every rule that calls again while a silence lasts.
    private func retries(against silence: Silence) -> [String] {
        let early = follows.filter { entry in
            guard silence.after == .refusal ? entry.isRefusal : entry.isConversation, attempts(entry) > 1 else {
                return false
            }
            return silence.lasting.map { least(entry, after: 1) < $0.inSeconds } ?? true
        }
        guard !early.isEmpty else { return [] }
        let delay = { DurationText.spoken(.seconds(Int64(least($0, after: 1)))) }
        let again =
            early.count == 1
            ? "\(early[0].key) calls again after \(delay(early[0]))"
            : "\(Self.list(early.map { "\($0.key) (after \(delay($0)))" })) call again"
        return ["\(again), but \(silence.source) asks for \(silence.sentence)"]
    }

    /// `a`, `a and b`, `a, b and c`.
    private static func list(_ items: [String]) -> String {
        guard items.count > 1, let last = items.last else { return items.first ?? "" }
        return "\(items.dropLast().joined(separator: ", ")) and \(last)"
    }

    private func callbacks(after limit: Int, _ cap: CallCap) -> [String] {
        // A callback follows one conversation; a cap that allows another leaves it alone.
        guard limit == 1 else { return [] }
        return callbacks(during: cap.within, "at most \(cap.sentence)", cap.source)
    }

    private func callbacks(during blocked: Duration?, _ limit: String, _ source: String) -> [String] {
        let campaign = rules.campaign
        let agrees = campaign.dispositions.contains {
            [.callbackAny, .callbackAgent].contains($0.dispositionClass)
        }
        guard agrees, campaign.retry.totalAttempts > 1 else { return [] }
        if let blocked, campaign.callbacks.after.inSeconds >= blocked.inSeconds { return [] }
        let until =
            blocked.map { "comes later where it was agreed for less than \(DurationText.spoken($0)) on" }
            ?? "never comes"
        return ["\(source) asks for \(limit): a callback \(until)"]
    }

    /// The policy's attempts in all, where even its longest delays leave no room for them under a cap.
    private func total(against cap: CallCap) -> [String] {
        let total = rules.campaign.retry.totalAttempts
        guard cap.counting == .attempts, total > cap.limit else { return [] }
        let what = "total_attempts is \(total), but \(cap.source) allows \(cap.limit) calls"
        guard let within = cap.within else { return ["\(what) for ever"] }
        guard longestPause * Double(cap.limit) < within.inSeconds else { return [] }
        return [
            "\(what) within \(DurationText.spoken(within)), and the retry rules wait less than that allows: the others come later"
        ]
    }

    /// The longest that any rule with a further attempt waits, in seconds.
    private var longestPause: Double {
        follows.filter { $0.rule.attempts > 1 }.map { entry in
            let rule = entry.rule
            let longest = max(pause(entry, after: rule.attempts - 1, dice: 1), pause(entry, after: 1, dice: 1))
            // Another part of the day is at most 12 hours off, another weekday at most a day.
            return longest + (rule.otherDayPart ? 12 * 3600 : 0) + (rule.otherWeekday ? 86_400 : 0)
        }.max() ?? 0
    }

    private func least(_ entry: Following, after ending: Int) -> Double { pause(entry, after: ending, dice: 0) }

    /// The delay, in seconds, after the nth ending of a kind, as the policy itself says it.
    private func pause(_ entry: Following, after ending: Int, dice: Double) -> Double {
        var rule = entry.rule
        rule.attempts = ending + 1
        rule.otherDayPart = false
        rule.otherWeekday = false
        var settings = RetrySettings()
        settings.totalAttempts = 1000
        if let said = entry.said { settings.classes[said] = rule } else { settings.outcomes[entry.outcome] = rule }
        let ended = Instant(milliseconds: 0)
        let facts = RetryFacts(
            endedAt: ended, dialledAt: ended, outcome: entry.outcome, disposition: entry.said, sameEnding: ending,
            totalAttempts: ending, undialledInDay: 0, hasOtherNumber: false, dice: dice)
        switch RetryPolicy(settings).decide(facts, clock: LocalClock { _ in 0 }) {
        case .retry(let at, _), .nextNumber(let at, _): return at.since(ended).inSeconds
        default: return 0
        }
    }
}
