import Campaigns

/// What an import is asked to do.
public struct ImportRequest: Sendable, Hashable {
    /// Where a number that is known already makes a row a duplicate.
    public enum DuplicateScope: String, Sendable, Hashable, CaseIterable {
        /// In the same campaign.
        case campaign
        /// In any campaign.
        case everywhere
    }

    /// What is done with a duplicate.
    public enum DuplicateAction: String, Sendable, Hashable, CaseIterable {
        /// Nothing.
        case skip
        /// Its name, its fields and, where the row says where the person is, the place of its numbers are brought up to date
        /// when the whole file was read; its state and history stay. A duplicate of another campaign's
        /// contact is skipped all the same.
        case update
    }

    /// Where the wish of people who want no calls holds.
    public enum DoNotCallScope: String, Sendable, Hashable, CaseIterable {
        /// Their numbers go on the do-not-call list that holds everywhere.
        case house
        /// Their numbers go on the campaign's do-not-call list.
        case campaign
        /// The contact is suppressed; its numbers stay off the lists.
        case contact
    }

    public var campaign: CampaignID
    /// The list's name; a list of that name is added to.
    public var list: String
    public var file: String
    /// Of the file, in hex.
    public var sha256: String
    /// The command's options, for people.
    public var options: String
    /// The names of the columns that become fields of contacts, in the file's order.
    public var columns: [String]
    public var duplicates: DuplicateScope
    public var onDuplicate: DuplicateAction
    public var doNotCall: DoNotCallScope
    /// Whether everything is only tried, and nothing stays of it.
    public var isDryRun: Bool

    /// A request from its parts.
    public init(
        campaign: CampaignID, list: String, file: String, sha256: String = "", options: String = "",
        columns: [String] = [],
        duplicates: DuplicateScope = .campaign, onDuplicate: DuplicateAction = .skip,
        doNotCall: DoNotCallScope = .house, isDryRun: Bool = false
    ) {
        self.campaign = campaign
        self.list = list
        self.file = file
        self.sha256 = sha256
        self.options = options
        self.columns = columns
        self.duplicates = duplicates
        self.onDuplicate = onDuplicate
        self.doNotCall = doNotCall
        self.isDryRun = isDryRun
    }
}

/// A row of an import.
public enum ImportRow: Sendable, Hashable {
    case contact(NewContact)
    case quarantined(NewQuarantinedRow)
}

extension ImportRequest {
    /// Whether its contacts may have fields that rules read, by the names of its columns; without any, whatever they are.
    var mayState: Bool { columns.isEmpty || columns.contains(where: InventorySQL.findsField) }
}
