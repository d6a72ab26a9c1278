import CallingRules
import Campaigns

/// What a campaign's file leaves unsaid, and what it takes on itself.
extension CampaignCheck {
    /// A file that says `pack: none` is named wherever the campaign is looked at.
    var withoutRules: [String] {
        rules.campaign.callingRules.isWithoutRules ? [CallingRulesSettings.withoutRulesText] : []
    }

    /// The registries that the file has to name, and the states' own lists that it may have to.
    var registries: [String] {
        let gaps = Self.unique(areas.compactMap { rules.gap(in: $0.area, at: now) } + [ownGap].compactMap { $0 }) {
            $0.text
        }
        let told = gaps.filter { gap in
            // Where no hours are known either, the hours say it.
            gap.code != "no_rule" || rules.book.unknownRegion == nil
        }.map { gap in rules.graceWarning(gap, at: now) ?? "nobody there is called: \(gap.text)" }
        if gaps.isEmpty, rules.campaign.suppression.isSilent { return [Self.silent] + states }
        return told + states
    }

    /// What is missing for the region of the file's own numbers, also where no contact is there yet.
    private var ownGap: FileGap? {
        let region = rules.campaign.region
        return rules.gap(in: Area(zones: [], region: region, jurisdiction: region), at: now)
    }

    /// A campaign says which do-not-call registries bind it, or why none does, so that nobody merely forgot.
    private static let silent =
        "“suppression” is missing: name the do-not-call registries that bind it, suppression: { registries: [NAME] }, "
        + "or say why none applies, suppression: { none_because: \"WHY NONE APPLIES\" }"

    /// One sentence on the lists of all states where contacts are.
    private var states: [String] {
        let lists = Self.unique(areas.flatMap { rules.stateRegistries(in: $0.area, at: now) }) {
            "\($0.place) \($0.name)"
        }
        .sorted { ($0.place, $0.name) < ($1.place, $1.name) }
        guard !lists.isEmpty else { return [] }
        let example = lists[0].place.lowercased()
        return [
            "states with do-not-call lists of their own: "
                + lists.map { "\($0.place) (\($0.name))" }.joined(separator: ", ")
                + "; where one binds the campaign, load it and name it under “registries” with its state, such as \(example)"
        ]
    }

    static func unique<Value>(_ values: [Value], by key: (Value) -> String) -> [Value] {
        var known: Set<String> = []
        return values.filter { known.insert(key($0)).inserted }
    }
}
