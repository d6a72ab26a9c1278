import CampaignStore

/// The hours of the contact's week in which people answer most.
enum BestHours {
    /// Hours with fewer calls are not ranked: their rate is luck.
    static let leastCalls = 20

    /// Hours by the lower end of the 95 % interval of their contact rate (Wilson), the best first, so that a few lucky calls
    /// do not win over many good ones.
    static func ranked(_ hours: [(hour: Int64, tally: CallTally)]) -> [(hour: Int64, tally: CallTally)] {
        hours.filter { $0.hour >= 0 && $0.tally.counted >= leastCalls && $0.tally.persons > 0 }
            .sorted { left, right in
                let (first, second) = (lowerEnd(left.tally), lowerEnd(right.tally))
                return first != second ? first > second : left.hour < right.hour
            }
    }

    private static func lowerEnd(_ tally: CallTally) -> Double {
        let (calls, deviations) = (Double(tally.counted), 1.96)
        let rate = Double(tally.persons) / calls
        let square = deviations * deviations
        let spread = (rate * (1 - rate) / calls + square / (4 * calls * calls)).squareRoot()
        return (rate + square / (2 * calls) - deviations * spread) / (1 + square / calls)
    }

    /// The first three in a sentence.
    static func sentence(_ hours: [(hour: Int64, tally: CallTally)]) -> String {
        let best = ranked(hours).prefix(3)
        guard !best.isEmpty else {
            return "No hour has \(leastCalls) calls and a person who answered yet, so none is called the best."
        }
        let texts = best.map { hour, tally in
            "\(HourCells.spoken(hour)) (\(Cell.share(tally.persons, of: tally.counted).text) of \(tally.counted) calls)"
        }
        return "People answer most on \(texts.joined(separator: ", ")), on their own clock; hours with fewer than "
            + "\(leastCalls) calls are left out, and of the others many calls count for more than few."
    }

    static func table(_ hours: [(hour: Int64, tally: CallTally)], most: Int) -> Table {
        Table(
            columns: HourCells.columns, rows: ranked(hours).prefix(most).map { HourCells.row($0.hour, $0.tally) })
    }
}

/// The cells of one hour of the contact's week.
enum HourCells {
    static let columns = ["weekday", "hour", "calls", "persons", "contact_rate", "successes"]

    static func row(_ hour: Int64, _ tally: CallTally) -> [Cell] {
        [.text(GroupLabel.weekday(hour) ?? "none"), Cell(GroupLabel.hour(hour))] + sums(tally)
    }

    static func sums(_ tally: CallTally) -> [Cell] {
        [
            Cell(tally.counted), Cell(tally.persons), .share(tally.persons, of: tally.counted), Cell(tally.successes),
        ]
    }

    static func spoken(_ hour: Int64) -> String {
        [GroupLabel.weekday(hour), GroupLabel.hour(hour)].compactMap { $0 }.joined(separator: " ")
    }
}
