import ArgumentParser
import CampaignStore
import Campaigns
import OffhookServer

extension UserCommand {
    /// `offhook user token`: the key of a program, printed once.
    struct Token: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token for a program, and print it once.",
            discussion: "A token does what its scopes say, and never more than its user may.")
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The account whose rights it has at most.") var name: String
        @Option(help: "What it is for, such as “nightly export”.") var purpose = "program"
        @Option(help: "A scope such as calls:read; may stand several times. All where none is named.")
        var scope: [TokenScope] = []
        @Option(help: "Days until it ends; by default never.") var days: Int?

        func validate() throws {
            if let days, !(1...3650).contains(days) { throw ValidationError("--days takes 1 to 3650.") }
        }

        func run() async throws {
            let store = try database.openExisting()
            let user = try UserCommand.user(name, store)
            guard user.isEnabled else {
                throw CommandFailure("\(user.name) is disabled; run first: offhook user enable \(user.name)")
            }
            let end = days.map { database.now + .seconds($0 * 86_400) }
            let token = try TokenGrant.make(
                for: user, named: purpose, scopes: scope.isEmpty ? Set(TokenScope.allCases) : Set(scope), endsAt: end,
                store, database.now)
            try UserCommand.audit("token_made", user, store, database)
            Console.say("\(token.secret)")
        }
    }
}

extension TokenScope: ExpressibleByArgument {}
