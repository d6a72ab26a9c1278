import CampaignStore
import Campaigns

/// What a restore says.
enum RestoreText {
    /// What a restored database does not know.
    static func missing(since mark: BackupMark) -> String {
        """
        Missing since \(mark.backedUpAt.iso8601): calls and their dispositions, callbacks, do-not-call requests, imports, and changes of \
        users, phones and campaigns. Do-not-call requests that no source brings in: offhook dnc add NUMBER
        """
    }

    /// What a source brought in.
    static func lines(_ brought: BroughtIn, from path: String) -> [String] {
        var counts = [count(brought.attempts, "call")]
        if brought.settled > 0 { counts.append("\(count(brought.settled, "open attempt")) settled") }
        if brought.suppressions > 0 { counts.append(count(brought.suppressions, "do-not-call request")) }
        if brought.callbacks > 0 { counts.append(count(brought.callbacks, "callback")) }
        if brought.contacts > 0 { counts.append(count(brought.contacts, "called contact")) }
        if brought.observedCalls > 0 { counts.append("\(count(brought.observedCalls, "call")) seen on lines") }
        var lines = ["From \(path): \(counts.joined(separator: ", ")); \(brought.known) known already."]
        if let last = brought.lastEventAt { lines.append("Its last event is of \(last.iso8601).") }
        if brought.fromJournal > 0 {
            lines.append("\(count(brought.fromJournal, "call")) could be read in its journal alone.")
        }
        if brought.older > 0 {
            lines.append("\(count(brought.older, "row")) older than the back-up, which knows those calls.")
        }
        if brought.withoutContact > 0 {
            lines.append(
                "\(count(brought.withoutContact, "number")) of no contact to be called: where a list is missing, import it and run this again."
            )
        }
        if !brought.campaigns.isEmpty {
            lines.append("Campaigns applied since: \(brought.campaigns.joined(separator: ", ")).")
        }
        if !brought.missingFiles.isEmpty {
            lines.append("To be imported again: \(brought.missingFiles.joined(separator: ", ")).")
        }
        return lines + brought.notes
    }

    private static func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
}
