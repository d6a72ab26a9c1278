import CampaignStore
import Campaigns
import Dialer
import Foundation

/// The live progress of a run: redrawn in place on a terminal, a plain line now and then in a pipe.
struct ProgressDisplay {
    let isTerminal: Bool
    private var drawn = 0
    private var last = ""

    init(isTerminal: Bool) {
        self.isTerminal = isTerminal
    }

    /// Real time between two looks.
    var interval: Duration { isTerminal ? .milliseconds(250) : .seconds(5) }

    mutating func show(_ status: EngineStatus) { show(Self.lines(status)) }

    /// Shows lines in place of the last ones, of which there were no more.
    mutating func show(_ lines: [String]) {
        if isTerminal {
            Console.redraw(lines, over: drawn)
            drawn = lines.count
        } else {
            let line = lines.joined(separator: " | ")
            if line != last { Console.say("\(line)") }
            last = line
        }
    }

    mutating func close() {
        drawn = 0
    }

    /// Stations by state, the pace, outcomes, what is left and when it ends.
    static func lines(_ status: EngineStatus) -> [String] {
        var counted: [StationState: Int] = [:]
        for station in status.stations { counted[station.state, default: 0] += 1 }
        let states = StationState.allCases.compactMap { state -> String? in
            counted[state].map { "\($0) \(spoken(state.rawValue))" }
        }
        let outcomes = Outcome.allCases.compactMap { outcome in
            status.outcomes[outcome].map { "\($0) \(spoken(outcome.rawValue))" }
        }
        let total = status.contacts.total
        let finished = total - status.contacts.remaining
        var left = "\(bar(finished, of: total)) \(status.contacts.remaining) of \(total) contacts left"
        if let end = status.expectedEnd {
            left += ", about \(DurationText.spoken(end.since(status.now))) to go"
            if status.contacts.waiting > 0 { left += " without \(status.contacts.waiting) that wait for a later call" }
        }
        if let due = status.nextDue { left += ", nothing due before \(due)" }
        var pace = "calls a minute: \(status.callsLastMinute)"
        if let held = status.held.first { pace += "; held: \(held.reason.text)" }
        if status.isStopping { pace += "; stopping" }
        if let trouble = status.trouble { pace += "; held: \(trouble)" }
        return [
            "stations: \(states.joined(separator: ", "))", pace,
            "outcomes: \(outcomes.isEmpty ? "none yet" : outcomes.joined(separator: ", "))", left,
        ]
    }

    private static func bar(_ done: Int, of total: Int) -> String {
        let width = 24
        let filled = total == 0 ? 0 : min(width, done * width / total)
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled) + "]"
    }

    private static func spoken(_ word: String) -> String {
        word.split(separator: "_").joined(separator: " ")
    }
}
