import ArgumentParser
import CampaignStore
import Campaigns
import Foundation
import ListImport
import PhoneNumbers
import Reports
import Supervision

/// `offhook dnc`: the do-not-call list.
struct DncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dnc", abstract: "The do-not-call list: add, import, list, sources, remove, check.",
        subcommands: [Add.self, Import.self, List.self, Sources.self, Remove.self, DncCheckCommand.self])

    /// Where an entry holds and how its number is read.
    struct Scope: ParsableArguments {
        @Option(help: "Limit to one campaign; by default everywhere.") var campaign: String?
        @Option(help: "Region in which national numbers are read; by default the campaign's, else US.")
        var region: String?

        func campaignID(in store: CampaignStore) throws -> CampaignID? {
            try campaign.map { try store.campaign(named: $0).id }
        }

        /// Where national numbers are read: as told, else in the campaign's region.
        func readingRegion(in store: CampaignStore) throws -> String {
            let chosen = try region ?? campaign.map { try store.campaign(named: $0).campaign.region } ?? "US"
            guard NumberReader.isKnownRegion(chosen.uppercased()) else {
                throw CommandFailure("“\(chosen)” is no region; write an ISO country code such as US.")
            }
            return chosen.uppercased()
        }

        func subject(_ text: String, region: String) throws -> SuppressionSubject {
            try SuppressionText.subject(text, region: region, ShareDirectory.data())
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Suppress numbers, or prefixes such as '+1201*'; it holds from this moment, in running campaigns too.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var scope: Scope
        @Option(help: "Where the entry comes from.") var source = "by hand"
        @Option(help: "When it ends by itself: a date (its first instant, UTC) or an instant of ISO 8601.")
        var until: String?
        @Flag(help: "Add what touches more than 100 contacts without asking.") var yes = false
        @Argument(help: "The numbers, or prefixes with a star.") var numbers: [String]

        func run() async throws {
            let store = try database.open()
            let region = try scope.readingRegion(in: store)
            let read = try numbers.map { try scope.subject($0, region: region) }
            let (campaign, end) = (try scope.campaignID(in: store), try end())
            for subject in read {
                let contacts = try store.contactsStopped(by: subject, campaign: campaign, at: database.now)
                guard contacts > SuppressionReach.most else { continue }
                let doubt = SuppressionDoubt.many(subject, contacts: contacts, isRemoval: false)
                try Question.ask("\(doubt)", yes: yes, otherwise: "Nothing was added")
            }
            let result = try store.suppress(read, campaign: campaign, source: source, until: end, at: database.now)
            Console.say(
                "\(result.added) added, \(read.count - result.added) known; \(Counted.text(result.contacts, "contact")) \(result.contacts == 1 ? "holds" : "hold") one of them"
            )
        }

        private func end() throws -> Instant? {
            guard let until else { return nil }
            guard let end = Instant(iso8601: until) ?? Instant(iso8601: "\(until)T00:00:00Z") else {
                throw CommandFailure("--until takes a date such as 2027-01-31, not “\(until)”.")
            }
            guard end > database.now else { throw CommandFailure("--until \(until) is over already.") }
            return end
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Suppress the numbers of a file, of any format and size.",
            discussion: """
                A registry's monthly file: offhook dnc import FILE --source NAME --replace. Until it is loaded whole, the \
                last one holds; and the last one stays where the file has lines that cannot be read, unless told otherwise \
                (--accept-unread). A registry's list of changes: --renew, without --replace.
                A file is asked about first, or refused where nobody can be asked, if a prefix in it touches more than 100 contacts, if it \
                would replace at least twice as many numbers, or if it renews with far fewer numbers than the last list of changes had. \
                --yes means it.
                """)
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var scope: Scope
        @OptionGroup var output: OutputOptions
        @OptionGroup var reading: ReadingOptions
        @Option(help: "The name of what the file is of; by default the file's name.") var source: String?
        @Flag(help: "The file replaces all that its source held.") var replace = false
        @Flag(help: "The file is added and brings its source up to date: the source's age counts from now.")
        var renew = false
        @Flag(help: "Replace even though lines of the file cannot be read.") var acceptUnread = false
        @Flag(help: "Load without asking what touches many contacts, or holds far fewer numbers than before.")
        var yes = false
        @Argument(help: "The file; - for standard input.") var file: String

        func validate() throws {
            if replace, renew {
                throw ValidationError(
                    "--replace and --renew exclude each other: a file that replaces is always up to date.")
            }
        }

        func run() async throws {
            let store = try database.open()
            let list = try CommandInput.list(file, beside: database)
            var plan = SuppressionPlan(
                reading: try reading.choices(), region: try scope.readingRegion(in: store), source: source,
                campaign: try scope.campaignID(in: store), replaces: replace, renews: renew,
                acceptsUnread: acceptUnread,
                isConfirmed: yes)
            let progress = ImportProgress()
            defer { progress.clear() }
            var result = try list.loadSuppressions(
                plan, into: store, ShareDirectory.data(), at: database.now, progress: progress.show)
            if let doubt = result.doubt {
                progress.clear()
                try Question.ask("\(doubt)", yes: false, otherwise: "It was not done")
                plan.isConfirmed = true
                result = try list.loadSuppressions(
                    plan, into: store, ShareDirectory.data(), at: database.now, progress: progress.show)
            }
            let (unread, bad) = (result.unread, result.problems)
            guard let load = result.load else {
                progress.clear()
                show(bad)
                throw CommandFailure(
                    "\(unread) of \(result.rows) rows of \(file) cannot be read, so “\(result.source)” stays as it was; mend them "
                        + "(is --region right?), or load the rest with --accept-unread.")
            }
            progress.clear()
            Console.say(
                "\(load.added) added, \(load.known) known, \(unread) not read"
                    + (load.removed > 0 ? ", \(load.removed) taken off" : "")
                    + (replace ? ", \(load.replaced) of the last file gone" : "")
                    + "; \(Counted.text(load.contacts, "contact")) \(load.contacts == 1 ? "was" : "were") looked at")
            for note in result.notes { Console.note("\(note)") }
            guard unread == 0 else {
                show(bad)
                throw CommandFailure(
                    "\(unread) lines of \(file) were not read and are not suppressed; mend them and import them again.")
            }
        }

        private func show(_ bad: [QuarantinedRow]) {
            output.print(
                Table(columns: ["line", "problem"], rows: bad.map { [Cell($0.line), .text($0.reason)] }), empty: "")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The entries, by number.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var output: OutputOptions
        @Option(help: "Only those of this source.") var source: String?
        @Option(help: "Entries shown at most; 0 for all.") var limit = 1000

        func run() async throws {
            var rows: [[Cell]] = []
            let most = limit > 0 && output.format == .table ? limit : Int.max
            try database.openToRead().suppressions(source: source, limit: most) { entry in
                rows.append([
                    .text(entry.subject.description), .text(entry.campaign ?? "everywhere"), .text(entry.source),
                    .text(entry.addedAt.iso8601), Cell(entry.endsAt?.iso8601),
                ])
            }
            output.print(
                Table(columns: ["number", "scope", "source", "added_at", "ends_at"], rows: rows),
                empty: source == nil ? "The do-not-call list is empty." : "There is no entry of that source.")
            if rows.count == most { Console.note("Only the first \(most) are shown; see --limit, or --format csv.") }
        }
    }

    struct Sources: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Where the entries come from: each registry's file, how many, and how old.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let now = database.now
            let rows = try database.openToRead().suppressionSources().map { source -> [Cell] in
                [
                    .text(source.name.isEmpty ? "(added one by one)" : source.name),
                    .text(source.campaign ?? "everywhere"), Cell(source.entries), .text(source.loadedAt.iso8601),
                    Cell(Int(now.since(source.currentAt) / .seconds(86_400))), Cell(source.file),
                ]
            }
            output.print(
                Table(columns: ["source", "scope", "entries", "loaded_at", "days_old", "file"], rows: rows),
                empty: "The do-not-call list is empty.")
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a number or a prefix off the list; its contacts get their former state back.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var scope: Scope
        @Flag(
            help:
                "Remove it even where its holder was erased, so that a list may bring the person back, and where more than 100 contacts could be called again."
        )
        var yes = false
        @Argument(help: "The number, or a prefix with a star.") var number: String

        func run() async throws {
            let store = try database.open()
            let read = try scope.subject(number, region: scope.readingRegion(in: store))
            let campaign = try scope.campaignID(in: store)
            if try store.stands(read, campaign: campaign, at: database.now) {
                let contacts = try store.contacts(coveredBy: read, campaign: campaign)
                if contacts > SuppressionReach.most {
                    let doubt = SuppressionDoubt.many(read, contacts: contacts, isRemoval: true)
                    try Question.ask("\(doubt)", yes: yes, otherwise: "Nothing was removed")
                }
            }
            let removed: Int
            do {
                removed = try store.unsuppress(read, campaign: campaign, evenIfErased: yes, at: database.now)
            } catch let error as StoreError {
                guard case .erased = error else { throw error }
                throw CommandFailure("\(error) Nothing was removed; say --yes to remove it all the same.")
            }
            guard removed > 0 else {
                throw CommandFailure(
                    "\(read) is not on the do-not-call list \(scope.campaign.map { "of \($0)" } ?? "that holds everywhere")."
                )
            }
            Console.say("\(read): \(removed) entries removed")
            guard case .number(let number) = read else { return }
            for entry in try store.suppressions(of: number, at: database.now) {
                Console.note(
                    "\(number) is still covered by \(entry.subject), \(entry.campaign.map { "campaign \($0)" } ?? "everywhere") (\(entry.source))."
                )
            }
        }
    }
}
