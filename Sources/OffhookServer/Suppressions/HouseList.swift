import CampaignStore
import HTTPTypes

/// What of the do-not-call list that holds everywhere, and of other campaigns' contacts, is for those alone who may see all campaigns.
/// Whoever is limited to some may still put a single number on it, for good: that only ever stops calls, and a wish is a wish.
enum HouseList: String, CaseIterable {
    /// An entry that covers many numbers.
    case prefix
    /// An entry that ends by itself: its number is called again some day.
    case end
    /// Taking an entry off.
    case removal
    /// A file of entries, that is also a registry's renewal: it makes old data look new.
    case file
    /// An entry under the name of a file: the next file takes it away.
    case source
    /// Looking for duplicates in every campaign: how many there are tells of others' contacts.
    case duplicates

    /// - Throws: ``Problem`` 403 for somebody who is limited to some campaigns.
    func check(_ context: ServeContext) throws {
        guard try context.known().visibleCampaigns == nil else {
            throw Problem(
                .forbidden,
                "\(sentence) You are limited to some campaigns; choose one of yours, or ask a manager who is not limited.",
                code: "limited")
        }
    }

    /// What joining a source comes to; nil where no file has its name.
    static func joining(_ source: String, _ sources: [SuppressionSource]) -> HouseList? {
        sources.contains { $0.campaign == nil && $0.name == source && !source.isEmpty } ? .source : nil
    }

    private var sentence: String {
        switch self {
        case .prefix: "A prefix stops calls to many numbers in all campaigns; single numbers you may add."
        case .end: "An entry that ends lets its number be called again in all campaigns; leave the end out."
        case .removal: "The entry holds in all campaigns."
        case .file: "The file would hold in all campaigns."
        case .source: "A file has that name, and the next one would take the entry away; leave the source out."
        case .duplicates: "Duplicates everywhere are looked for among the contacts of all campaigns."
        }
    }
}
