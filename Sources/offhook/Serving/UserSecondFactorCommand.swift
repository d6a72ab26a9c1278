import ArgumentParser
import CampaignStore
import OffhookServer

extension UserCommand {
    /// `offhook user reset-second-factor`: for whoever lost the app and the recovery codes.
    struct ResetSecondFactor: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset-second-factor",
            abstract: "Take an account's lost second factor away; its sessions end.",
            discussion:
                "The password alone logs in then. Where the settings demand a second factor, the next log-in sets up another."
        )
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The name to log in with.") var name: String

        func run() async throws {
            let store = try database.openExisting()
            let user = try UserCommand.user(name, store)
            guard try store.removeSecondFactor(of: user.id, endingSessions: true) else {
                throw CommandFailure(
                    "\(user.name) has no second factor; a lost password is set anew by: offhook user reset \(user.name)"
                )
            }
            try UserCommand.audit("second_factor_reset", user, store, database)
            Console.say("\(user.name) has no second factor any more, and is logged out.")
        }
    }
}
