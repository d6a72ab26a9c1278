import Foundation
import Supervision

/// A line on the terminal while a file is read: how far, how fast, how long still, and what went wrong so far.
final class ImportProgress {
    private let started = ContinuousClock.now
    private var shown: ContinuousClock.Instant?
    /// Where standard error is a terminal.
    private let isShown = isatty(STDERR_FILENO) == 1
    private static let interval: Duration = .milliseconds(200)
    private static let barWidth = 24

    /// Shows the line anew, a few times a second at most.
    func show(_ progress: FileProgress) {
        let now = ContinuousClock.now
        guard isShown, shown.map({ now - $0 >= Self.interval }) ?? true else { return }
        shown = now
        let elapsed = (now - started) / .seconds(1)
        Console.redrawNote(Self.line(progress, seconds: elapsed))
    }

    /// Takes the line away.
    func clear() {
        guard isShown, shown != nil else { return }
        Console.redrawNote("")
    }

    static func line(_ progress: FileProgress, seconds: Double) -> String {
        let (rows, problems) = (progress.rows, progress.problems)
        let speed = seconds > 0 ? Int(Double(rows) / seconds) : 0
        var parts = ["\(rows) rows", "\(speed) rows/s"]
        if let total = progress.total, total > 0 {
            let share = min(1, Double(progress.bytes) / Double(total))
            let filled = Int(share * Double(barWidth))
            let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: barWidth - filled)
            parts.insert("[\(bar)] \(Int(share * 100)) %", at: 0)
            if share > 0.01, seconds > 1 { parts.append("\(Int(seconds / share * (1 - share)) + 1) s left") }
        }
        parts.append(problems == 0 ? "no problems" : "\(problems) problems")
        return parts.joined(separator: ", ")
    }
}
