import CallingRules
import Campaigns

/// How far back any calling rule can look: calls that are younger must be there when it is asked.
public struct CallMemory: Sendable, Hashable {
    /// The longest window of a cap, or silence, that ends.
    public private(set) var longest: Duration
    /// The rule that it is of; nil where no rule looks back.
    public private(set) var longestRule: String?
    /// A cap or silence without end, with its campaign: no call may go while it holds.
    public private(set) var endless: String?

    /// The memory of some campaigns' rules together: caps hold across campaigns.
    public init(of rules: [EligibilityRules]) {
        longest = .zero
        for each in rules {
            let packs = each.book.packs.flatMap(\.rules)
            let caps = each.campaign.caps + packs.flatMap(\.caps)
            let silences = each.campaign.silences + packs.flatMap(\.silences)
            let limits =
                caps.map { cap in
                    (cap.within.map { CalendarDays.reach($0, cap.inCalendarDays) }, "\(cap.sentence) (\(cap.source))")
                }
                + silences.map { silence in
                    (
                        silence.lasting.map { CalendarDays.reach($0, silence.inCalendarDays) },
                        "\(silence.sentence) (\(silence.source))"
                    )
                }
            for (window, rule) in limits {
                guard let window else {
                    endless = endless ?? "\(rule), campaign \(each.campaign.name)"
                    continue
                }
                guard window > longest else { continue }
                longest = window
                longestRule = "\(rule), campaign \(each.campaign.name)"
            }
        }
    }

    /// Why no call is removed, whatever the period, as a sentence; nil where calls can be.
    public var keepsAll: String? {
        endless.map { "no call is removed while a rule looks back without end: \($0); give that rule a window" }
    }

    /// Why calls cannot be kept for so short a time, as a sentence that says what to do; nil where they can.
    public func problem(keeping period: Duration) -> String? {
        guard period < longest, let longestRule else { return nil }
        return "calls would be kept \(DurationText.write(period)), shorter than a rule looks back: \(longestRule); "
            + "keep them \(DurationText.write(longest)) or longer"
    }
}
