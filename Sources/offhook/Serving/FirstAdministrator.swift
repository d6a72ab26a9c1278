import CampaignStore
import Foundation
import OffhookServer

/// Tells how the first administrator is created, without a log keeping the link: whoever has it becomes the administrator.
struct FirstAdministrator: Sendable {
    let server: OffhookServer
    let log: ProgramLog

    /// Prints a link on the terminal; elsewhere names the command that prints one.
    func invite() {
        do {
            guard try !server.parts.store.hasAdministrator() else { return }
            guard Console.isTerminal, let link = try server.setupLink() else {
                return log.announce(
                    "Nobody can administer yet. For a link to begin with, run: offhook user add NAME --role administrator --db \(server.parts.store.path)"
                )
            }
            Console.say("Nobody can administer yet. Create the administrator within 24 hours at \(link)")
        } catch {
            log.announce("Whether anybody can administer is not known: the database cannot be read or written now.")
        }
    }
}
