import CampaignStore
import Campaigns

/// The figures at the head of reports of calls.
public enum CallFigures {
    /// Calls, connected, persons, contact rate, successes and talk, each beside that of the period before.
    ///
    /// - Parameter hasTimes: false where talk was not added up.
    public static func figures(_ now: CallTally, before: CallTally?, hasTimes: Bool = true) -> [ReportFigure] {
        let figures = [
            figure("calls", "Calls", .neutral, now, before) { Cell($0.counted) },
            figure("connected", "Connected", .good, now, before) { Cell($0.connected) },
            figure("persons", "Persons", .good, now, before) { Cell($0.persons) },
            figure("contact_rate", "Contact rate", .good, now, before) { .share($0.persons, of: $0.counted) },
            figure("successes", "Successes", .good, now, before) { Cell($0.successes) },
        ]
        return hasTimes
            ? figures + [figure("talk_min", "Talk, minutes", .neutral, now, before) { .minutes($0.talk) }] : figures
    }

    private static func figure(
        _ column: String, _ label: String, _ direction: ReportFigure.Direction, _ now: CallTally, _ before: CallTally?,
        _ value: (CallTally) -> Cell
    ) -> ReportFigure {
        ReportFigure(
            column: column, label: label, value: value(now), before: before.map(value) ?? .none, direction: direction)
    }
}

extension Cell {
    /// A part of a whole; nothing where the whole is nothing.
    static func share(_ part: Int, of whole: Int) -> Cell {
        whole == 0 ? .none : .share(Double(part) / Double(whole))
    }

    /// Milliseconds in minutes.
    static func minutes(_ milliseconds: Int64) -> Cell { .decimal(Double(milliseconds) / 60_000) }

    /// Milliseconds in whole seconds an attempt, a half upwards; nothing where there is none.
    static func averageSeconds(_ milliseconds: Int64, of attempts: Int) -> Cell {
        guard attempts > 0 else { return .none }
        let whole = Int64(attempts) * 1000
        return .integer((milliseconds + whole / 2) / whole)
    }
}
