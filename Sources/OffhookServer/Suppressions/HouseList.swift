import CampaignStore
import Campaigns
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
    /// A file of one campaign under the name of a registry: by its name the registry would look as young as that file.
    case registry
    /// Looking for duplicates in every campaign: how many there are tells of others' contacts.
    case duplicates
    /// The wishes of a whole list's people, for all campaigns.
    case wishes

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

    /// What loading a file under a name comes to; nil where no registry has it.
    static func loading(_ name: String, of campaign: Campaign?, _ sources: [SuppressionSource]) -> HouseList? {
        let isRegistry = campaign?.suppression.registries.contains(name) ?? false
        return isRegistry || sources.contains { $0.campaign == nil && $0.name == name } ? .registry : nil
    }

    private var sentence: String {
        switch self {
        case .prefix: "A prefix stops calls to many numbers in all campaigns; single numbers you may add."
        case .end: "An entry that ends lets its number be called again in all campaigns; leave the end out."
        case .removal: "The entry holds in all campaigns."
        case .file: "The file would hold in all campaigns."
        case .source: "A file has that name, and the next one would take the entry away; leave the source out."
        case .registry: "A registry has that name, and would look as young as your file; give the file another name."
        case .wishes: "People of the list who want no calls would not be called in any campaign."
        case .duplicates: "Duplicates everywhere are looked for among the contacts of all campaigns."
        }
    }
}
