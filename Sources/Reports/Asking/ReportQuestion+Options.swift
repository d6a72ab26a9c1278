import CampaignStore

/// What a question may say beside the name of its report.
public enum ReportOption: String, Sendable, CaseIterable, Hashable {
    /// The stretch of time.
    case since, until
    case campaign, list, agent, station
    /// By what outcomes are told apart.
    case by
    case place
    case compare
    /// Another time than now, for what is told of one moment.
    case at
}

extension ReportName {
    /// What the report goes by; anything else is refused, so that no filter is taken for granted that does nothing.
    public var options: Set<ReportOption> {
        let period: Set<ReportOption> = [.since, .until]
        let calls = period.union([.campaign, .list, .agent, .station])
        switch self {
        case .outcomes: return calls.union([.by, .compare])
        case .dispositions: return calls.union([.compare])
        case .hours: return calls.union([.place, .compare])
        case .penetration: return period.union([.campaign, .list, .compare])
        case .inventory: return [.campaign, .at]
        case .agents: return period.union([.campaign, .agent, .station, .compare])
        case .callbacks: return period.union([.campaign, .agent])
        case .compliance: return period.union([.campaign, .compare])
        case .phones: return period.union([.campaign, .station, .compare])
        case .conflicts, .attempts: return calls
        case .audit: return period
        case .closing: return period.union([.campaign])
        }
    }

    /// Refuses an option that the report does not go by.
    ///
    /// - Throws: `ReportMistake` with the option's name.
    public func check(_ option: ReportOption) throws {
        guard !options.contains(option) else { return }
        let others = ReportName.allCases.filter { $0.options.contains(option) }.map(\.rawValue)
        throw ReportMistake(
            option.rawValue,
            "The report \(rawValue) takes no “\(option.rawValue)”; leave it out, or ask for \(others.joined(separator: ", "))."
        )
    }
}

extension ReportQuestion {
    /// Refuses what does not go with the report.
    ///
    /// - Throws: `ReportMistake` with the field.
    public func check() throws {
        if scope.list != nil { try report.check(.list) }
        if scope.agent != nil { try report.check(.agent) }
        if scope.station != nil { try report.check(.station) }
        if scope.campaigns != nil, report != .audit { try report.check(.campaign) }
        if grouping != .campaign { try report.check(.by) }
        if isCompared { try report.check(.compare) }
        if place != nil { try report.check(.place) }
        if report == .closing, scope.campaigns?.count != 1 {
            throw ReportMistake("campaign", "The closing report is of one campaign; name it with campaign.")
        }
    }

    /// The place in the form in which areas have it.
    ///
    /// - Throws: `ReportMistake` where it is written otherwise.
    public func readPlace() throws -> String? {
        guard let place else { return nil }
        let read = place.uppercased()
        guard read.wholeMatch(of: #/[A-Z]{2}(-[A-Z0-9]{1,3})?/#) != nil else {
            throw ReportMistake(
                "place", "“\(place)” is no place; write a country as US, or a state or province as US-TX.")
        }
        return read
    }
}
