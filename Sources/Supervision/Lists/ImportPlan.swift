import CampaignStore
import Campaigns
import Foundation
import ListImport

/// How a list is to be imported into a campaign, as a person chose it.
public struct ImportPlan: Sendable, Hashable {
    public var reading: ReadingChoices
    /// The list's name; nil for the file's.
    public var list: String?
    /// In which national numbers are read; nil for the campaign's.
    public var region: String?
    public var duplicates: ImportRequest.DuplicateScope
    public var onDuplicate: ImportRequest.DuplicateAction
    /// Where the wish of people who want no calls holds.
    public var doNotCall: ImportRequest.DoNotCallScope
    public var isDryRun: Bool

    /// A plan from its parts.
    public init(
        reading: ReadingChoices = ReadingChoices(), list: String? = nil, region: String? = nil,
        duplicates: ImportRequest.DuplicateScope = .campaign, onDuplicate: ImportRequest.DuplicateAction = .skip,
        doNotCall: ImportRequest.DoNotCallScope = .house, isDryRun: Bool = false
    ) {
        self.reading = reading
        self.list = list
        self.region = region
        self.duplicates = duplicates
        self.onDuplicate = onDuplicate
        self.doNotCall = doNotCall
        self.isDryRun = isDryRun
    }

    /// Opens the file as the plan says.
    ///
    /// - Throws: `SupervisionError`, `ListImportError`.
    public func open(_ file: ListFile, for campaign: StoredCampaign, _ share: ShareData) throws -> ListReading {
        try file.naming { try ListReading(file.url, options(for: file, of: campaign.campaign), share) }
    }

    /// What the store is asked for.
    public func request(_ file: ListFile, opened: ListReading, for campaign: StoredCampaign) throws -> ImportRequest {
        ImportRequest(
            campaign: campaign.id, list: list ?? file.listName, file: file.name,
            options: description(of: try options(for: file, of: campaign.campaign)),
            columns: opened.mapping.columns.filter(\.field.becomesField).map(\.fieldName),
            duplicates: duplicates, onDuplicate: onDuplicate, doNotCall: doNotCall, isDryRun: isDryRun)
    }

    /// All that decides what becomes of a row, as the import's record keeps it.
    private func description(of options: ListOptions) -> String {
        var words = [reading.description(mapping: options.overrides), "--region \(options.region)"]
        if duplicates != .campaign { words.append("--duplicates \(duplicates.rawValue)") }
        if onDuplicate != .skip { words.append("--on-duplicate \(onDuplicate.rawValue)") }
        if doNotCall != .house { words.append("--do-not-call \(doNotCall.rawValue)") }
        return words.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// The campaign's own mapping holds for the columns that a file has, as far as the plan's leaves fields and columns
    /// free; the plan's columns must all be there.
    private func options(for list: ListFile, of campaign: Campaign) throws -> ListOptions {
        var options = try reading.options(region: region ?? campaign.region)
        guard !campaign.mapping.isEmpty, options.hasHeader else { return options }
        var reader = try CSVReader(file: list.url, delimiter: options.delimiter, encoding: options.encoding)
        guard case .fields(let headers)? = try reader.next()?.content else { return options }
        let known = Set(headers.map { $0.trimmingCharacters(in: .whitespaces).lowercased() })
        let named = Set(options.overrides.keys.map { $0.lowercased() })
        let taken = Set(options.overrides.values.compactMap(ListField.init)).filter { !$0.mayRepeat }
        for (column, field) in campaign.mapping
        where known.contains(column.lowercased()) && !named.contains(column.lowercased()) {
            if let meaning = ListField(field), taken.contains(meaning) { continue }
            options.overrides[column] = field
        }
        return options
    }
}
