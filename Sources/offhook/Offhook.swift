import ArgumentParser
import Campaigns
import Foundation

/// The command line of Offhook.
@main
struct Offhook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "offhook",
        abstract: "A campaign dialer for the Grandstream desk phones and DECT handsets that a team already has.",
        discussion: "First campaign: phones apply, campaign apply, import, run, report outcomes.",
        version: "0.1.0",
        subcommands: [
            PhonesCommand.self, PhoneCommandLine.self, StationsCommand.self, CampaignCommand.self, ImportCommand.self,
            ImportsCommand.self, ListsCommand.self, ExportCommand.self, DncCommand.self, NumberCommand.self,
            RulesCommand.self, RunCommand.self, ServeCommand.self, UserCommand.self, WhyCommand.self,
            ReportCommand.self, BackupCommand.self, RestoreCommand.self, CheckCommand.self, UpgradeCommand.self,
            RetentionCommand.self, CompactCommand.self, ContactCommand.self, AgentCommand.self, AttemptCommand.self,
            SimulatePhonesCommand.self, DemoCommand.self, RehearseCommand.self,
        ])

    /// Runs a command; what it fails with goes to standard error as a terminal may have it.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            let code = exitCode(for: error)
            let message = Self.quotingOnOneLine(CommandLine.arguments.dropFirst(), in: fullMessage(for: error))
            // Help and the version are asked for, and are the program's own words.
            if !message.isEmpty {
                code.isSuccess ? Console.say(layout: message) : Console.note(ConsoleText(layout: message))
            }
            Foundation.exit(code.rawValue)
        }
    }

    /// The message with each argument that it quotes on one line: whoever made the argument up cannot begin a line of ours with it.
    static func quotingOnOneLine(_ arguments: some Sequence<String>, in message: String) -> String {
        arguments.reduce(message) { message, argument in
            guard argument.unicodeScalars.contains(where: VisibleText.isUnfit) else { return message }
            let parts = [argument] + argument.split(separator: "=", maxSplits: 1).map(String.init)
            return parts.reduce(message) { $0.replacing($1, with: VisibleText.onOneLine($1)) }
        }
    }
}
