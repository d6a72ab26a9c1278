import CampaignStore
import Campaigns

/// The cells of one outcome, in every table that splits calls by outcome.
enum OutcomeCells {
    static let columns = ["outcome", "attempts", "contacts", "share", "ring_s", "talk_s"]

    static func row(_ outcome: Outcome, _ attempts: Int, of tally: CallTally, contacts: Int?) -> [Cell] {
        [
            .text(outcome.rawValue), Cell(attempts), contacts.map { Cell($0) } ?? .none,
            .share(attempts, of: tally.attempts),
            .averageSeconds(tally.ringMilliseconds[outcome] ?? 0, of: attempts),
            .averageSeconds(tally.talkMilliseconds[outcome] ?? 0, of: attempts),
        ]
    }

    static func total(_ tally: CallTally, contacts: Int?) -> [Cell] {
        [
            .none, Cell(tally.attempts), contacts.map { Cell($0) } ?? .none, .none,
            .averageSeconds(tally.ring, of: tally.attempts), .averageSeconds(tally.talk, of: tally.attempts),
        ]
    }
}

extension ReportQuestion {
    /// What stands where no call falls under the question: why, and what to do.
    var nothingCalled: String {
        let isFiltered =
            scope.campaigns != nil || scope.list != nil || scope.agent != nil || scope.station != nil || place != nil
        if scope.from <= ReportPeriod.everything.from, !isFiltered {
            return "Nothing was dialled yet. Calls are counted here when they are over."
        }
        return "No call that is over falls into this time\(isFiltered ? " and these filters" : ""); "
            + "choose an earlier beginning\(isFiltered ? ", or leave a filter out" : "")."
    }
}
