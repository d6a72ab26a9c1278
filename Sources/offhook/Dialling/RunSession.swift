import CallingRules
import CampaignStore
import Campaigns
import Dialer
import Foundation
import Reports

/// A run in a terminal or a pipe: announcement, live progress, Ctrl-C, the closing table.
struct RunSession: Sendable {
    let engine: DialerEngine
    let store: CampaignStore
    /// No progress: standard output is for the summary alone.
    let quiet: Bool
    let log: ProgramLog

    /// Says which stations will dial without an agent's screen.
    private func announce(_ options: EngineOptions) throws {
        let all = try store.devices().flatMap { $0.stations.map(\.name) }
        guard !all.isEmpty else {
            throw CommandFailure(
                "There are no phones yet; describe them in a file and run: offhook phones apply phones.yaml")
        }
        let names = all.filter(options.isStaffed)
        guard !names.isEmpty else {
            throw CommandFailure(
                "No station fits --stations \(options.stations.joined(separator: " ")); see offhook stations list.")
        }
        log.announce("\(names.count) stations will dial without an agent's screen: \(names.joined(separator: ", "))")
    }

    /// Runs the engine with progress; the first signal stops placing calls, the second leaves at once.
    ///
    /// - Parameter options: the engine's, whose stations are announced first; nil where somebody has said all there is to say.
    func run(announcing options: EngineOptions? = nil) async throws -> RunSummary {
        // Whoever has read the announcement may stop the run.
        let interrupts = Interrupts.stopping(engine, log)
        defer { interrupts.cancel() }
        if let options { try announce(options) }
        let display = quiet ? nil : Task { await show() }
        defer { display?.cancel() }
        let summary = try await engine.run()
        display?.cancel()
        await display?.value
        return summary
    }

    private func show() async {
        var progress = ProgressDisplay(isTerminal: Console.isTerminal)
        while !Task.isCancelled {
            try? await Task.sleep(for: progress.interval)
            guard let status = try? await engine.status() else { continue }
            progress.show(status)
        }
        progress.close()
    }

    /// The closing words of a run.
    func finish(_ summary: RunSummary, format: OutputFormat) throws {
        if format == .json {
            Console.json(RunSummaryText.json(summary))
        } else {
            Console.say("\(RunSummaryText.sentence(summary))")
            let question = ReportQuestion(.outcomes, scope: .always(), clock: .utc, now: Instant(Date()))
            let table = try CallOutcomeReport.answer(question, in: store).sections[0].table
            if !table.rows.isEmpty { Console.say(layout: "\n" + table.text) }
        }
    }
}
