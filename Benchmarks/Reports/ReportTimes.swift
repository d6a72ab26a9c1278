import CampaignStore
import Campaigns
import Reports
import Supervision

/// How long every report takes, and by what SQLite answers.
struct ReportTimes {
    /// The promise: no report takes longer at the median, in seconds.
    static let limit = 1.0
    static let rounds = 7

    let store: CampaignStore
    let share: ShareData
    let asked: AskedReports

    /// Prints a line a report and question. Returns the reports that took too long or did not answer, in words.
    func measure(_ reports: [ReportName]) throws -> [String] {
        var tooSlow: [String] = []
        say("report         question            median       most      rows")
        for report in reports {
            for asked in asked.questions(report) {
                do {
                    let (times, rows) = try times(asked.question)
                    let median = times[times.count / 2]
                    say(
                        Self.padded(report.rawValue, 15) + Self.padded(asked.words, 16) + Self.right(median)
                            + Self.right(times.last ?? 0) + Self.right("\(rows)"))
                    if median > Self.limit { tooSlow.append("\(report.rawValue), \(asked.words): \(median) s") }
                } catch let mistake as ReportMistake {
                    say(Self.padded(report.rawValue, 15) + Self.padded(asked.words, 16) + mistake.description)
                    guard !asked.mayBeRefused || mistake.field == "report" else { continue }
                    tooSlow.append("\(report.rawValue), \(asked.words): no answer")
                }
            }
        }
        return tooSlow
    }

    /// The times of each round in seconds, the shortest first, and how many rows its tables have.
    private func times(_ question: ReportQuestion) throws -> (times: [Double], rows: Int) {
        var times: [Double] = []
        var rows = 0
        for _ in 0..<Self.rounds {
            let began = ContinuousClock.now
            let report = try Reporting.answer(question, in: store, share)
            times.append((ContinuousClock.now - began).inSeconds)
            rows = report.sections.reduce(0) { $0 + $1.table.rows.count }
            // What takes ten times too long does not need to be shown again.
            if times.allSatisfy({ $0 > 10 * Self.limit }) { break }
        }
        return (times.sorted(), rows)
    }

    /// Prints how SQLite answers the sums that reports are made of.
    func printPlans() throws {
        let questions: [(dimensions: [CallDimension], words: String)] = [
            ([.campaign], "all time"), ([.campaign, .list], "all time"), ([.campaign, .list, .pass], "all time"),
            ([.quarterHour], "last month"), ([.localHour], "all time"), ([.station], "all time"),
            ([.agent], "all time"),
            ([.campaign, .agent], "one campaign"), ([.agent], "one agent"), ([.localHour], "one list"),
            ([.list], "one station"),
        ]
        let known = asked.questions(.outcomes)
        for (dimensions, words) in questions {
            guard let scope = known.first(where: { $0.words == words })?.question.scope else { continue }
            say("plan of \(dimensions.map(\.rawValue).joined(separator: ", ")), \(words):")
            let parts: Set<TallyPart> =
                dimensions.contains(.pass) ? [.counts, .success, .persons] : [.counts, .times, .success, .persons]
            for line in try store.tallyPlan(by: dimensions, in: scope, parts: parts) { say("  \(line)") }
        }
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    private static func right(_ text: String) -> String {
        String(repeating: " ", count: max(1, 10 - text.count)) + text
    }

    private static func right(_ seconds: Double) -> String { right("\((seconds * 1000).rounded() / 1000) s") }
}
