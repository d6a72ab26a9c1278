import ArgumentParser
import CampaignStore
import Campaigns
import OffhookServer
import Reports

extension UserCommand {
    /// `offhook user token`: the key of a program, printed once.
    struct Token: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token for a program, and print it once.",
            discussion: "A token does what its scopes say, and never more than its user may.")
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The account whose rights it has at most.") var name: String
        @Option(help: "What it is for, such as “nightly export”.") var purpose = "program"
        @Option(help: "What it may do, such as calls:read; once or several times.")
        var scope: [TokenScope] = []
        @Option(help: "Days until it ends, 1 to 3650.") var days = TokenGrant.standardDays

        func validate() throws {
            guard TokenGrant.possibleDays.contains(days) else { throw ValidationError("--days takes 1 to 3650.") }
            guard !scope.isEmpty else {
                throw ValidationError(
                    "Say what the token may do: --scope once or several times, of \(TokenScope.allCases.map(\.rawValue).joined(separator: ", "))."
                )
            }
        }

        func run() async throws {
            let store = try database.openExisting()
            let user = try UserCommand.user(name, store)
            guard user.isEnabled else {
                throw CommandFailure("\(user.name) is disabled; run first: offhook user enable \(user.name)")
            }
            let now = database.now
            let token = try TokenGrant.make(
                for: user, named: purpose, scopes: Set(scope), endsAt: now + .seconds(days * 86_400), store, now)
            try UserCommand.audit("token_made", user, store, database)
            Console.say("\(token.secret)")
        }
    }

    /// `offhook user tokens`: which programs have a key, and until when.
    struct Tokens: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the tokens that are not over, the first to end first, with warnings of those that end soon."
        )
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The account whose tokens; everybody's where it is left out.") var name: String?

        func run() async throws {
            let store = try database.openToRead()
            let user = try name.map { try UserCommand.user($0, store) }
            let now = database.now
            // One without an end waits for the server's next start, which gives it one.
            let tokens = try store.tokens(of: user?.id).filter { token in
                token.revokedAt == nil && token.user.isEnabled && token.expiresAt.map { now < $0 } ?? true
            }.sorted { ($0.expiresAt ?? now, $0.id) < ($1.expiresAt ?? now, $1.id) }
            let rows = tokens.map { token -> [Cell] in
                [
                    .text(token.name), .text(token.user.name), .text(token.scopes.sorted().joined(separator: " ")),
                    Cell(token.expiresAt?.iso8601), Cell(token.lastUsedAt?.iso8601), .text(Self.note(token, now)),
                ]
            }
            output.print(
                Table(columns: ["name", "user", "scopes", "ends_at", "last_used_at", "note"], rows: rows),
                empty: "There are no tokens.")
        }

        private static func note(_ token: APIToken, _ now: Instant) -> String {
            guard token.expiresAt != nil else { return "had no end; the next start of the server gives it one" }
            guard TokenGrant.end(toWarnOf: token, at: now) != nil else { return "" }
            return token.isEndImposed ? "had no end and got one; make another before it ends" : "ends soon"
        }
    }
}

extension TokenScope: ExpressibleByArgument {}
