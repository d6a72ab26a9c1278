import ArgumentParser
import CallingRules
import CampaignStore
import Campaigns
import Foundation
import Reports
import Supervision

/// `offhook rules update`: newer rule packs from one signed file.
struct RulesUpdateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Take newer rule packs from a signed file, after showing what they change.",
        discussion: """
            The file is one that offhook rules sign wrote, signed with the key whose public half is rules.pub in the share folder. An engine
            that runs goes on with the new packs; offhook rules revert goes back.
            """)
    @OptionGroup var database: DatabaseOptions
    @Flag(help: "Take it without a question.") var yes = false
    @Argument(help: "The file.") var file: String

    func run() async throws {
        let store = try database.open()
        let share = try ShareDirectory.data(store.path)
        guard let updates = share.updates else { return }
        let installed = try share.installedPacks()
        let update = try updates.offer(file, over: installed)
        let before = (try? share.packs()) ?? installed
        let after = RuleUpdates.packs(of: update, over: installed)
        let difference = try RuleDifference(
            from: before, to: after, in: store, clocks: share.clocks, at: database.now)
        RulesChange.show(difference)
        try Question.ask(difference.sentence, yes: yes, otherwise: "Nothing was changed")
        try updates.take(update)
        try store.noteRules(
            "rules_updated", issued: update.issued, detail: RulesChange.detail(difference), from: "command line",
            at: database.now)
        Console.say("The rule packs of \(update.issued.iso8601) are in force. The way back: offhook rules revert")
    }
}

/// `offhook rules revert`: back to the packs before the last update.
struct RulesRevertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revert",
        abstract: "Go back to the rule packs before the last update, after showing what that changes.")
    @OptionGroup var database: DatabaseOptions
    @Flag(help: "Go back without a question.") var yes = false

    func run() async throws {
        let store = try database.openExisting()
        let share = try ShareDirectory.data(store.path)
        guard let updates = share.updates else { return }
        let former = try updates.beforeCurrent()
        let installed = try share.installedPacks()
        let difference = try RuleDifference(
            from: (try? share.packs()) ?? installed, to: RuleUpdates.packs(of: former, over: installed), in: store,
            clocks: share.clocks, at: database.now)
        RulesChange.show(difference)
        try Question.ask(difference.sentence, yes: yes, otherwise: "Nothing was changed")
        try updates.revert()
        try store.noteRules(
            "rules_reverted", issued: former?.issued, detail: RulesChange.detail(difference), from: "command line",
            at: database.now)
        Console.say(
            former.map { "The rule packs of \($0.issued.iso8601) are in force again." }
                ?? "The rule packs of the installation are in force again.")
    }
}

/// What other packs change, for people.
enum RulesChange {
    static func show(_ difference: RuleDifference) {
        let packs = difference.packs.map { pack -> [Cell] in
            [.text(pack.name), .text(pack.before ?? "none"), .text(pack.after ?? "none")]
        }
        if packs.isEmpty {
            Console.say("No pack changes.")
        } else {
            Console.say(layout: Table(columns: ["pack", "before", "after"], rows: packs).text)
        }
        guard !difference.places.isEmpty else { return }
        let rows = difference.places.map { place -> [Cell] in
            [
                .text(place.place), Cell(place.contacts), .text(DurationText.spoken(place.hoursBefore)),
                .text(DurationText.spoken(place.hoursAfter)),
            ]
        }
        Console.say(layout: "\n" + Table(columns: ["place", "contacts", "open_today", "open_then"], rows: rows).text)
    }

    /// One line for the audit log.
    static func detail(_ difference: RuleDifference) -> String {
        let packs = difference.packs.map { "\($0.name) \($0.before ?? "none") to \($0.after ?? "none")" }
        return (packs.isEmpty ? "no pack" : packs.joined(separator: ", ")) + "; " + difference.sentence
    }
}
