import ArgumentParser
import CampaignStore
import Campaigns
import OffhookServer
import Reports

/// `offhook user`: accounts of the web application, from the server's terminal.
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Accounts of the web pages: add, list, disable, reset, and tokens for programs.",
        subcommands: [
            Add.self, List.self, Disable.self, Enable.self, Reset.self, ResetSecondFactor.self, Token.self, Tokens.self,
        ])

    /// How long a printed link holds.
    static let linkLength: Duration = .seconds(24 * 3600)

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add an account and print a link to set its password.")
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The name to log in with.") var name: String
        @Option(help: "agent, manager or administrator.") var role: UserRole = .agent
        @Option(help: "The name to show.") var displayName: String?
        @Option(help: "Limit a manager to a campaign; may stand several times.") var campaign: [String] = []

        func run() async throws {
            let store = try database.open()
            guard campaign.isEmpty || role == .manager else {
                throw CommandFailure(
                    "Only a manager is limited to campaigns; leave --campaign out, or add --role manager.")
            }
            let campaigns = try campaign.map { try store.campaign(named: $0).id }
            let user = try store.addUser(
                UserSettings(
                    name: name, displayName: displayName ?? name, role: role,
                    campaigns: campaigns.isEmpty ? nil : Set(campaigns)), at: database.now)
            try UserCommand.audit("user_added", user, store, database)
            Console.say("\(user.name): \(user.role.rawValue). Link to set the password, for 24 hours:")
            let link = try UserCommand.link(for: user, store, database)
            Console.say("\(link)")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the accounts.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let store = try database.openToRead()
            let campaigns = Dictionary(uniqueKeysWithValues: try store.campaigns().map { ($0.id, $0.campaign.name) })
            let secured = try store.usersWithSecondFactor()
            let rows = try store.users().map { user -> [Cell] in
                let limits = user.campaigns?.compactMap { campaigns[$0] }.sorted().joined(separator: " ") ?? ""
                let state = user.isEnabled ? user.hasPassword ? "enabled" : "no password yet" : "disabled"
                return [
                    .text(user.name), .text(user.displayName), .text(user.role.rawValue), .text(state), .text(limits),
                    .text(secured.contains(user.id) ? "yes" : "no"),
                ]
            }
            output.print(
                Table(columns: ["name", "display_name", "role", "state", "campaigns", "second_factor"], rows: rows),
                empty: "There are no accounts; offhook serve prints a link to create the first.")
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep an account out; its sessions and tokens end at once.")
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The name to log in with.") var name: String

        func run() async throws {
            let store = try database.openExisting()
            let user = try UserCommand.user(name, store)
            try store.setEnabled(false, user: user.id, at: database.now)
            try UserCommand.audit("user_disabled", user, store, database)
            Console.say("\(user.name) is disabled.")
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let an account in again.")
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The name to log in with.") var name: String

        func run() async throws {
            let store = try database.openExisting()
            let user = try UserCommand.user(name, store)
            try store.setEnabled(true, user: user.id, at: database.now)
            try UserCommand.audit("user_enabled", user, store, database)
            Console.say("\(user.name) is enabled.")
        }
    }

    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a link to set an account's password anew.",
            discussion:
                "When the link is used, the account's sessions and tokens end. A second factor is still asked for.")
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The name to log in with.") var name: String

        func run() async throws {
            let store = try database.openExisting()
            let user = try UserCommand.user(name, store)
            guard user.isEnabled else {
                throw CommandFailure("\(user.name) is disabled; run first: offhook user enable \(user.name)")
            }
            try UserCommand.audit("password_link_made", user, store, database)
            let link = try UserCommand.link(for: user, store, database)
            Console.say("\(link)")
        }
    }
}

extension UserCommand {
    static func user(_ name: String, _ store: CampaignStore) throws -> User {
        guard let user = try store.user(named: name) else {
            let hint = NearestName.hint(name, among: try store.users().map(\.name))
            throw StoreError.notFound(what: "user", name: name, hint: hint.isEmpty ? "see offhook user list" : hint)
        }
        return user
    }

    static func link(for user: User, _ store: CampaignStore, _ database: DatabaseOptions) throws -> String {
        let base = try store.setting("public_url") ?? "http://localhost:8080"
        return try OneTimeLink.make(for: user, store, base, linkLength, database.now)
    }

    static func audit(_ act: String, _ user: User, _ store: CampaignStore, _ database: DatabaseOptions) throws {
        try store.audit(act, by: nil, from: "command line", subject: "user \(user.id.value)", at: database.now)
    }
}

extension UserRole: ExpressibleByArgument {}
