import ArgumentParser
import CallingRules
import CampaignStore
import Foundation
import Supervision

extension RulesCommand {
    /// `offhook rules close`: nobody is called in a place where an emergency is declared.
    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close a place to all calls while an emergency is declared there, in running campaigns too.",
            discussion:
                "Some laws forbid sales calls in a declared state of emergency; see “no calls in a declared emergency” in offhook "
                + "rules show. The place opens again at the end of the last day on its own clock, or with offhook rules open."
        )
        @OptionGroup var database: DatabaseOptions
        @Option(help: "The last day, such as 2026-12-31.") var until: String
        @Option(help: "Who declared the emergency, and where that can be read.") var source: String
        @Argument(help: "A country or a part of one: CA, US-LA.") var place: String

        func run() async throws {
            let place = try PlaceText.read(place, atlas: ShareDirectory.atlas())
            let closure = PlaceClosure(
                place: place, until: try PlaceText.lastDay(until, at: database.now),
                source: try PlaceText.source(source), closedBy: NSUserName(), closedAt: database.now)
            let store = try database.openExisting()
            try store.closePlace(closure)
            try store.audit(
                "place_closed", by: nil, from: "command line", subject: place, detail: closure.detail, at: database.now)
            Console.say("\(closure.sentence). To end it earlier: offhook rules open \(place)")
        }
    }

    /// `offhook rules open`: what `close` closed.
    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Open a place again that was closed.")
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The place, such as US-LA.") var place: String

        func run() async throws {
            let place = try PlaceText.read(place, atlas: ShareDirectory.atlas())
            let store = try database.openExisting()
            try store.openPlace(place, by: NSUserName(), at: database.now)
            try store.audit("place_opened", by: nil, from: "command line", subject: place, at: database.now)
            Console.say("\(place) is open again; its calling rules hold as before.")
        }
    }

    /// `offhook rules closed`: what is closed now.
    struct Closed: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The places that are closed now.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let closures = try database.openToRead().placeClosures(at: database.now)
            output.print(PlaceText.table(of: closures), empty: "No place is closed.")
        }
    }
}
