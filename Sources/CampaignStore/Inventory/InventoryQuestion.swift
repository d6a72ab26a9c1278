import Campaigns
import Eligibility
import PhoneNumbers

/// A campaign whose inventory is asked for, and what its rules look at.
public struct InventoryQuestion: Sendable {
    /// What of a contact's past a rule may hold against it: so many calls of a kind within a stretch of time.
    public struct Remembered: Sendable, Hashable {
        /// Which calls count.
        public enum Calls: String, Sendable, Hashable {
            /// All that count by the outcome table.
            case all
            /// Those in which a person was reached.
            case conversations
            /// Those in which the person refused.
            case refusals
        }

        public var calls: Calls
        /// Fewer of them hold nobody back; 1 or more.
        public var limit: Int
        /// How far back they count; nil for ever.
        public var within: Duration?

        /// Calls that count from their parts.
        public init(_ calls: Calls, limit: Int = 1, within: Duration?) {
            self.calls = calls
            self.limit = limit
            self.within = within
        }
    }

    /// What the rules of one area look at.
    public struct Needs: Sendable {
        public var remembered: [Remembered]
        /// What the rules read in contacts; nil where they read nothing.
        public var fields: FieldReading?

        /// Needs from their parts; by default nothing is remembered and no field is read.
        public init(remembered: [Remembered] = [], fields: FieldReading? = nil) {
            self.remembered = remembered
            self.fields = fields
        }
    }

    /// What rules read in a contact's own fields (consent, purchases) and in the number that decides.
    public struct FieldReading: Sendable {
        /// The fields that are read, by their names.
        public var names: [String]
        /// Whether numbers are told apart by their kind.
        public var readsNumbers: Bool
        /// What is read: contacts of which it is the same are alike.
        public var read: @Sendable ([[String]], PhoneNumber?) -> String

        /// A reading from its parts.
        public init(
            of names: [String], readsNumbers: Bool, read: @escaping @Sendable ([[String]], PhoneNumber?) -> String
        ) {
            self.names = names
            self.readsNumbers = readsNumbers
            self.read = read
        }

        /// What is read of a contact that states nothing, where lists tell who may state something; nil where each has to be looked
        /// at.
        var ofSilent: String? { !readsNumbers && names.allSatisfy(InventorySQL.findsField) ? read([], nil) : nil }
    }

    public var campaign: CampaignID
    /// At how many attempts a contact's are used up.
    public var totalAttempts: Int
    /// What the campaign's rules look at in an area; nil stands for a contact without a number to be called.
    public var needs: @Sendable (Area?) -> Needs

    /// A question about a campaign.
    public init(of campaign: CampaignID, totalAttempts: Int, needs: @escaping @Sendable (Area?) -> Needs) {
        self.campaign = campaign
        self.totalAttempts = totalAttempts
        self.needs = needs
    }
}

/// Contacts of a campaign that the rules cannot tell apart but by when they are due, with the facts of one of them.
public struct InventoryGroup: Sendable {
    /// Without the time before which it is not called, where ``dues`` say it.
    public var facts: EligibilityFacts
    public var contacts: Int
    /// When each contact is due, in order, where these times are still to come; empty for contacts that wait for none.
    public var dues: [Instant] = []
    /// Nothing but a person or a file makes them selectable again; the reason that was noted.
    public var parkedBecause: String?
}
