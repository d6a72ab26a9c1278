import ArgumentParser
import CampaignStore
import Foundation

/// `offhook compact`: gives room that the database does not use any more back to the disk.
struct CompactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compact",
        abstract: "Give what the database does not use any more back to the disk; an engine can run beside it.",
        discussion: """
            A database that an earlier version made has to be rewritten once, which nobody can dial beside and which needs as much \
            free disk as the database is large.
            """)
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let store = try database.openExisting()
        let shows = isatty(STDERR_FILENO) == 1
        let summary = try store.compact(at: database.now) { free in
            if shows { Console.note("\(ByteText.of(free)) left to give back") }
        }
        let won = summary.before - summary.after
        Console.say(
            "\(database.path): \(ByteText.of(summary.after))"
                + (won > 0 ? ", \(ByteText.of(won)) less than before." : ", as before: there was nothing to give back.")
        )
        if summary.wasRewritten {
            Console.say("The file was rewritten; from now on it can be compacted while an engine runs.")
        }
        if try store.erasureResidueSince() != nil { Console.say("\(ContactCommand.residue)") }
    }
}
