import Campaigns
import PhoneNumbers

/// What a restored database learned of the time since its back-up.
public struct BroughtIn: Sendable, Hashable {
    /// Attempts that were added.
    public var attempts = 0
    /// Attempts that were open in the back-up and are settled now.
    public var settled = 0
    /// Attempts, or calls of a list, that were known already.
    public var known = 0
    /// Of the attempts, those that were read in the journal alone.
    public var fromJournal = 0
    /// Attempts, or rows of a list, that cannot be read.
    public var unread = 0
    /// Rows of a list that are older than the back-up, which knows those calls.
    public var older = 0
    /// Numbers of a list that no contact holds.
    public var withoutContact = 0
    /// Contacts that were called and had come in since.
    public var contacts = 0
    /// Campaigns that were applied since.
    public var campaigns: [String] = []
    /// Do-not-call entries that were added since.
    public var suppressions = 0
    /// Callbacks that were agreed since and are still to be kept.
    public var callbacks = 0
    /// Calls seen on lines that we did not place.
    public var observedCalls = 0
    /// Lists that came in since, and files of do-not-call entries: they are to be imported again.
    public var missingFiles: [String] = []
    /// When the lost database was written to last.
    public var lastEventAt: Instant?
    /// Something since the back-up may be missing: what cannot be read, as sentences.
    public var gaps: [String] = []
    /// What else a person should know, as sentences.
    public var notes: [String] = []

    /// Nothing is brought in yet.
    public init() {}

    /// Whether all calls since the back-up are known, as far as the source goes.
    public var isComplete: Bool { gaps.isEmpty }

    /// What the journal says of it: counts alone.
    var summary: String {
        "\(attempts) attempts added, \(settled) settled, \(known) known, \(unread) not read, \(suppressions) do-not-call entries, "
            + "\(callbacks) callbacks, \(contacts) contacts"
    }
}
