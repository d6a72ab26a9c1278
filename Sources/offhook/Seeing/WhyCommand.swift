import ArgumentParser
import CallingRules
import CampaignStore
import Campaigns
import CivilTime
import Eligibility
import PhoneNumbers
import Reports
import Supervision

/// `offhook why`: what stands between a number, or a whole campaign, and its next call.
struct WhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract:
            "Why a number was, or was not, called, and what stands before its next call; or what holds a campaign back."
    )
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Ask for another time, ISO 8601 with zone, such as 2026-03-08T14:00:00Z.") var at: String?
    @Option(help: "Region in which a national number is read.") var region = "US"
    @Option(help: "A whole campaign instead of a number.") var campaign: String?
    @Argument(help: "The number.") var number: String?

    func validate() throws {
        if (number == nil) == (campaign == nil) {
            throw ValidationError("Name a number, or a campaign with --campaign, and not both.")
        }
    }

    func run() async throws {
        let asked = try AskedTime.read(at)
        let now = asked ?? database.now
        let past = asked.flatMap { $0 < database.now ? $0 : nil }
        if let campaign {
            let store = try database.openToRead()
            let standstill = try Standstill(
                of: try store.campaign(named: campaign), in: store, ShareDirectory.data(database.path),
                judgedAt: asked == nil ? now : nil, at: now)
            if output.format == .table {
                for sentence in standstill.sentences { Console.say("\(sentence)") }
                if past != nil {
                    Console.say(
                        "Contacts, calls, stations and do-not-call entries are as of today; only the clock is that of \(now)."
                    )
                }
            } else {
                output.print(standstill.table, empty: "")
            }
        } else if let number {
            try explain(number, at: now, asOf: past, judged: asked == nil)
        }
    }

    private func explain(_ number: String, at now: Instant, asOf past: Instant?, judged: Bool) throws {
        let store = try database.openToRead()
        let share = try ShareDirectory.data(database.path)
        let read: PhoneNumber
        switch NumberReader().read(number, region: region.uppercased()) {
        case .success(let reading): read = reading.number
        case .failure(let problem): throw CommandFailure("“\(number)”: \(problem)")
        }
        let explanations = try store.contacts(holding: read, at: now, asOf: past).map { history in
            let rules = try CampaignRules.of(
                store.campaign(named: history.campaign), in: store, share, judgedAt: judged ? now : nil)
            return ContactExplanation(history, under: rules, at: now)
        }
        if output.format == .json {
            Console.json("[" + explanations.map(\.json).joined(separator: ",\n") + "]")
            return
        }
        let entries = try store.suppressions(of: read, at: now)
        if explanations.isEmpty {
            Console.say("\(read) is in no list." + (entries.isEmpty ? "" : " It is on the do-not-call list."))
        }
        for sentence in explanations.flatMap(\.sentences) { Console.say("\(sentence)") }
    }
}
